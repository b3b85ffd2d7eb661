"""Which column of a plan is what."""

import difflib
import functools
import tomllib
from pathlib import Path

from registry.spreadsheets import fold_heading

IGNORED = "ignored"
_CLOSE = 0.88
# A longer wording that begins a heading says what the column is, whatever follows.
_LEAST = 8


def recognise(cells, *, guess=True):
    """{column index: field} of a row of texts; of two columns of one field the first counts, of values the net one.

    Without `guess` only sure wordings count: between items of a plan stands many a word of a heading.
    """
    fields, values = {}, {}
    for index, text in enumerate(cells):
        field = _field_of(text, guess) if text else None
        if field == "value":
            values.setdefault(_rank(text), index)
        elif field and field not in fields.values():
            fields[index] = field
    if values:
        fields[values[min(values)]] = "value"
    return fields


def _rank(heading):
    """Net before unsaid before gross; another currency comes last."""
    words = fold_heading(heading) + heading.lower()
    if "eur" in words and "zł" not in words and "pln" not in words:
        return 3
    return 0 if "netto" in words else 2 if "brutto" in words else 1


def _field_of(text, guess):
    folded = fold_heading(text)
    if not folded:
        return None
    return wordings().get(folded) or (_guessed(folded) if guess else None)


@functools.lru_cache(maxsize=2048)
def _guessed(folded):
    if len(folded) < 4:
        return None
    close = difflib.get_close_matches(folded, wordings(), n=1, cutoff=_CLOSE)
    if close:
        return wordings()[close[0]]
    begun = [one for one in wordings() if len(one) >= _LEAST and f"{folded} ".startswith(f"{one} ")]
    inside = [
        one for one in wordings() if " " in one and f" {one} " in f" {folded} " and len(folded) < 2 * len(one) + 8
    ]
    found = max(begun or inside, key=len, default=None)
    return wordings()[found] if found else None


@functools.cache
def wordings():
    """{folded wording: field}; two fields claiming one wording is a mistake in the table."""
    with Path(__file__).with_name("headings.toml").open("rb") as source:
        table = tomllib.load(source)
    known = {}
    for field, variants in table.items():
        for wording in dict.fromkeys([field, *variants]):
            if known.setdefault(fold_heading(wording), field) != field:
                raise ValueError(f"Heading {wording!r} stands for two fields")
    return known
