"""A report as a workbook. A number that is missing is an empty cell, with how many are missing in the next one."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font

from procurement.figures.report import NO_UNIT
from registry.spreadsheets import harmless

# (heading, attribute of a Line, whether some rows may lack it)
_FIELDS = [
    ("Zamówienia", "orders", False),
    ("Wartość szacunkowa (zł netto)", "value", True),
    ("Zamówienia z klauzulą", "with_clause", False),
    ("Wartość z klauzulą (zł netto)", "clause_value", True),
    ("Umowy", "awards", False),
    ("Wartość umów (zł netto)", "award_value", True),
    ("Umowy z PES", "pes", True),
    ("Wartość umów z PES (zł netto)", "pes_value", True),
    ("Umowy z PS", "ps", True),
    ("Umowy z posiadaczami znaku", "mark", True),
    ("Osoby do zatrudnienia", "people_planned", True),
    ("Osoby zatrudnione", "people_employed", True),
    ("Zobowiązania dotrzymane", "kept", True),
    # Of how many nothing is said stands behind those that were kept.
    ("Dotrzymane w części", "known_partly", False),
    ("Niedotrzymane", "known_not_kept", False),
]


def workbook(report):
    """Bytes of an XLSX."""
    book = Workbook()
    owners = [(str(owner) if owner else NO_UNIT, line) for owner, line in report.owners]
    _sheet(book.active, "Razem", "", [("Razem", report.total)])
    _clauses(book.create_sheet("Klauzule"), report.clauses)
    _sheet(book.create_sheet(), "Powiaty", "Powiat", report.counties)
    _sheet(book.create_sheet(), "Działy CPV", "Dział", report.divisions)
    _sheet(book.create_sheet(), "Lata", "Rok", report.years)
    _sheet(
        book.create_sheet(), *(("Jednostki", "Jednostka") if report.buyer else ("Zamawiający", "Zamawiający")), owners
    )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(sheet, title, first, pairs):
    headings = [first]
    for heading, _, may_lack in _FIELDS:
        headings += [heading, f"{heading}: brak danych o"] if may_lack else [heading]
    sheet.title = title
    _write(sheet, headings, ([harmless(str(label)), *_cells(line)] for label, line in pairs))


def _clauses(sheet, lines):
    rows = ([harmless(line.label), line.orders, line.value.value, line.value.missing] for line in lines)
    _write(sheet, ["Klauzula", "Zamówienia", "Wartość szacunkowa (zł netto)", "Wartość: brak danych o"], rows)


def _cells(line):
    for _, name, may_lack in _FIELDS:
        figure = getattr(line, name)
        yield figure.value if may_lack else figure
        if may_lack:
            yield figure.missing


def _write(sheet, headings, rows):
    sheet.append(headings)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 44
    for row in rows:
        sheet.append(row)
