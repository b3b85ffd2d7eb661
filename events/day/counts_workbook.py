"""The counts as a workbook for coordinators: events, institutions, people; no names of people."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font

from events.choices import Category
from events.day.counts import GROUPS, figures, figures_by, institutions
from registry.spreadsheets import harmless

_HEADINGS = ["Wydarzenia", "Planowane osoby", "Planowane instytucje", "Zapisane osoby", "Udziały (obecni)",
             "Osoby (bez powtórzeń)", "Instytucje (bez powtórzeń)", "Osobogodziny"]  # fmt: skip


def workbook(**given):
    """Bytes of an XLSX; `given` as events.day.counts.figures takes it."""
    book = Workbook()
    _sheet(book.active, "Wydarzenia", ["Wydarzenie", *_HEADINGS], _lines("wydarzenie", given))
    rows = ([*_institution(row), row["participations"], row["people"]] for row in institutions(**given))
    headings = ["NIP", "Instytucja", "Kategoria", "Udziały (obecni)", "Osoby (bez powtórzeń)"]
    _sheet(book.create_sheet(), "Instytucje", headings, rows)
    people = [["Razem", *_numbers(figures(**given))]]
    for group in ("edycja", "kwartal", "powiat", "kategoria"):
        people += [[f"{GROUPS[group]}: {line[0]}", *line[1:]] for line in _lines(group, given)]
    _sheet(book.create_sheet(), "Osoby", ["Według", *_HEADINGS], people)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _institution(row):
    category = Category(row["category"]).label if row["category"] else ""
    return [harmless(row["nip"] or ""), harmless(row["name"] or ""), category]


def _lines(group, given):
    return [[harmless(line.label), *_numbers(line)] for line in figures_by(group, **given)]


def _numbers(line):
    return [line.events, line.planned_people, line.planned_institutions, line.signed_up, line.participations,
            line.people, line.institutions, line.hours]  # fmt: skip


def _sheet(sheet, title, headings, rows):
    sheet.title = title
    sheet.append(headings)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 40
    for row in rows:
        sheet.append(row)
