"""XLSX (Office Open XML) as a stream of rows, in memory that does not grow with the sheet."""

import itertools
import posixpath
import re
from array import array

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from registry.spreadsheets.archives import DAMAGED, Archive
from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.merges import Merges
from registry.spreadsheets.rows import UnreadableFile
from registry.spreadsheets.shown import words_of_format
from registry.spreadsheets.tables import Budget, small_number
from registry.spreadsheets.xlsx_rows import column_index, row_handlers

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})["']""")
_REFERENCE = re.compile(rb"([A-Z]+)(\d+)")
_HIDDEN = ("hidden", "veryHidden")


class XlsxFile:
    format = "xlsx"
    encoding = delimiter = None

    def __init__(self, path, limits):
        self.limits = limits
        self.archive = Archive(path, limits)
        self.notes = []
        try:
            self._sheets, self.epoch = self._read_workbook()
            self.strings = self._read_strings()
            self.dates, self.shown = self._read_styles()
        except BaseException:
            self.close()
            raise

    def close(self):
        self.archive.close()

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

        if "xl/workbook.xml" not in self.archive.names:
            raise UnreadableFile(DAMAGED)
        self._walk("xl/_rels/workbook.xml.rels", relation)
        self._walk("xl/workbook.xml", workbook)
        found = []
        for name, link, hidden in sheets[: self.limits.sheets]:
            target = targets.get(link, "")
            member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            if "worksheets" in member and member in self.archive.names:
                found.append((name, member, hidden))
        return found, epoch

    def _read_strings(self):
        strings = _Strings()
        if "xl/sharedStrings.xml" not in self.archive.names:
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

        for _ in self.archive.parse("xl/sharedStrings.xml", start=start, end=end, text=text):
            pass
        return strings

    def _read_styles(self):
        """Which cell styles show a date, a set of style numbers as texts, and which words beside a number, {style:
        words}. The currency of formats without a code of their own is that of the reader's computer."""
        formats, words, dates, shown, inside, position = dict(BUILTIN_FORMATS), {}, set(), {}, False, 0

        def start(name, attributes):
            nonlocal inside, position
            if name == "numFmt":
                number, code = small_number(attributes.get("numFmtId"), 0), attributes.get("formatCode", "")[:255]
                formats[number], words[number] = code, words_of_format(code)
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                number = small_number(attributes.get("numFmtId"), 0)
                if is_date_format(formats.get(number, "")):
                    dates.add(str(position))
                elif words.get(number):
                    shown[str(position)] = words[number]
                position += 1

        def end(name):
            nonlocal inside
            if name == "cellXfs":
                inside = False

        if "xl/styles.xml" in self.archive.names:
            self._walk("xl/styles.xml", start, end)
        return dates, shown

    def _walk(self, member, start, end=lambda _name: None):
        if member not in self.archive.names:
            raise UnreadableFile(DAMAGED)
        for _ in self.archive.parse(member, start=start, end=end, text=lambda _data: None):
            pass


class _XlsxTable:
    def __init__(self, file, name, member, hidden):
        self._file, self._member = file, member
        self.name, self.hidden = name, hidden
        self._merges = None

    def raw_rows(self):
        """RawRow for every row that holds anything; the number is the row of the sheet."""
        limits = self._file.limits
        if self._merges is None:
            self._merges = self._read_merges()
        merges, rows, budget = self._merges.fresh(), [], Budget(limits)
        start, end, text = row_handlers(self._file, budget, limits.columns, rows)
        for _ in self._file.archive.parse(self._member, start=start, end=end, text=text, guarded=False):
            for row in rows:
                budget.spend(len(row.cells))
                merges.fill(row)
                yield row
            rows.clear()

    def first_rows(self, count):
        return list(itertools.islice(self.raw_rows(), count))

    def _read_merges(self):
        """Merged ranges stand behind the cells they concern, hence a pass of its own over the bytes."""
        merges, tail = Merges(), b""
        for chunk in self._file.archive.chunks(self._member):
            data = tail + chunk
            for first, last in _MERGED.findall(data) if b"mergeCell" in data else ():
                if merges.count >= self._file.limits.merged_ranges:
                    raise UnreadableFile(
                        "Arkusz ma zbyt wiele scalonych komórek. Zapisz dane jako CSV i wgraj ponownie."
                    )
                left, top = _REFERENCE.fullmatch(first).groups()
                _right, bottom = _REFERENCE.fullmatch(last).groups()
                merges.add(column_index(left.decode()), int(top), int(bottom))
            cut = data.rfind(b">") + 1
            tail = data[cut:][-1024:]
        return merges


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
