"""The last part of a card's address, from the name."""

from django.utils.text import slugify

from core.polish import fold
from registry.models import Organisation

LONGEST = 100


def free_slug(name):
    """`spoldzielnia-socjalna-alfa`, or with the first free number behind it: `spoldzielnia-socjalna-alfa-2`."""
    base = slugify(fold(name))[:LONGEST].strip("-") or "podmiot"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
