"""How a file is laid out, small enough to be kept: what a person is shown who says which column is which."""

from typing import NamedTuple

from procurement.plan_sheets.headings import keys

SHEETS, ROWS, COLUMNS, TABLES, EXAMPLES = 12, 20, 60, 6, 3
_LONGEST_HEADING, _LONGEST_EXAMPLE = 200, 80


class Table(NamedTuple):
    """A heading row with a few rows below it. `sheet` is the name, empty in a file of one sheet."""

    sheet: str
    row: int
    texts: list
    examples: list

    @property
    def keys(self):
        return keys(self.texts)

    def examples_of(self, index):
        return list(dict.fromkeys(row[index] for row in self.examples if index < len(row) and row[index]))


class Layout:
    """Filled while a file is read; `sheets` is ready for JSON."""

    def __init__(self):
        self.sheets, self._now = [], None

    @property
    def has_rows(self):
        return any(one["rows"] for one in self.sheets)

    def sheet(self, name):
        self._now = {"name": name, "rows": [], "tables": []}
        if len(self.sheets) < SHEETS:
            self.sheets.append(self._now)

    def row(self, raw):
        """One of the first rows that say anything: any of them may be the heading."""
        if len(self._now["rows"]) < ROWS and any(raw.cells):
            self._now["rows"].append([raw.number, _cut(raw.cells, _LONGEST_HEADING)])

    def heading(self, number, texts, *, is_second):
        """`is_second`: together with the one before it, the row above, it is one heading."""
        tables, texts = self._now["tables"], _cut(texts, _LONGEST_HEADING)
        if is_second and tables:
            tables.pop()
        if len(tables) < TABLES and texts not in (one["texts"] for one in tables):
            tables.append({"row": number, "texts": texts, "examples": []})

    def example(self, cells):
        examples = self._now["tables"][-1]["examples"]
        if len(examples) < EXAMPLES:
            examples.append(_cut(cells, _LONGEST_EXAMPLE))


def tables_of(sheets, rows):
    """The Tables of kept `sheets`, with `rows` {number of a sheet: its heading row, 0 for one that is left out}."""
    found = []
    for number, sheet in enumerate(sheets):
        first = rows.get(number)
        if first is None:
            found += [Table(sheet["name"], one["row"], one["texts"], one["examples"]) for one in sheet["tables"]]
        elif texts := dict(sheet["rows"]).get(first):
            below = [_cut(cells, _LONGEST_EXAMPLE) for row, cells in sheet["rows"] if row > first]
            found.append(Table(sheet["name"], first, texts, below[:EXAMPLES]))
    return found


def likeliest(sheets):
    """{number of a sheet: row} when no heading was found: the first of the widest rows of words."""
    if any(sheet["tables"] for sheet in sheets):
        return {}
    rows = [(-_words(cells), number, row) for number, sheet in enumerate(sheets) for row, cells in sheet["rows"]]
    return {number: row for _, number, row in [min(rows)]} if rows else {}


def _words(cells):
    """Of data many cells are numbers and dates; merged cells repeat one text."""
    return len({text for text in cells if text and not any(letter.isdigit() for letter in text)})


def _cut(cells, longest):
    return [text[:longest] for text in cells[:COLUMNS]]
