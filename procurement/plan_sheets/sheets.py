"""A file with plans in it as lines: every visible sheet, every table of a sheet, with what its sections say."""

import re
from collections import Counter
from dataclasses import dataclass, field

from procurement.plan_sheets.headings import IGNORED, field_of, keys, recognise, wordings
from procurement.plan_sheets.layouts import Layout
from procurement.plan_sheets.sections import Section, section
from registry.spreadsheets import UnreadableFile, open_file
from registry.spreadsheets.repairs.text import fold
from registry.spreadsheets.rows import Limits

LIMITS = Limits(size=20 * 1024 * 1024, unpacked=200 * 1024 * 1024, rows=20_000, columns=100, cells=1_000_000)
_NO_HEADING = "Nie znaleziono wiersza nagłówków: potrzebna jest kolumna z przedmiotem zamówienia i jeszcze jedna."
_HIDDEN = "wiersz jest w arkuszu ukryty; sprawdź, czy ma być w planie"
_TOTALS = frozenset(("razem", "suma", "ogolem", "lacznie", "w sumie", "total"))
# Fewer known columns than these are no heading in the midst of a table.
_SURE = 3
_NUMBERING = re.compile(r"[IVX\d]{1,5}[.)]*")
_NUMBERS = ("position", "running_number")


@dataclass(slots=True)
class Line:
    """One row: `texts` {field: text}, `headings` {field: heading above it}; `alone` when it holds one text only."""

    number: int
    sheet: str
    texts: dict
    headings: dict
    section: Section
    alone: bool = False
    doubts: list = field(default_factory=list)


class NoHeading(UnreadableFile):
    """There are rows, but which of them are headings only a person can say."""


