"""Spreadsheet files made by hand, sound and hostile ones."""

import zipfile
from xml.sax.saxutils import escape

import openpyxl

ODS_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Rejestr" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def write_csv(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def write_xlsx(path, rows, *, merged=(), title="Rejestr"):
    """A workbook with one sheet of these rows, by openpyxl."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)
    return path


def write_raw_xlsx(path, sheet, *, others=None, compression=zipfile.ZIP_DEFLATED):
    """A workbook whose sheet is this XML, down to the letter."""
    members = {"xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": RELATIONS, "xl/worksheets/sheet1.xml": sheet}
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in (members | (others or {})).items():
            archive.writestr(name, content)
    return path


def sheet_xml(rows, before="", after=""):
    """Worksheet XML of rows given as [(row number, [(reference, text)])]."""
    body = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>' for reference, text in cells)
        + "</row>"
        for number, cells in rows
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{before}<sheetData>{body}</sheetData>{after}</worksheet>"
    )


def write_ods(path, tables, *, styles="", members=None):
    """An ODS of tables given as {name: XML of its rows} or {(name, style): XML}."""
    body = ""
    for key, rows in tables.items():
        name, style = key if isinstance(key, tuple) else (key, "")
        named = f' table:style-name="{style}"' if style else ""
        body += f'<table:table table:name="{name}"{named}>{rows}</table:table>'
    content = (
        f"<office:document-content {ODS_NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        for name, text in (members or {}).items():
            archive.writestr(name, text)
    return path


def ods_row(*texts, repeated=None):
    times = f' table:number-rows-repeated="{repeated}"' if repeated else ""
    cells = "".join(
        text
        if text.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
        if text
        else "<table:table-cell/>"
        for text in texts
    )
    return f"<table:table-row{times}>{cells}</table:table-row>"
