"""Zamówienia dla nas: what fits the organisations that a person acts for, and what they say of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core.exceptions import Refused
from core.http import accepts, paginate
from procurement.matching import for_us
from procurement.matching.forms import InterestForm
from procurement.matching.postings import order_of
from procurement.use_cases.matching import inquiries, interests

PER_PAGE = 20


@never_cache
@login_required
def orders_for_us(request):
    organisations = for_us.own_organisations(request.user)
    if not organisations:
        raise Http404
    now = timezone.now()
    closed = request.GET.get("takze") == "zamkniete"
    fits = for_us.fits_of(organisations, now=now, with_closed=closed)
    page = paginate(request, fits, PER_PAGE)
    asked = [
        (one, inquiries.link_of(one), one.inquiry.is_open(now))
        for one in for_us.asked_of(organisations)
        if closed or one.inquiry.is_open(now)
    ]
    context = {
        "page": page,
        "total": len(fits),
        "asked": asked,
        "several": len(organisations) > 1,
        "closed": closed,
        "now": now,
    }
    return render(request, "procurement/matching/orders_for_us.html", context)


@accepts("GET", "HEAD", "POST")
@login_required
def order_voice(request, organisation_id, posting_id):
    """ "Interesuje nas" at once; "nie dla nas" asks why."""
    organisation = next((one for one in for_us.own_organisations(request.user) if one.pk == organisation_id), None)
    order = order_of(posting_id)
    if organisation is None or order is None:
        raise Http404
    interested = request.POST.get("interested") == "1"
    back = _back(request, f"o{organisation_id}-{posting_id}")
    form = InterestForm(request.POST if request.method == "POST" and not interested else None)
    if request.method == "POST" and (interested or form.is_valid()):
        said = {} if interested else form.cleaned_data
        try:
            interests.say(
                posting_id=posting_id, organisation=organisation, is_interested=interested, actor=request.user,
                now=timezone.now(), **said,
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Dziękujemy. Zamawiający zobaczy liczbę takich odpowiedzi, bez nazw.")
            return redirect(back)
    context = {"form": form, "order": order, "organisation": organisation, "back": back}
    return render(request, "procurement/matching/order_voice.html", context, status=422 if form.errors else 200)


def _back(request, row):
    """The list where one left it: its page, with or without what is closed, and the row spoken of."""
    kept = {name: request.GET[name][:20] for name in ("page", "takze") if name in request.GET}
    return reverse("procurement:orders_for_us", query=kept, fragment=row)
