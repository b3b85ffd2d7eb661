"""ODS (OpenDocument) as a stream of rows. Repeated rows and cells are counted, never copied out when blank."""

import itertools

from registry.spreadsheets.archives import DAMAGED, Archive
from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.rows import RawRow, UnreadableFile
from registry.spreadsheets.shown import words_of_cell
from registry.spreadsheets.tables import NO_VALUE, Budget, number_text, small_number

_FIRST_ROWS = 100
_NUMBERS = ("float", "percentage", "currency")
# Comments, drawings and phonetic guides hold text that is not the text of the cell.
_ASIDE = frozenset(("annotation", "ruby-text", "shapes", "frame", "custom-shape", "g", "tracked-changes", "forms"))


class OdsFile:
    format = "ods"
    encoding = delimiter = None

    def __init__(self, path, limits):
        self.limits = limits
        self.archive = Archive(path, limits)
        self.notes = []
        try:
            if "META-INF/manifest.xml" in self.archive.names:
                manifest = b"".join(self.archive.chunks("META-INF/manifest.xml"))
                if b"encryption-data" in manifest:
                    raise UnreadableFile("Skoroszyt jest zabezpieczony hasłem. Zdejmij hasło i wgraj plik ponownie.")
            self._tables = self._read_tables()
        except BaseException:
            self.close()
            raise

    def close(self):
        self.archive.close()

    def tables(self):
        return self._tables

    def _read_tables(self):
        """[_OdsTable] from one pass: content.xml holds all sheets, so each look at one costs a pass of its own."""
        invisible, found, depth, style, is_spreadsheet, first = set(), [], 0, None, False, None

        def start(name, attributes):
            nonlocal depth, style, is_spreadsheet, first
            if name == "table":
                if depth == 0 and len(found) < self.limits.sheets:
                    first = _Cells(0, Budget(self.limits), self.limits)
                    hidden = attributes.get("table:style-name") in invisible
                    found.append(_OdsTable(self, len(found), attributes.get("table:name", ""), hidden, first.rows))
                depth += 1
            elif name == "style":
                style = attributes.get("style:name")
            elif name == "table-properties" and attributes.get("table:display") == "false":
                invisible.add(style)
            elif name == "spreadsheet":
                is_spreadsheet = True
            if first is not None:
                first.start(name, attributes)

        def end(name):
            nonlocal depth, first
            if name == "table":
                depth -= 1
            if first is not None:
                first.end(name)
                if first.finished or len(first.rows) >= _FIRST_ROWS:
                    first = None

        def text(data):
            if first is not None:
                first.text(data)

        for _ in self.archive.parse("content.xml", start=start, end=end, text=text):
            pass
        if not is_spreadsheet:
            raise UnreadableFile(
                "To dokument tekstowy lub prezentacja, a nie arkusz. Zapisz dane jako ODS, XLSX lub CSV."
            )
        return found


class _OdsTable:
    def __init__(self, file, position, name, hidden, first):
        self._file, self._position, self._first = file, position, first
        self.name, self.hidden = name, hidden

    def first_rows(self, count):
        copies = (_copies(row, min(times, count)) for row, times in self._first)
        return list(itertools.islice(itertools.chain.from_iterable(copies), count))

    def raw_rows(self):
        """RawRow for every row that holds anything of its own; the number is the row of the sheet."""
        limits = self._file.limits
        budget = Budget(limits)
        builder = _Cells(self._position, budget, limits)
        for _ in self._file.archive.parse("content.xml", start=builder.start, end=builder.end, text=builder.text):
            for row, times in builder.rows:
                for copy in _copies(row, times):
                    budget.spend(len(copy.cells))
                    yield copy
            builder.rows.clear()
            if builder.finished:
                return


def _copies(row, times):
    for offset in range(times):
        yield RawRow(row.number + offset, list(row.cells), row.lent, row.doubts, row.hidden)


