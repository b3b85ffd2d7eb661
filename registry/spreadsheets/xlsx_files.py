"""XLSX (Office Open XML) as a stream of rows, in memory that does not grow with the sheet."""

import datetime
import posixpath
import re
from array import array

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from registry.spreadsheets.archives import DAMAGED, Archive
from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.merges import Merges
from registry.spreadsheets.rows import RawRow, UnreadableFile
from registry.spreadsheets.tables import ERROR_VALUE, NO_VALUE, Budget, number_text, small_number

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})["']""")
_REFERENCE = re.compile(rb"([A-Z]+)(\d+)")
_HIDDEN = ("hidden", "veryHidden")


class XlsxFile:
    format = "xlsx"
    encoding = delimiter = None

    def __init__(self, path, limits):
        self._limits = limits
        self._archive = Archive(path, limits)
        self.notes = []
        try:
            self._sheets, self._epoch = self._read_workbook()
            self._strings = self._read_strings()
            self._dates = self._read_date_styles()
        except BaseException:
            self.close()
            raise

    def close(self):
        self._archive.close()

    def tables(self):
        return [_XlsxTable(self, name, member, hidden) for name, member, hidden in self._sheets]

    def _read_workbook(self):
        targets, sheets, epoch = {}, [], CALENDAR_WINDOWS_1900

        def relation(name, attributes):
            if name == "Relationship":
                targets[attributes.get("Id")] = attributes.get("Target", "")

        def workbook(name, attributes):
            nonlocal epoch
            if name == "sheet":
                link = next((value for key, value in attributes.items() if key.endswith(":id")), None)
                sheets.append((attributes.get("name", ""), link, attributes.get("state") in _HIDDEN))
            elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                epoch = CALENDAR_MAC_1904

        if "xl/workbook.xml" not in self._archive.names:
            raise UnreadableFile(DAMAGED)
        self._walk("xl/_rels/workbook.xml.rels", relation)
        self._walk("xl/workbook.xml", workbook)
        found = []
        for name, link, hidden in sheets[: self._limits.sheets]:
            target = targets.get(link, "")
            member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            if "worksheets" in member and member in self._archive.names:
                found.append((name, member, hidden))
        return found, epoch

    def _read_strings(self):
        strings = _Strings()
        if "xl/sharedStrings.xml" not in self._archive.names:
            return strings
        pieces, wanted, phonetic = [], False, False

        def start(name, _attributes):
            nonlocal wanted, phonetic
            if name == "t":
                wanted = not phonetic
            elif name == "rPh":
                phonetic = True

        def end(name):
            nonlocal wanted, phonetic
            if name == "t":
                wanted = False
            elif name == "rPh":
                phonetic = False
            elif name == "si":
                strings.append("".join(pieces))
                pieces.clear()

        def text(data):
            if wanted:
                pieces.append(data)

        for _ in self._archive.parse("xl/sharedStrings.xml", start=start, end=end, text=text):
            pass
        return strings

    def _read_date_styles(self):
        """Which cell styles show a date: a set of style numbers, as texts."""
        formats, dates, inside, position = dict(BUILTIN_FORMATS), set(), False, 0

        def start(name, attributes):
            nonlocal inside, position
            if name == "numFmt":
                formats[small_number(attributes.get("numFmtId"), 0)] = attributes.get("formatCode", "")[:255]
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                if is_date_format(formats.get(small_number(attributes.get("numFmtId"), 0), "")):
                    dates.add(str(position))
                position += 1

        def end(name):
            nonlocal inside
            if name == "cellXfs":
                inside = False

        if "xl/styles.xml" in self._archive.names:
            self._walk("xl/styles.xml", start, end)
        return dates

    def _walk(self, member, start, end=lambda _name: None):
        if member not in self._archive.names:
            raise UnreadableFile(DAMAGED)
        for _ in self._archive.parse(member, start=start, end=end, text=lambda _data: None):
            pass


