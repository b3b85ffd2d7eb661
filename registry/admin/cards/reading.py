"""What the list of cards reads: everything a row shows in one query, and how its search finds."""

import re

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from core.polish import fold
from registry.admin.words import holding
from registry.choices import MarkState
from registry.models import Institution, OfferMark, SocialEnterpriseStatus, Unit

# What people write between the digits of an identifier, and the name of the register before it.
IDENTIFIER = re.compile(r"(?:nip|regon|krs)?[:.\s]*(?:pl)?([\d\s.\-–/]{9,24})", re.IGNORECASE)

PARTY_SORT_KEY = Coalesce("unit__sort_key", "institution__sort_key")


def for_admin_list(queryset, *, today):
    """Living cards with party, kind and county, and flags of PS and mark on the day."""
    return (
        queryset.living()
        .select_related("kind", "institution__county", "unit__county")
        .defer("institution__county__boundary", "unit__county__boundary")
        .annotate(
            party_sort_key=PARTY_SORT_KEY,
            county_sort_key=Case(
                When(unit__isnull=False, then=F("unit__county__sort_key")),
                default=F("institution__county__sort_key"),
                output_field=CharField(),
            ),
            holds_ps=has_ps(today),
            holds_mark=has_mark(today),
        )
    )


def has_ps(day):
    """The card's own legal person holds the statutory status on that day; a unit has none of its own."""
    periods = SocialEnterpriseStatus.objects.filter(institution=OuterRef("institution"), granted_on__lte=day)
    valid = periods.filter(Q(lost_on__isnull=True) | Q(lost_on__gt=day))
    return Q(Exists(valid), unit__isnull=True)


def has_mark(day):
    """One of the card's living offers holds a valid mark on that day."""
    return Q(Exists(valid_marks(day).filter(offer__organisation=OuterRef("pk"), offer__removed_at__isnull=True)))


def valid_marks(day):
    return OfferMark.objects.filter(state=MarkState.VALID, granted_on__lte=day, valid_until__gte=day)


def search(cards, text):
    """Cards whose identifier is the text in any writing, or whose name and town hold every word of it.

    Case and Polish accents do not count. An operator's identifier finds the cards of its units too.
    """
    institutions = parties_of_identifier(Institution.objects.living(), text)
    if institutions is None:
        return _cards_named(cards, text)
    units = parties_of_identifier(Unit.objects.filter(removed_at__isnull=True), text)
    # Two short lists read by index: the planner cannot use either index through an OR of subqueries.
    ids = [list(rows.values_list("pk", flat=True)) for rows in (institutions, units)]
    return cards.filter(Q(institution__in=ids[0]) | Q(unit__in=ids[1]))


def _cards_named(cards, text):
    for word in fold(text).split():
        units, institutions = (parties_named(model.objects, word).values("pk") for model in (Unit, Institution))
        cards = cards.filter(Q(unit__in=units) | Q(unit__isnull=True, institution__in=institutions))
    return cards


def parties_of_identifier(parties, text):
    """Institutions or units with this NIP, REGON or KRS; None when the text cannot be one."""
    found = IDENTIFIER.fullmatch(text.strip())
    digits = re.sub(r"\D", "", found[1]) if found else ""
    if len(digits) not in (9, 10, 14):
        return None
    registers = ["regon"] if parties.model is Unit else ["nip", "regon", "krs"]
    condition = Q()
    for register in registers:
        condition |= Q(**{register: digits})
    return parties.filter(condition)


def parties_named(parties, text):
    """Institutions or units whose name or town holds every word of the text."""
    return holding(parties, text, "name", "town")
