"""Units whose status ends on a day: people are reminded, a new decision extends it."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from notifications.outbox import enqueue
from registry.letters import UNIT_TERM_ENDS
from registry.models import Organisation, Unit
from registry.terms import Terms, months_after
from registry.use_cases import catalogue

CIS = "cis"


@transaction.atomic
def extend_unit(*, unit_id, until=None, actor, now):
    """The status of a unit is valid until a day; without one, of a CIS for another term of the law. Returns the unit.

    Refused: a unit that has ended, a day not after the present end, no day where none can be counted.
    """
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).filter(pk=unit_id, removed_at=None).first()
    if unit is None:
        raise Refused("Tej jednostki nie ma już w rejestrze.")
    if unit.ended_on and unit.ended_on <= timezone.localdate(now):
        raise Refused("Jednostka zakończyła działalność.")
    cards = Organisation.objects.living().filter(unit=unit)
    until = until or _next_term(unit, cards)
    if unit.expires_on and until <= unit.expires_on:
        raise Refused(f"Status jest już ważny do {unit.expires_on:%d.%m.%Y}; podaj dzień późniejszy.", field="until")
    if unit.started_on and until <= unit.started_on:
        raise Refused("Status nie może wygasnąć przed początkiem działalności.", field="until")
    unit.expires_on = until
    unit.save(update_fields=["expires_on", "updated_at"])
    catalogue.refresh(list(cards.values_list("pk", flat=True)), now=now)
    return unit


def _next_term(unit, cards):
    since = unit.expires_on or unit.started_on
    until = since and cards.filter(kind=CIS).exists() and Terms().cis_until(since)
    if not until:
        raise Refused("Podaj, do kiedy status jest ważny.", field="until")
    return until


def ending(today):
    """Units whose status ends within the longest time of reminders."""
    longest = max(settings.UNIT_TERM_REMINDER_MONTHS, default=0)
    units = Unit.objects.filter(removed_at=None, expires_on__gt=today, expires_on__lte=months_after(today, longest))
    return units.filter(Q(ended_on=None) | Q(ended_on__gt=today))


@transaction.atomic
def remind(*, now):
    """Write to the people of the unit and of its operator. Safe to repeat; returns how many letters."""
    today, written = timezone.localdate(now), 0
    units = {unit.pk: unit for unit in ending(today)}
    for card, user in _people_of(units.values(), today):
        unit = card.unit
        letter = enqueue(
            to=user.email,
            user=user,
            template=UNIT_TERM_ENDS,
            context={
                "name": unit.name,
                "kind": card.kind.short_label or card.kind.label,
                "expires_on": unit.expires_on,
                "link": settings.SITE_URL + reverse("registry:organisation_detail", args=[card.slug]),
            },
            dedupe_key=f"{UNIT_TERM_ENDS}:{unit.pk}:{unit.expires_on}:{_stage(unit.expires_on, today)}:{user.pk}",
            now=now,
        )
        written += bool(letter and letter.created_at == now)
    return written


def _stage(end, today):
    return next(months for months in sorted(settings.UNIT_TERM_REMINDER_MONTHS) if end <= months_after(today, months))


def _people_of(units, today):
    """(card of the unit, account), each account once for a unit: who acts for the unit, or for its operator."""
    cards = Organisation.objects.living().filter(unit__in=[unit.pk for unit in units])
    cards = list(cards.select_related("kind", "unit__operator", "institution").order_by("pk"))
    operators = [card.unit.operator_id for card in cards]
    grants = RoleGrant.objects.held_by_active(Role.REPRESENTATIVE, today).select_related("user", "organisation")
    own = Q(organisation__in=[card.pk for card in cards])
    of_operator = Q(organisation__institution__in=operators, organisation__unit=None)
    by_card, by_operator = {}, {}
    for grant in grants.filter(own | of_operator):
        by_card.setdefault(grant.organisation_id, {})[grant.user_id] = grant.user
        if grant.organisation.unit_id is None:
            by_operator.setdefault(grant.organisation.institution_id, {})[grant.user_id] = grant.user
    for card in cards:
        people = by_card.get(card.pk, {}) | by_operator.get(card.unit.operator_id, {})
        yield from ((card, user) for user in people.values())
