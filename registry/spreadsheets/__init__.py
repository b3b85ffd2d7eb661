"""Reads the spreadsheets people keep: files into rows, headings into fields, cells into clean values.

Pure Python: no tables, no Django. The import (matching, staging, applying) calls this package:

    sheet = open_sheet(path)                     # UnreadableFile: one Polish sentence
    for row in sheet.rows():                     # Row(number, cells, doubts)
        values = clean_row(sheet.mapping, row.cells)
"""

from registry.spreadsheets.cells import cell_text, harmless
from registry.spreadsheets.headings import Column, Mapping, fold_heading, recognise
from registry.spreadsheets.reading import Sheet, open_file, open_sheet
from registry.spreadsheets.rejected import write_rejected
from registry.spreadsheets.repairs import REFUSING_FIELDS, Cleaned, Note, clean, clean_row, guess_kind
from registry.spreadsheets.rows import Limits, Row, UnreadableFile

__all__ = [
    "REFUSING_FIELDS",
    "Cleaned",
    "Column",
    "Limits",
    "Mapping",
    "Note",
    "Row",
    "Sheet",
    "UnreadableFile",
    "cell_text",
    "clean",
    "clean_row",
    "fold_heading",
    "guess_kind",
    "harmless",
    "open_file",
    "open_sheet",
    "recognise",
    "write_rejected",
]