class PlanFile:
    """`lines()` of an open file, then its `layout`, headings that were left out (`unknown`, of them `nameless` those
    that stand for nothing the program knows), `skipped` rows by reason and `notes` about the file.

    `known` and `rows` are what a person has said: {key of a heading: field or ""} and {number of a sheet: its heading
    row, 0 for a sheet that is left out}.
    """

    def __init__(self, path, *, known=None, rows=None):
        self._known, self._rows = known or {}, rows or {}
        # Wordings of plans help to find the separator of a CSV.
        said = {key: field or None for key, field in self._known.items()}
        self._file = open_file(path, limits=LIMITS, remembered=wordings() | said)
        self.notes, self.unknown, self.nameless, self.skipped = list(self._file.notes), [], [], Counter()
        self.heading_row, self.layout = 1, Layout()

    format = property(lambda self: self._file.format)
    delimiter = property(lambda self: getattr(self._file, "delimiter", ";"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def lines(self):
        """Every line of every table. UnreadableFile when there is no table, and also in mid-file."""
        tables, found = [table for table in self._file.tables() if not table.hidden], False
        for number, table in enumerate(tables):
            self.layout.sheet(table.name if len(tables) > 1 else "")
            if self._rows.get(number) == 0:
                continue
            for line in self._lines(table, len(tables) > 1, self._rows.get(number)):
                found = True
                yield line
        if not found and not self.skipped["nagłówek"]:
            raise NoHeading(_NO_HEADING) if self.layout.has_rows else UnreadableFile(_NO_HEADING)

    def _lines(self, table, is_one_of_many, first):
        """`first` is the number of the row that a person has said to be the heading, None when nobody has."""
        columns, headings, texts, now, above = {}, {}, (), Section(), None
        name = table.name if is_one_of_many else ""
        if is_one_of_many and (told := section(name)):
            now = told
        for raw in table.raw_rows():
            cells = raw.cells
            self.layout.row(raw)
            heading = second = None
            if first is None or raw.number > first:
                heading = self._heading(cells, above, below=bool(columns))
                second = None if heading else self._second_storey(texts, columns, cells)
            elif raw.number == first:
                heading = self._said(cells)
            if heading or second:
                columns, texts = heading or second
                headings = {name: texts[index] for index, name in columns.items()}
                self._note_heading(raw.number, columns, texts)
                self.layout.heading(raw.number, texts, is_second=bool(second))
                above = None
                continue
            texts = ()
            above = raw
            filled = _filled(cells, columns)
            if (lone := _lone(cells)) and (told := section(lone)):
                now = now | told
                self.skipped["tytuł"] += 1
            elif not filled:
                self.skipped["puste"] += 1
            elif not columns or self._is_skipped(cells, filled, columns):
                self.skipped["inne"] += 1
            else:
                self.layout.example(cells)
                yield _line(raw, name, filled, columns, headings, now)

    def _recognise(self, texts, *, guess=True):
        return recognise(texts, guess=guess, known=self._known)

    def _said(self, cells):
        """(columns, texts) of the row that a person has said to be the heading, if it has the subject."""
        columns = self._recognise(cells)
        return (columns, cells) if "subject" in columns.values() else None

    def _heading(self, cells, above, *, below):
        """(columns, texts) of a heading row, alone or with the row above it; stricter `below` another heading."""
        candidates = [cells]
        if above is not None and not below:
            candidates.append(_two_storeys(above.cells, cells))
        for texts in candidates:
            for guess in (False,) if below else (False, True):
                columns = self._recognise(texts, guess=guess)
                names = {one for one in columns.values() if one != IGNORED}
                if "subject" in names and len(names) >= (_SURE if below else 2):
                    # Sure wordings make it a heading; then the others may be guessed.
                    return self._recognise(texts), texts
        return None

    def _second_storey(self, upper, columns, cells):
        """(columns, texts) when the row just below the heading `upper` names more columns and says nothing else."""
        if not upper or not any(cells):
            return None
        own = self._recognise(cells)
        if any(text and index not in own for index, text in enumerate(cells)):
            return None
        texts = _two_storeys(upper, cells)
        both = self._recognise(texts)
        return (both, texts) if len(both) > len(columns) and "subject" in both.values() else None

    def _note_heading(self, number, columns, texts):
        if not self.skipped["nagłówek"]:
            self.heading_row = number
        self.skipped["nagłówek"] += 1
        for index, (text, key) in enumerate(zip(texts, keys(texts), strict=True)):
            if not text or columns.get(index, IGNORED) != IGNORED or key in self._known or text in self.unknown:
                continue
            self.unknown.append(text)
            if field_of(text) is None:
                self.nameless.append(text)

    def _is_skipped(self, cells, filled, columns):
        texts = [text for text in cells if text]
        if len(texts) >= 3 and [text.strip(" .()") for text in texts] == [str(n + 1) for n in range(len(texts))]:
            return True
        if any(fold(text) in _TOTALS for text in texts[:2]):
            return True
        # What stands beside the columns alone, as who has drawn the plan up.
        subject = next(index for index, name in columns.items() if name == "subject")
        return len(filled) == 1 and subject not in filled


def _lone(cells):
    """The only text of a row, its numbering aside; merged cells repeat it."""
    texts = {text for text in cells if text and not _NUMBERING.fullmatch(text)}
    return texts.pop() if len(texts) == 1 else None


def _filled(cells, columns):
    """{index: text} of the cells that say something besides a running number."""
    numbers = {index for index, name in columns.items() if name in _NUMBERS}
    return {index: text for index, text in enumerate(cells) if text and index not in numbers}


def _line(raw, sheet, filled, columns, headings, now):
    texts = {name: raw.cells[index] for index, name in columns.items() if index < len(raw.cells) and raw.cells[index]}
    doubts = [(headings.get(columns.get(index), ""), words) for index, words in raw.doubts]
    if raw.hidden:
        doubts.append(("", _HIDDEN))
    alone = len(filled) == 1 and columns.get(next(iter(filled))) == "subject"
    return Line(raw.number, sheet, texts, headings, now, alone, doubts)


def _two_storeys(upper, lower):
    width = max(len(upper), len(lower))
    upper, lower = [*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))]
    return [below or over for over, below in zip(upper, lower, strict=True)]
