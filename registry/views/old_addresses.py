"""Addresses of the past: each leads to today's in one step; what was public once and is gone says so."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from registry.cards import old_addresses


def follows_old_addresses(name):
    """Marks `view(request, slug, …)`, the page `name`: when it finds nothing, looks where the address leads now.

    301 for who reads and 308 for who sends a form; 410 for a card that was public and was removed. A page that is
    found costs no query more.
    """

    def mark(view):
        @wraps(view)
        def inner(request, slug, **kwargs):
            try:
                return view(request, slug, **kwargs)
            except Http404:
                card = old_addresses.leads_to(slug)
                if card is None:
                    raise
                if card.removed_at:
                    return _gone(request, card)
                address = reverse(name, args=[card.slug, *kwargs.values()])
                query = request.META.get("QUERY_STRING", "")
                return HttpResponsePermanentRedirect(
                    f"{address}?{query}" if query else address, preserve_request=request.method == "POST"
                )

        return inner

    return mark


def _gone(request, card):
    if not old_addresses.was_public(card):
        raise Http404
    context = {"removed_on": card.removed_at, "reason": old_addresses.reason_of(card)}
    return render(request, "registry/gone.html", context, status=410)
