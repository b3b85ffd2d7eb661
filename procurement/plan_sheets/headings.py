"""Which column of a plan is what."""

import difflib
import functools
import tomllib
from collections import Counter
from pathlib import Path

from registry.spreadsheets import fold_heading

IGNORED = "ignored"
# What a person may say of a column, in the order of the form of a plan.
LABELS = {
    "subject": "przedmiot zamówienia",
    "nature": "rodzaj zamówienia",
    "mode": "tryb albo procedura",
    "value": "orientacyjna wartość",
    "opening": "termin wszczęcia",
    "remarks": "informacje dodatkowe",
    "update": "informacja na temat aktualizacji",
    "position": "numer pozycji planu",
    "running_number": "liczba porządkowa",
    "cpv": "kody CPV",
    "parts": "liczba części",
    "clauses": "klauzule społeczne",
    "is_social": "czy to usługi społeczne",
    "buyer": "zamawiający",
    "unit": "jednostka albo wydział",
    "year": "rok planu",
    "plan_number": "numer planu w BZP",
}
LONGEST_KEY = 220
_CLOSE = 0.88
# A longer wording that begins a heading says what the column is, whatever follows.
_LEAST = 8


def recognise(cells, *, guess=True, known=None):
    """{column index: field} of a row of texts; of two columns of one field the first counts, of values the net one.

    Without `guess` only sure wordings count: between items of a plan stands many a word of a heading. `known` is what
    a person has said of columns, {key: field, or "" for "do not load"}; it beats the table.
    """
    told = _told(cells, known) if known else {}
    fields, values = {}, {}
    for index, field in told.items():
        if field and field not in fields.values():
            fields[index] = field
    for index, text in enumerate(cells):
        field = field_of(text, guess) if text and index not in told else None
        if field == "value":
            values.setdefault(_rank(text), index)
        elif field and field not in fields.values():
            fields[index] = field
    if values and "value" not in fields.values():
        fields[values[min(values)]] = "value"
    return fields


def keys(cells):
    """Under which name the column of each text is remembered: the folded heading, told apart when it stands twice.
    A column without a heading has only its place, which another file need not share."""
    found, times = [], Counter()
    for index, text in enumerate(cells):
        folded = fold_heading(text)[:200] if text else ""
        times[folded] += 1
        again = f"?{times[folded]}" if times[folded] > 1 else ""
        found.append(f"{folded}{again}" if folded else f"?{index + 1}")
    return found


def is_lasting(key):
    """Whether the key says something of another file too."""
    return not key.startswith("?")


def _told(cells, known):
    return {index: known[key] for index, key in enumerate(keys(cells)) if key in known}


def _rank(heading):
    """Net before unsaid before gross; another currency comes last."""
    words = fold_heading(heading) + heading.lower()
    if "eur" in words and "zł" not in words and "pln" not in words:
        return 3
    return 0 if "netto" in words else 2 if "brutto" in words else 1


def field_of(text, guess=True):
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
