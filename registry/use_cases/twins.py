"""A card entered by hand that may be in the register already: the import asks this of its rows, here of people."""

from registry.models import NameKey, Organisation
from registry.use_cases.imports import namekeys
from registry.use_cases.imports.duplicates import open_pair
from registry.use_cases.imports.names import name_of


def open_cases_of(card):
    """Put the card into the queue with each other living card of the same name; returns the cases.

    Case, quotes and accents of the name do not count.
    """
    namekeys.refresh()
    column = "unit" if card.unit_id else "institution"
    same = NameKey.objects.filter(folded=name_of(card.party.name).folded, **{f"{column}__isnull": False})
    parties = same.exclude(**{column: card.party.pk}).values_list(column, flat=True)
    cards = Organisation.objects.living().filter(**{f"{column}__in": parties}, unit__isnull=column == "institution")
    return [
        open_pair(organisation_id=card.pk, other_id=other, why="ta sama nazwa, dodano ręcznie")
        for other in cards.order_by("pk").values_list("pk", flat=True)
    ]