class _Cells:
    """Expat handlers that gather the rows of one table of content.xml."""

    def __init__(self, position, budget, limits):
        self._position, self._budget, self._width = position, budget, limits.columns + 1
        self.rows, self.finished = [], False
        self._table, self._depth, self._aside = -1, 0, 0
        self._next_row, self._times = 1, 1
        self._cells, self._doubts, self._column = [], [], 0
        self._own = self._lent = self._hidden = False
        self._cell = None
        self._paragraphs, self._pieces, self._in_paragraph, self._length = [], [], 0, 0
        self._spans = {}

    def start(self, name, attributes):
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif name == "table":
            if self._depth == 0:
                self._table += 1
            self._depth += 1
        elif self._table != self._position or self._depth != 1:
            return
        elif name == "table-cell" or name == "covered-table-cell":
            self._cell = attributes
            self._covered = name == "covered-table-cell"
            self._paragraphs, self._pieces, self._length = [], [], 0
        elif name == "table-row":
            self._times = small_number(attributes.get("table:number-rows-repeated"), 1)
            self._cells, self._doubts, self._column = [], [], 0
            self._own = self._lent = False
            self._hidden = attributes.get("table:visibility") in ("collapse", "filter")
        elif name == "p" and self._cell is not None:
            self._in_paragraph += 1
        elif self._in_paragraph:
            if name == "s":
                self._add(" " * small_number(attributes.get("text:c"), 1, most=1000))
            elif name == "tab":
                self._add("\t")
            elif name == "line-break":
                self._add("\n")

    def text(self, data):
        if self._in_paragraph and not self._aside:
            self._add(data)

    def end(self, name):
        if self._aside:
            self._aside -= 1
        elif name == "table":
            self._depth -= 1
            if self._depth == 0 and self._table == self._position:
                self.finished = True
        elif self._table != self._position or self._depth != 1:
            return
        elif name == "table-cell" or name == "covered-table-cell":
            self._finish_cell()
        elif name == "p" and self._in_paragraph:
            self._in_paragraph -= 1
            self._paragraphs.append("".join(self._pieces))
            self._pieces = []
        elif name == "table-row":
            self._finish_row()

    def _add(self, data):
        self._length += len(data)
        self._budget.text_length(self._length, self._next_row)
        self._pieces.append(data)

    def _finish_cell(self):
        attributes, self._cell = self._cell, None
        if attributes is None:
            raise UnreadableFile(DAMAGED)
        times = small_number(attributes.get("table:number-columns-repeated"), 1, most=16_384)
        value = "" if self._covered else self._value(attributes)
        rows = small_number(attributes.get("table:number-rows-spanned"), 1)
        for column in range(self._column, min(self._column + times, self._width)):
            lent = self._spans.get(column)
            if value:
                self._put(column, value)
                self._own = True
                if rows > 1:
                    self._spans[column] = [rows, value]
            elif lent and self._covered:
                self._put(column, lent[1])
                self._lent = True
        self._column += times

    def _put(self, column, value):
        self._cells.extend([""] * (column + 1 - len(self._cells)))
        self._cells[column] = value

    def _value(self, attributes):
        kind = attributes.get("office:value-type")
        if kind in _NUMBERS:
            number = number_text(attributes.get("office:value", ""))
            words = words_of_cell(number, " ".join(self._paragraphs), attributes.get("office:currency", ""))
            return f"{number} {words}".strip() if number else ""
        if kind == "date":
            return cell_text(attributes.get("office:date-value", "").removesuffix("T00:00:00").replace("T", " "))
        if kind == "boolean":
            return "tak" if attributes.get("office:boolean-value") == "true" else "nie"
        value = cell_text(attributes.get("office:string-value") or "\n".join(self._paragraphs))
        if not value and kind is None and "table:formula" in attributes:
            self._doubts.append((self._column, NO_VALUE))
        return value

    def _finish_row(self):
        if self._own:
            self.rows.append(
                (RawRow(self._next_row, self._cells, self._lent, self._doubts, self._hidden), self._times)
            )
        self._next_row += self._times
        for column, span in list(self._spans.items()):
            span[0] -= self._times
            if span[0] <= 0:
                del self._spans[column]
