"""One door for every spreadsheet: the right reader, the right sheet, the heading row, then the rows below it."""

from collections import Counter
from pathlib import Path

from registry.spreadsheets.csv_files import CsvFile
from registry.spreadsheets.headings import fold_heading, known_fields, recognise
from registry.spreadsheets.ods_files import OdsFile
from registry.spreadsheets.rows import Limits, Row, UnreadableFile
from registry.spreadsheets.signatures import file_kind
from registry.spreadsheets.xlsx_files import XlsxFile

_SAMPLE_ROWS = 50
_IDENTIFIERS = frozenset(("nip", "krs", "regon"))
_NAMES = frozenset(("name", "name_and_address", "town_and_name"))
_TOTALS = frozenset(("razem", "suma", "ogolem", "lacznie", "total", "suma koncowa", "w sumie"))
_NUMBERING_WIDTH = 3
# Guessing compares each cell with the whole table of wordings: a few hundred cells a second.
_GUESSED_ROWS, _GUESSED_COLUMNS = 10, 40
_TOO_WIDE = "w wierszu jest więcej komórek niż w nagłówku; sprawdź separatory"


class Sheet:
    """An open sheet: `heading` and `mapping`, then `rows()`.

    `rows()` may raise UnreadableFile in mid-file (a truncated archive, a quotation mark never closed): keep nothing
    of a file before its last row was read. `skipped` counts, after a pass, the rows left out and why; `notes` are
    Polish sentences about the file. `format` is csv, xlsx or ods; `encoding` and `delimiter` are None but for CSV.
    """

    def __init__(self, file, table, heading, heading_row, mapping, notes):
        self._file, self._table = file, table
        self.heading, self.heading_row, self.mapping = heading, heading_row, mapping
        self.notes = notes
        self.skipped = Counter()

    format = property(lambda self: self._file.format)
    encoding = property(lambda self: self._file.encoding)
    delimiter = property(lambda self: self._file.delimiter)
    name = property(lambda self: self._table.name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._file.close()

    def rows(self):
        """Row for every record below the heading; blank, repeated-heading, numbering and total rows are left out."""
        self.skipped = skipped = Counter()
        folded = [text.casefold() for text in self.heading]
        ignored = {column.index for column in self.mapping.columns if column.field == "running_number"}
        width = len(self.heading)
        for raw in self._table.raw_rows():
            if raw.number <= self.heading_row:
                continue
            cells = raw.cells[:width]
            reason = _why_skipped(cells, ignored, folded)
            if reason:
                skipped[reason] += 1
                continue
            doubts = tuple(raw.doubts)
            if len(raw.cells) > width and any(raw.cells[width:]):
                doubts += ((width - 1, _TOO_WIDE),)
            yield Row(raw.number, cells, doubts)


def open_sheet(path, *, limits=None, remembered=None):
    """`Sheet` of a CSV, XLSX or ODS file, whatever its name says; UnreadableFile carries one Polish sentence.

    `remembered` is {folded heading: field or None}, what a person has decided about this source's columns.
    """
    limits = limits or Limits()
    file = open_file(path, limits=limits, remembered=remembered)
    try:
        return _choose(file, limits, remembered)
    except BaseException:
        file.close()
        raise


def open_file(path, *, limits=None, remembered=None):
    """The reader of a file, whatever its name says: `tables()` with `raw_rows()`, then `close()`."""
    limits, path = limits or Limits(), Path(path)
    kind = file_kind(path, limits)
    if kind == "csv":
        return CsvFile(path, limits, remembered=remembered)
    return (XlsxFile if kind == "xlsx" else OdsFile)(path, limits)


def _choose(file, limits, remembered):
    """The first visible sheet with a heading row."""
    notes, tables = list(file.notes), file.tables()
    hidden = [table.name for table in tables if table.hidden]
    if hidden:
        notes.append(f"Pominięto ukryte arkusze: {', '.join(hidden)}.")
    visible = [table for table in tables if not table.hidden]
    for guess in (False, True):
        for table in visible:
            first = table.first_rows(limits.heading_rows + _SAMPLE_ROWS)
            found = _find_heading(first, limits, remembered, guess)
            if found is None:
                continue
            row, heading = found
            if len(heading) > limits.columns:
                raise UnreadableFile(f"Arkusz ma ponad {limits.columns} kolumn. Zostaw w nim tylko potrzebne.")
            if len(tables) > 1:
                notes.append(f"Wczytano arkusz „{table.name}”.")
            sample = [raw.cells for raw in first if raw.number > row]
            mapping = recognise(heading, remembered=remembered, sample=sample)
            for column in mapping.duplicates:
                notes.append(f"Kolumna „{column.heading}” powtarza pole; uzupełnia tylko puste miejsca.")
            return Sheet(file, table, heading, row, mapping, notes)
    if not any(row.cells and any(row.cells) for table in visible for row in table.first_rows(limits.heading_rows)):
        raise UnreadableFile("Plik nie zawiera żadnych danych.")
    raise UnreadableFile("Nie znaleziono wiersza nagłówków: potrzebna jest kolumna z nazwą albo z NIP lub KRS.")


def _find_heading(first, limits, remembered, guess):
    """(row number, heading texts) or None: the row that names most fields, alone or with the row above it."""
    best, most, above = None, 0, None
    for raw in first[: _GUESSED_ROWS if guess else limits.heading_rows]:
        candidates = [raw.cells]
        if above is not None and above.number == raw.number - 1:
            candidates.append(_two_storeys(above.cells, raw.cells))
        for texts in candidates:
            width = _GUESSED_COLUMNS if guess else limits.columns
            known = known_fields(texts[:width], remembered=remembered, guess=guess)
            # Of rows that name as many fields the first is the heading, and a plain one before one of two rows.
            if len(known) > most and _is_heading(known, sum(1 for text in texts if text)):
                best, most = (raw.number, _without_blank_end(texts)), len(known)
        above = raw
    return best


def _without_blank_end(texts):
    end = len(texts)
    while end and not texts[end - 1]:
        end -= 1
    return texts[:end]


def _is_heading(known, filled):
    if known & _IDENTIFIERS:
        return len(known) >= 2
    if known & _NAMES:
        return len(known) >= 2 or filled == 1
    return False


def _two_storeys(upper, lower):
    """A heading of two rows: the lower text where there is one, else the upper."""
    width = max(len(upper), len(lower))
    upper, lower = [*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))]
    return [below or over for over, below in zip(upper, lower, strict=True)]


def _why_skipped(cells, ignored, folded_heading):
    """Polish name of the reason to leave a row out, or None. Runs for every row, hence the cheap questions first."""
    filled = [(index, text) for index, text in enumerate(cells) if text]
    if len(filled) <= 4 and any(
        text[:1] in "RSOŁTWrsołtw" and fold_heading(text) in _TOTALS for _, text in filled[:2]
    ):
        return "podsumowanie"
    if ignored:
        filled = [pair for pair in filled if pair[0] not in ignored]
    if not filled:
        return "puste"
    first_index, first = filled[0]
    if len(filled) == 1:
        return None
    if first.casefold() == folded_heading[first_index] and all(
        text.casefold() == folded_heading[index] for index, text in filled
    ):
        return "powtórzony nagłówek"
    if len(filled) >= _NUMBERING_WIDTH and first.strip(" .()") in ("1", "2") and _is_numbering(cells):
        return "numeracja kolumn"
    return None


def _is_numbering(cells):
    """The row "1 2 3 4 …" that Polish forms print under their headings."""
    texts = [text.strip(" .()") for text in cells if text]
    return texts == [str(number) for number in range(1, len(texts) + 1)]