class _XlsxTable:
    def __init__(self, file, name, member, hidden):
        self._file, self._member = file, member
        self.name, self.hidden = name, hidden
        self._merges = None

    def raw_rows(self):
        """RawRow for every row that holds anything; the number is the row of the sheet."""
        limits = self._file._limits
        if self._merges is None:
            self._merges = self._read_merges()
        merges = self._merges.fresh()
        budget = Budget(limits)
        builder = _Cells(self._file, budget, limits.columns)
        for _ in self._file._archive.parse(self._member, start=builder.start, end=builder.end, text=builder.text):
            for row in builder.rows:
                budget.spend(len(row.cells))
                merges.fill(row)
                yield row
            builder.rows.clear()

    def _read_merges(self):
        """Merged ranges stand behind the cells they concern, hence a pass of its own over the bytes."""
        merges, tail = Merges(), b""
        for chunk in self._file._archive.chunks(self._member):
            data = tail + chunk
            for first, last in _MERGED.findall(data):
                if merges.count >= self._file._limits.merged_ranges:
                    raise UnreadableFile(
                        "Arkusz ma zbyt wiele scalonych komórek. Zapisz dane jako CSV i wgraj ponownie."
                    )
                left, top = _REFERENCE.fullmatch(first).groups()
                _right, bottom = _REFERENCE.fullmatch(last).groups()
                merges.add(_column_index(left.decode()), int(top), int(bottom))
            cut = data.rfind(b">") + 1
            tail = data[cut:][-1024:]
        return merges


class _Cells:
    """Expat handlers that gather the rows of a sheet."""

    def __init__(self, file, budget, columns):
        self._strings, self._dates, self._epoch = file._strings, file._dates, file._epoch
        self._budget, self._last_column = budget, columns
        self.rows = []
        self._number = 0
        self._cells, self._doubts = {}, []
        self._column = -1
        self._type = self._style = None
        self._formula = self._wanted = False
        self._pieces = []
        self._length = 0
        self._indexes = _Columns()

    def start(self, name, attributes):
        if name == "c":
            reference = attributes.get("r")
            self._column = self._indexes[reference.rstrip("0123456789")] if reference else self._column + 1
            self._type, self._style = attributes.get("t"), attributes.get("s")
            self._formula = False
            self._length = 0
            self._pieces.clear()
        elif name == "v" or name == "t":
            self._wanted = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._number = small_number(attributes.get("r"), self._number + 1)
            self._cells, self._doubts, self._column = {}, [], -1
        elif name == "rPh":
            self._type = "skip"

    def text(self, data):
        if self._wanted:
            self._length += len(data)
            self._budget.text_length(self._length, self._number)
            self._pieces.append(data)

    def end(self, name):
        if name == "v" or name == "t":
            self._wanted = False
        elif name == "c":
            if self._pieces or self._formula:
                self._finish_cell()
        elif name == "row" and self._cells:
            width = max(self._cells) + 1
            cells = [""] * width
            for column, value in self._cells.items():
                cells[column] = value
            self.rows.append(RawRow(self._number, cells, doubts=self._doubts))
            self._cells = {}

    def _finish_cell(self):
        column = self._column
        if column < 0 or column > self._last_column:
            return
        value = self._value("".join(self._pieces))
        if self._type == "e":
            self._doubts.append((column, ERROR_VALUE))
            value = ""
        elif self._formula and not value and self._type != "str":
            self._doubts.append((column, NO_VALUE))
        if value:
            self._cells[column] = value

    def _value(self, stored):
        kind = self._type
        if kind == "s":
            return self._strings[stored]
        if kind is None or kind == "n":
            return self._day(stored) if self._style in self._dates else number_text(stored)
        if kind == "b":
            return "tak" if stored.strip() == "1" else "nie" if stored else ""
        if kind == "d":
            return cell_text(stored.removesuffix("T00:00:00"))
        return cell_text(stored)

    def _day(self, stored):
        try:
            value = from_excel(float(stored), self._epoch)
        except (ValueError, OverflowError):
            return number_text(stored)
        return cell_text(value) if isinstance(value, datetime.date | datetime.time) else number_text(stored)


class _Strings:
    """Shared strings packed as UTF-8: a million of them take a third of what as many objects would."""

    def __init__(self):
        self._bytes, self._ends = bytearray(), array("Q", [0])

    def append(self, text):
        self._bytes += cell_text(text).encode("utf-8", "ignore")
        self._ends.append(len(self._bytes))

    def __getitem__(self, stored):
        position = small_number(stored.strip(), 0, most=2**32) if stored else -1
        if not 0 <= position < len(self._ends) - 1:
            raise UnreadableFile(DAMAGED)
        return self._bytes[self._ends[position] : self._ends[position + 1]].decode()


class _Columns(dict):
    """Column letters to indexes from 0; nonsense gives -1."""

    def __missing__(self, letters):
        index = _column_index(letters)
        if len(self) < 20_000:
            self[letters] = index
        return index


def _column_index(letters):
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return -1
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
