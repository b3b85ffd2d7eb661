"""What matching gives to the panel: questions that wait for an officer, orders that wait for a supplier."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import POWERS, Action, grants_of
from accounts.workspace import Place, Waiting
from core.templatetags.portal import plural
from procurement.choices import EntryType
from procurement.matching import offices
from procurement.models import Addressee, Inquiry, Interest, SupplyFit
from procurement.use_cases.matching.inquiries import link_of

NEW_FOR = timedelta(days=30)


def desk(user, now):
    waiting = [*_asked(user, now), *_fits(user, now), *_questions(user, now), *_to_be_read(user, now)]
    return waiting, _places(user)


def links_of_officer():
    """Lines for each authority or unit that a person buys for."""
    return [
        ("Kto to zrobi", reverse("procurement:who_can")),
        ("Listy wykonawców", reverse("procurement:shortlists")),
        ("Zapytania", reverse("procurement:inquiries")),
    ]


def _supplied(user):
    return [
        grant.organisation_id
        for grant in grants_of(user)
        if grant.organisation_id and Action.SUPPLY in POWERS[grant.role].actions
    ]


def _places(user):
    if not _supplied(user):
        return []
    return [Place("Zamówienia", "dostawca", [("Zamówienia dla nas", reverse("procurement:orders_for_us"))])]


def _asked(user, now):
    own = _supplied(user)
    if not own:
        return []
    open_ones = Addressee.objects.filter(
        organisation__in=own, inquiry__deadline_at__gt=now, inquiry__withdrawn_at=None, declined_at=None, replies=None
    ).select_related("inquiry")
    return [
        Waiting(f"Zapytanie: {one.inquiry.subject}", link_of(one), timezone.localdate(one.inquiry.deadline_at))
        for one in open_ones.order_by("inquiry__deadline_at", "pk")[:10]
    ]


def _fits(user, now):
    """Of the last weeks, what nobody of the organisation has said anything of."""
    own = _supplied(user)
    if not own:
        return []
    # What is in the public list, and may still be answered.
    is_open = Q(posting__entry__deadline_at=None) | Q(posting__entry__deadline_at__gt=now)
    fits = SupplyFit.objects.filter(is_open, organisation__in=own, found_at__gt=now - NEW_FOR)
    fits = fits.filter(posting__entry__type__in=(EntryType.PLAN, EntryType.NOTICE))
    said = Interest.objects.filter(organisation__in=own).values_list("posting", "organisation")
    new = set(fits.values_list("posting", "organisation")) - set(said)
    if not new:
        return []
    count = len({posting for posting, _ in new})
    words = plural(count, "nowe zamówienie pasuje,nowe zamówienia pasują,nowych zamówień pasuje")
    return [Waiting(f"{count} {words} do Waszej oferty", reverse("procurement:orders_for_us"))]


def _inquiries(user):
    """Of the person's own offices; those of the whole region would be work of others."""
    if not any(grant.authority_id for grant in grants_of(user)):
        return Inquiry.objects.none()
    return offices.seen_by(user, Inquiry.objects.filter(withdrawn_at=None))


def _questions(user, now):
    unanswered = _inquiries(user).filter(deadline_at__gt=now, questions__answered_at=None, questions__isnull=False)
    return [
        Waiting(
            f"Pytanie do zapytania: {one.subject}",
            reverse("procurement:inquiry", args=[one.pk]),
            timezone.localdate(one.deadline_at),
        )
        for one in unanswered.distinct().order_by("deadline_at", "pk")[:10]
    ]


def _to_be_read(user, now):
    over = _inquiries(user).filter(deadline_at__lte=now, deadline_at__gt=now - timedelta(days=14))
    return [
        Waiting(f"Minął termin odpowiedzi: {one.subject}", reverse("procurement:inquiry", args=[one.pk]))
        for one in over.order_by("deadline_at", "pk")[:10]
    ]
