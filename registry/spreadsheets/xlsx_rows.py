"""Rows of an XLSX sheet, gathered from the events of the XML parser."""

import datetime

from openpyxl.utils.datetime import from_excel

from registry.spreadsheets.archives import DAMAGED, DEPTH, LocalNames
from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.rows import RawRow, UnreadableFile
from registry.spreadsheets.tables import ERROR_VALUE, NO_VALUE, number_text, small_number


def row_handlers(file, budget, columns, rows):
    """Expat handlers (start, end, text) that append the rows of a sheet to `rows`.

    Closures and not a class: they run ten million times for 100,000 rows of 20 columns. They guard against elements
    nested in themselves, which `Archive.parse` cannot do for handlers that get names as they stand.
    """
    local, indexes, value_of = LocalNames(), _Columns(), _Values(file)
    number, column, depth, length = 0, -1, 0, 0
    cells, doubts, pieces = {}, [], []
    in_row = in_cell = wanted = formula = phonetic = hidden = False
    kind = style = None

    def start(name, attributes):
        nonlocal number, column, depth, length, cells, doubts, in_row, in_cell, wanted, formula, phonetic, kind, style
        nonlocal hidden
        name = local[name]
        if name == "c":
            if in_cell:
                raise UnreadableFile(DAMAGED)
            in_cell, formula, phonetic, length = True, False, False, 0
            reference = attributes.get("r")
            column = indexes[reference.rstrip("0123456789")] if reference else column + 1
            kind, style = attributes.get("t"), attributes.get("s")
            if pieces:
                pieces.clear()
        elif name == "v" or name == "t":
            if wanted:
                raise UnreadableFile(DAMAGED)
            wanted = not phonetic
            depth += phonetic
        elif name == "row":
            if in_row:
                raise UnreadableFile(DAMAGED)
            in_row = True
            number = small_number(attributes.get("r"), number + 1)
            cells, doubts, column = {}, [], -1
            hidden = attributes.get("hidden") in ("1", "true")
        else:
            depth += 1
            if depth > DEPTH:
                raise UnreadableFile(DAMAGED)
            if name == "f":
                formula = True
            elif name == "rPh":
                phonetic = True

    def text(data):
        nonlocal length
        if wanted:
            length += len(data)
            budget.text_length(length, number)
            pieces.append(data)

    def end(name):
        nonlocal depth, in_row, in_cell, wanted, phonetic
        name = local[name]
        if name == "v" or name == "t":
            wanted = False
            depth -= phonetic
        elif name == "c":
            in_cell = False
            if (pieces or formula) and column >= 0:
                value, doubt = value_of(kind, style, pieces[0] if len(pieces) == 1 else "".join(pieces), formula)
                if value:
                    cells[min(column, columns)] = value
                if doubt:
                    doubts.append((column, doubt))
        elif name == "row":
            in_row = False
            if cells:
                texts = [""] * (max(cells) + 1)
                for position, value in cells.items():
                    texts[position] = value
                rows.append(RawRow(number, texts, doubts=doubts, hidden=hidden))
        else:
            depth -= 1
            if name == "rPh":
                phonetic = False

    return start, end, text


class _Values:
    """The text of a stored value, by the type and style of its cell; and a doubt when it cannot be taken."""

    def __init__(self, file):
        self._strings, self._dates, self._epoch = file.strings, file.dates, file.epoch
        self._shown = file.shown

    def __call__(self, kind, style, stored, formula):
        if kind == "s":
            return self._strings[stored], None
        if kind == "e":
            return "", ERROR_VALUE
        if kind is None or kind == "n":
            value = self._day(stored) if style in self._dates else number_text(stored)
            if value and style in self._shown:
                value = f"{value} {self._shown[style]}"
        elif kind == "b":
            value = "tak" if stored.strip() == "1" else "nie" if stored else ""
        elif kind == "d":
            value = cell_text(stored.removesuffix("T00:00:00"))
        else:
            return cell_text(stored), None
        return value, NO_VALUE if formula and not value else None

    def _day(self, stored):
        try:
            value = from_excel(float(stored), self._epoch)
        except (ValueError, OverflowError):
            return number_text(stored)
        return cell_text(value) if isinstance(value, datetime.date | datetime.time) else number_text(stored)


class _Columns(dict):
    """Column letters to indexes from 0; nonsense gives -1."""

    def __missing__(self, letters):
        index = column_index(letters)
        if len(self) < 20_000:
            self[letters] = index
        return index


def column_index(letters):
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return -1
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
