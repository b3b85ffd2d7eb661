"""The figures as a workbook: a sheet for each table, and one with every refusal and its reason."""

import io

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Font

from quality_mark.register import figures
from quality_mark.register.tables import parts
from quality_mark.workflow import applications
from registry.spreadsheets import harmless

LONGEST_TITLE = 31  # of a sheet, by the limits of Excel


def workbook(years, year=None):
    """Bytes of an XLSX."""
    book = Workbook()
    book.remove(book.active)
    for part in parts(years, figures.refusals(year), year):
        _sheet(book, part.title, part.head, part.rows)
    _sheet(book, "Powody", ("Wniosek", "Dzień", "Zakończenie", "Powód"), _reasons(year))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _reasons(year):
    labels = {move.name: move.label for move in applications}
    steps = figures.refusing_steps(year).values_list("application__number", "at", "name", "note")
    for number, at, name, note in steps.iterator(chunk_size=2000):
        yield number, timezone.localdate(at), labels[name], note


def _sheet(book, title, head, rows):
    sheet = book.create_sheet(title[:LONGEST_TITLE])
    sheet.append(list(head))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 44
    for row in rows:
        sheet.append([harmless(value) if isinstance(value, str) else value for value in row])
