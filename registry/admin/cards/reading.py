"""What the list of cards reads: everything a row shows in one query, and how its search finds."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from core.polish import fold
from registry.admin.words import holding
from registry.choices import MarkState
from registry.identifiers import numbers_in
from registry.models import Institution, OfferMark, Organisation, SocialEnterpriseStatus, Unit
from registry.models.folding import party_words

# A trigram index knows nothing of shorter words, and without it folding each row takes longer than a pattern.
SHORTEST_INDEXED = 3
FEW = 500
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
    """Cards whose identifier stands in the text in any writing, or else whose party holds every word of it.

    An operator's identifier finds the cards of its units too.
    """
    if not fold(text):
        return cards
    institutions = identified(Institution.objects.living(), text)
    units = identified(Unit.objects.filter(removed_at__isnull=True), text)
    ids = [list(rows.values_list("pk", flat=True)) for rows in (institutions, units)]
    if any(ids):
        return cards.filter(Q(institution__in=ids[0]) | Q(unit__in=ids[1]))
    found = cards_named(text)
    # The planner takes a subquery for half of all cards and reads them all; a list it can count.
    few = list(found[: FEW + 1])
    return cards.filter(pk__in=few if len(few) <= FEW else found)


def cards_named(text):
    """Keys of the cards whose party holds every word of the text."""
    own = Organisation.objects.filter(unit__isnull=True, institution__in=named(Institution.objects.all(), text))
    of_units = Organisation.objects.filter(unit__in=named(Unit.objects.all(), text))
    return own.values_list("pk", flat=True).union(of_units.values_list("pk", flat=True), all=True)


def search_parties(parties, text):
    """Institutions or units, found as cards are."""
    by_number = identified(parties, text)
    return by_number if by_number.exists() else named(parties, text)


def identified(parties, text):
    """Institutions or units whose NIP, REGON or KRS stands in the text."""
    digits = numbers_in(text).digits
    if not digits:
        return parties.none()
    registers = ["regon"] if parties.model is Unit else ["nip", "regon", "krs"]
    return parties.filter(Q(*[(f"{register}__in", digits) for register in registers], _connector=Q.OR))


def named(parties, text):
    """Institutions or units that hold every word of the text in their names or town, whatever its case and accents."""
    parties = parties.alias(words=party_words())
    for word in fold(text).split():
        if len(word) < SHORTEST_INDEXED:
            parties = holding(parties, word, "name", "short_name", "town")
        else:
            parties = parties.filter(words__contains=word)
    return parties
