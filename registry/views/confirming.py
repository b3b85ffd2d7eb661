"""Pages behind the link of a letter that asks whether a card is true. Reading writes nothing: mail scanners do it."""

from contextlib import suppress
from functools import wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core.exceptions import Refused
from core.http import accepts
from core.link_pages import opened, sent
from registry.cards import reading
from registry.cards.organisations import Card
from registry.confirming.forms import ChangesForm, ClosingForm
from registry.models import ConfirmationRequest
from registry.models.confirmations import LINK
from registry.use_cases.confirming import answering


def by_letter(view):
    """As core.link_pages.opened; whoever comes with a link that is none is told what to do."""
    inside = opened(LINK, lambda: ConfirmationRequest.objects.with_card())(view)

    @never_cache
    @wraps(view)
    def outer(request, token):
        try:
            return inside(request, token=token)
        except Http404:
            return render(request, "registry/confirmation/unknown.html", status=404)

    return outer


@accepts("GET", "HEAD", "POST")
@by_letter
def confirmation(request, asked, token):
    """The card as it stands and one button."""
    if request.method == "POST":
        with suppress(Refused):  # the page says how the request stands
            answering.confirm(request_id=asked.pk, now=timezone.now())
        return redirect("registry:confirmation", token)
    if not _is_good(asked):
        return _how_it_stands(request, asked)
    context = {"card": _card(asked), "asked": asked, "token": token, "edit": edit_address(asked.organisation)}
    return render(request, "registry/confirmation/page.html", context)


@accepts("GET", "HEAD", "POST")
@by_letter
def confirmation_changes(request, asked, token):
    if not _is_good(asked):
        return _how_it_stands(request, asked)
    card = _card(asked)
    form = ChangesForm(sent(request)[0], card=card)
    if request.method == "POST" and form.is_valid():
        given = {"changes": form.changes, "words": form.cleaned_data["words"]}
        if _told(form, answering.tell_changes, asked, **given):
            return redirect("registry:confirmation", token)
    context = {"card": card, "form": form, "token": token, "edit": edit_address(asked.organisation)}
    status = 422 if form.errors else 200
    return render(request, "registry/confirmation/changes.html", context, status=status)


@accepts("GET", "HEAD", "POST")
@by_letter
def confirmation_closing(request, asked, token):
    if not _is_good(asked):
        return _how_it_stands(request, asked)
    form = ClosingForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        told = _told(form, answering.tell_closing, asked, words=form.cleaned_data["words"])
        if told:
            return redirect("registry:confirmation", token)
    context = {"form": form, "organisation": asked.organisation, "token": token}
    status = 422 if form.errors else 200
    return render(request, "registry/confirmation/closing.html", context, status=status)


def edit_address(organisation):
    """Where somebody with an account proposes changes of the card."""
    return reverse("registry:card_editing", args=[organisation.slug])


def _told(form, use_case, asked, **given):
    try:
        use_case(request_id=asked.pk, now=timezone.now(), **given)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _is_good(asked):
    return answering.is_good(asked, timezone.localdate())


def _how_it_stands(request, asked):
    """What became of this letter; one that is over says what to do."""
    status = 200 if asked.answer or asked.organisation.published_at is None else 410
    return render(request, "registry/confirmation/over.html", {"asked": asked}, status=status)


def _card(asked):
    return Card(reading.organisation_by_slug(asked.organisation.slug), today=timezone.localdate())
