"""Addresses of many new cards at once, in the manner of registry.use_cases.slugs."""

from django.utils.text import slugify

from core.polish import fold
from core.slugs import LONGEST
from registry.use_cases.imports.sql import fetch

# Addresses that cards have, and those that they once had.
_THESE = """SELECT slug FROM registry_organisation WHERE slug = ANY(%(slugs)s)
    UNION ALL SELECT slug FROM registry_formerslug WHERE slug = ANY(%(slugs)s)"""
_BEGINNING = """SELECT slug FROM registry_organisation WHERE starts_with(slug, %(base)s)
    UNION ALL SELECT slug FROM registry_formerslug WHERE starts_with(slug, %(base)s)"""


class Slugs:
    """Hands out free slugs: the name, else the name with the town, else the name with a number. Knows its own."""

    def __init__(self):
        self._taken = set()
        self._next = {}

    def free(self, named):
        """[slug] for [(name, town or "")]."""
        wanted = [_bases(name, town) for name, town in named]
        stems = {slug for bases in wanted for slug in bases}
        taken = fetch(_THESE, {"slugs": list(stems)})
        self._taken.update(slug for (slug,) in taken)
        return [self._take(bases) for bases in wanted]

    def _take(self, bases):
        slug = next((base for base in bases if base not in self._taken), None) or self._numbered(bases[0])
        self._taken.add(slug)
        return slug

    def _numbered(self, base):
        if base not in self._next:
            self._taken.update(slug for (slug,) in fetch(_BEGINNING, {"base": f"{base}-"}))
            self._next[base] = 2
        while f"{base}-{self._next[base]}" in self._taken:
            self._next[base] += 1
        return f"{base}-{self._next[base]}"


def _bases(name, town):
    base = slugify(fold(name))[:LONGEST].strip("-") or "podmiot"
    place = slugify(fold(town))[:18].strip("-")
    return (base, f"{base}-{place}") if place and place not in base else (base,)
