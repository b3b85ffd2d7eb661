"""Who won, as the register knows them on a day."""

from dataclasses import dataclass

from django.db.models import Q

from core.polish import fold
from registry.models import Institution, OfferMark, Organisation
from registry.models.folding import party_words


@dataclass(frozen=True, slots=True)
class Standing:
    """True, False, or None where the register cannot say: it knows no card of theirs."""

    was_pes: bool | None = None
    was_ps: bool | None = None
    had_mark: bool | None = None


def found(*, nip="", name="", most=10):
    """Institutions of the register with this NIP, or with all words of the name."""
    rows = Institution.objects.living().select_related("municipality").order_by("sort_key", "pk")
    if nip:
        return list(rows.filter(nip=nip)[:most])
    terms = [fold(word) for word in name.split()][:8]
    if not terms:
        return []
    rows = rows.annotate(words=party_words())
    for term in terms:
        rows = rows.filter(words__contains=term)
    return list(rows[:most])


def standing(institution, day):
    """What the legal person, with its units, was on that day.

    A card in the catalogue is what makes it a subject of the social economy; a status and a mark have their dates, and
    so has a unit. A card that was taken out of the register since then was there on that day.
    """
    if institution is None:
        return Standing()
    there = Q(removed_at=None) | Q(removed_at__date__gt=day, merged_into=None)
    cards = Organisation.objects.filter(there, institution=institution).select_related("unit")
    living = [card.pk for card in cards if not (card.unit and _is_away(card.unit, day))]
    has_ps = any(status.is_active_on(day) for status in institution.ps_statuses.all())
    marks = OfferMark.objects.filter(offer__organisation__in=living, granted_on__lte=day, valid_until__gte=day)
    has_mark = any(mark.is_valid_on(day) for mark in marks)
    return Standing(True if living or has_ps else None, has_ps, has_mark)


def _is_away(unit, day):
    """Begun later or ended before."""
    return (unit.started_on is not None and unit.started_on > day) or (
        unit.ended_on is not None and unit.ended_on <= day
    )
