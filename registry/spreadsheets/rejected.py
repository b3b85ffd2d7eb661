"""The rows that were refused, in their own layout with the reasons, to be mended and fed again."""

import csv
import io
import re

from openpyxl import Workbook

from registry.spreadsheets.cells import cell_text, harmless
from registry.spreadsheets.headings import REJECTION_REASON, fold_heading

_WIDEST_TEXT = 32_767
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def write_rejected(target, *, heading, rows_with_reasons, like):
    """Writes (row, reason) pairs to a path or binary file, in the family of the sheet they came from.

    CSV stays CSV with its separator (UTF-8 with BOM, which Excel needs); XLSX and ODS become XLSX with every cell a
    text, so that no leading zero is lost. A row is a `Row` or a list of texts. A reason column of an earlier round
    is replaced. Returns the number of rows written.
    """
    keep = [index for index, text in enumerate(heading) if fold_heading(text) != fold_heading(REJECTION_REASON)]
    records = (_record(row, reason, keep) for row, reason in rows_with_reasons)
    write = _write_csv if like.format == "csv" else _write_xlsx
    return write(target, [*(heading[index] for index in keep), REJECTION_REASON], records, like)


def _record(row, reason, keep):
    cells = getattr(row, "cells", row)
    return [*(harmless(cells[index]) if index < len(cells) else "" for index in keep), harmless(cell_text(reason))]


def _write_csv(target, heading, records, like):
    if not hasattr(target, "write"):
        with open(target, "wb") as file:
            return _write_csv(file, heading, records, like)
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text, delimiter=like.delimiter)
        writer.writerow([harmless(cell) for cell in heading])
        return sum(1 for record in records if writer.writerow(record))
    finally:
        text.detach()


def _write_xlsx(target, heading, records, like):
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_SHEET_NAME.sub(" ", like.name or "Odrzucone")[:31])
    sheet.append([harmless(cell)[:_WIDEST_TEXT] for cell in heading])
    written = 0
    for record in records:
        sheet.append([cell[:_WIDEST_TEXT] for cell in record])
        written += 1
    book.save(target)
    return written
