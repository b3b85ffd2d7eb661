"""A workbook written as it is sent.

openpyxl writes a workbook to a temporary file before the first byte can go out, and takes half a minute for 100,000
rows of 47 columns; a plain sheet of texts and numbers needs little of what it can do.
"""

import re
import zipfile
from contextlib import suppress
from xml.sax.saxutils import escape

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Whether a text holds nothing that has to be written otherwise; most do.
_PLAIN = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff&<>]*").fullmatch
_LONGEST = 32_767  # characters in a cell, by the limits of Excel
_BATCH = 64 * 1024

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_BOOK = '<workbook xmlns="{}" xmlns:r="{}"><sheets><sheet name="{}" sheetId="1" r:id="r1"/></sheets></workbook>'
_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def workbook(rows, *, title):
    """Pieces of an XLSX file with one sheet; strings become text cells, numbers numbers, None and "" nothing.

    The first row stays in sight when the sheet is scrolled.
    """
    pipe = _Pipe()
    book = Book(pipe, title=title)
    for row in rows:
        book.write(sheet_row(row))
        if pipe.size > _BATCH:
            yield pipe.take()
    book.close()
    yield pipe.take()


class Book:
    """The same for who has the rows as `sheet_row` makes them, written to anything that has `write` and `flush`.

    Equal rows make equal bytes: nothing in the archive bears a time.
    """

    def __init__(self, target, *, title):
        self._archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self._sheet = None
        try:
            self._begin(title)
        except BaseException:
            self.abandon()
            raise

    def _begin(self, title):
        for name, content in [*_PARTS.items(), ("xl/workbook.xml", _BOOK.format(_MAIN, _OFFICE, escape(title)))]:
            # Opened by its name, unlike with writestr(), a part bears no time.
            with self._archive.open(name, "w") as part:
                part.write((_HEAD + content).encode())
        self._sheet = self._archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        self._sheet.write(f"{_HEAD}{_SHEET}".encode())

    def write(self, rows):
        self._sheet.write(rows)

    def close(self):
        self._sheet.write(b"</sheetData></worksheet>")
        self._sheet.close()
        self._archive.close()

    def abandon(self):
        """Lets go of a target that nobody reads: left open, the archive would complain when it is collected."""
        for part in filter(None, (self._sheet, self._archive)):
            with suppress(OSError, ValueError):
                part.close()


def sheet_row(cells):
    return f"<row>{''.join(map(_cell, cells))}</row>".encode()


def _cell(value):
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    text = value[:_LONGEST] if _PLAIN(value) else escape(_ILLEGAL.sub("", value)[:_LONGEST])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


class _Pipe:
    """What ZipFile writes to: it cannot seek, and what was taken from it is gone."""

    def __init__(self):
        self.pieces, self.size = [], 0

    def write(self, data):
        self.pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self):
        pass

    def take(self):
        data = b"".join(self.pieces)
        self.pieces.clear()
        self.size = 0
        return data
