"""Which column of a sheet is what: headings in any common wording and order become field names."""

import difflib
import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from pathlib import Path

from registry.spreadsheets import composites

IGNORED = "ignored"
NOT_LOADED = frozenset({IGNORED, "running_number"})
REJECTION_REASON = "Powód odrzucenia"
_CLOSE_ENOUGH = 0.88
_LONGEST_HEADING = 200
_LETTERS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "đ": "d"})
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}(?:[.)]+\d{0,2})+|[IVX]{1,5}[.)]\d*[.)]*|\d{1,2}\s(?=\D))\s*")
_NUMBER_WORD = re.compile(r"\b(?:numer|numeru|number|no|num)\b")
_NOT_WORD = re.compile(r"[^a-z0-9#]+")
# What somebody worked out is not what the source said.
_WORKED_OUT = re.compile(r"_(?:inferred|check)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` is None when nobody knows it yet; `proposal` is what its content looks like."""

    index: int
    heading: str
    field: str | None
    guessed: bool = False
    remembered: bool = False
    proposal: str | None = None

    @property
    def loaded(self):
        return self.field is not None and self.field not in NOT_LOADED


@dataclass(frozen=True)
class Mapping:
    """Columns in sheet order. Two columns of one field: the first is used, a later one fills where it is blank."""

    columns: tuple

    @property
    def fields(self):
        """Field names loaded from this sheet, each once, in column order; composite columns count as their parts."""
        names = {}
        for column in self.columns:
            if column.loaded:
                names.update(dict.fromkeys(composites.PARTS.get(column.field, (column.field,))))
        return tuple(names)

    @property
    def unrecognised(self):
        return tuple(column for column in self.columns if column.field is None and column.heading)

    @property
    def guessed(self):
        return tuple(column for column in self.columns if column.guessed)

    @property
    def duplicates(self):
        """Later columns of a field that an earlier column already gives."""
        seen, later = set(), []
        for column in self.columns:
            if column.loaded and column.field in seen:
                later.append(column)
            seen.add(column.field)
        return tuple(later)

    def column_of(self, field):
        """The first column that gives this field, also as a part of a composite; None when there is none."""
        for column in self.columns:
            if column.loaded and (column.field == field or field in composites.PARTS.get(column.field, ())):
                return column
        return None

    @functools.cached_property
    def _plan(self):
        return [(column.index, column.field) for column in self.columns if column.loaded]

    def values(self, cells):
        """{field: text} of one row, blank cells left out, composite cells taken apart; never overwrites."""
        values, composed = {}, []
        width = len(cells)
        for index, field in self._plan:
            text = cells[index] if index < width else ""
            if not text:
                continue
            if field in composites.PARTS:
                composed.append((field, text))
            elif field not in values:
                values[field] = text
        for field, text in composed:
            for part, piece in composites.take_apart(field, text).items():
                values.setdefault(part, piece)
        return values


def fold_heading(text):
    """The form in which headings are compared and remembered."""
    plain = _fold(_NUMBERING.sub("", _REMARK.sub(" ", text[:_LONGEST_HEADING])))
    return plain or _fold(text[:_LONGEST_HEADING])


def recognise(headings, *, remembered: MappingType | None = None, sample=()):
    """Mapping of a heading row (texts); `remembered` is {folded heading: field or None} and beats the table.

    `sample` are some rows of texts below the heading, from which unknown columns get a proposal.
    """
    remembered = remembered or {}
    columns = []
    for index, heading in enumerate(headings):
        folded = fold_heading(heading)
        if folded in remembered:
            columns.append(Column(index, heading, remembered[folded] or IGNORED, remembered=True))
            continue
        field, guessed = _field_of(heading, folded)
        proposal = None if field else composites.looks_like([row[index] for row in sample if index < len(row)])
        columns.append(Column(index, heading, field, guessed=guessed, proposal=proposal))
    return Mapping(tuple(columns))


def known_fields(texts, *, remembered=None, guess=False):
    """The set of fields that a row of texts names; how a heading row is told from titles and data.

    Without `guess` only sure wordings count: comparing every cell of the first rows with the whole table is slow.
    """
    remembered = remembered or {}
    found = set()
    for text in texts:
        if not text or len(text) > _LONGEST_HEADING:
            continue
        folded = fold_heading(text)
        if folded in remembered:
            field = remembered[folded] or IGNORED
        else:
            field = _field_of(text, folded)[0] if guess else wordings().get(folded)
        if field and field != IGNORED:
            found.add(field)
    return found


@functools.lru_cache(maxsize=4096)
def _field_of(heading, folded):
    """(field or None, guessed). The second stage only joins wordings that are long enough to be told apart."""
    if _WORKED_OUT.search(heading.strip()):
        return IGNORED, False
    if not folded:
        return None, False
    field = wordings().get(folded)
    if field:
        return field, False
    if len(folded) < 4:
        return None, False
    close = difflib.get_close_matches(folded, _long_wordings(), n=1, cutoff=_CLOSE_ENOUGH)
    if close:
        return wordings()[close[0]], True
    field = _contained(folded)
    return field, field is not None


def _contained(folded):
    """The longest wording of two or more words that stands whole inside a heading at most twice as long."""
    padded = f" {folded} "
    inside = [word for word in _long_wordings() if " " in word and f" {word} " in padded]
    if not inside:
        return None
    longest = max(inside, key=len)
    return wordings()[longest] if len(folded) <= 2 * len(longest) + 8 else None


@functools.cache
def wordings():
    """{folded wording: field}; two fields claiming one wording is a mistake in the table."""
    with Path(__file__).with_name("headings.toml").open("rb") as source:
        table = tomllib.load(source)
    known = {}
    for field, variants in table.items():
        for wording in [field, *variants]:
            folded = fold_heading(wording)
            if known.setdefault(folded, field) != field:
                raise ValueError(f"Heading {wording!r} stands for both {known[folded]} and {field}")
    return known


@functools.cache
def _long_wordings():
    return [wording for wording in wordings() if len(wording) >= 4]


@functools.cache
def fields():
    """Every field a column can be mapped to, composite and ignored ones included."""
    return tuple(dict.fromkeys(wordings().values()))


def _fold(text):
    folded = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = _NOT_WORD.sub(" ", folded).strip()
    return _NUMBER_WORD.sub("nr", words) if words not in ("no", "number") else words
