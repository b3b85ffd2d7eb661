"""The last part of an address, made of a name."""

from django.utils.text import slugify

from core.polish import fold

LONGEST = 100


def free_slug(rows, name, *, nothing, tail="", former=()):
    """`spoldzielnia-alfa` + `tail`, or with the first free number behind it: `spoldzielnia-alfa-2`.

    `rows` is a queryset whose `slug` is taken, `former` are more of them; `nothing` stands for a name without a letter
    or digit.
    """
    base = (slugify(fold(name))[: LONGEST - len(tail)].strip("-") or nothing) + tail
    taken = {
        slug for each in (rows, *former) for slug in each.filter(slug__startswith=base).values_list("slug", flat=True)
    }
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
