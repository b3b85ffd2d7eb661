"""The parts of a report's page: a chart and the table beside it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from core.templatetags.portal import number
from procurement.figures.charts import bars
from procurement.figures.report import NO_UNIT
from procurement.figures.words import COLUMNS, cells, money_cell

MOST_ROWS = 50


@dataclass
class Part:
    title: str
    caption: str
    columns: list
    rows: list
    bars: list
    has_parts: bool = True
    chart_title: str = "Liczba zamówień"
    note: str = ""


def parts(report):
    """In the order of the page."""
    return [
        _clauses(report),
        _lines("Powiaty", "Zamówienia według powiatu", "Powiat", report.counties),
        _lines("Działy CPV", "Zamówienia według głównego kodu CPV", "Dział", report.divisions),
        _lines("Lata", "Zamówienia według roku ogłoszenia", "Rok", report.years),
        _owners(report),
    ]


def _clauses(report):
    used = [line for line in report.clauses if line.orders]
    without = report.total.orders - report.total.with_clause
    rows = [[line.label, number(line.orders), money_cell(line.value)] for line in used]
    return Part(
        title="Klauzule",
        caption="Zamówienia według klauzuli",
        columns=[
            {"label": "Klauzula"},
            {"label": "Zamówienia", "numeric": True},
            {"label": "Wartość szacunkowa", "numeric": True},
        ],
        rows=[*rows, ["bez klauzul", number(without), ""]] if rows else [],
        bars=bars([(line.label, line.orders, None) for line in used]),
        has_parts=False,
        note="Zamówienie z kilkoma klauzulami jest w kilku wierszach, więc ich suma bywa większa niż liczba zamówień.",
    )


def _lines(title, caption, first, pairs, *, note=""):
    return Part(
        title=title,
        caption=caption,
        columns=[{"label": first}, *COLUMNS],
        rows=[[label, *cells(line)] for label, line in pairs],
        bars=bars([(label, line.orders, line.with_clause) for label, line in pairs]),
        note=note,
    )


def _owners(report):
    if report.buyer:
        pairs = [(unit.name if unit else NO_UNIT, line) for unit, line in report.owners]
        return _lines("Jednostki", "Zamówienia według jednostki", "Jednostka", pairs)
    shown = report.owners[:MOST_ROWS]
    part = _lines("Zamawiający", "Zamówienia według zamawiającego", "Zamawiający", shown)
    for row, (authority, _) in zip(part.rows, shown, strict=True):
        address = reverse("procurement:buyer_report", args=[authority.slug])
        row[0] = format_html('<a href="{}">{}</a>', address, authority)
    if len(report.owners) > MOST_ROWS:
        part.note = f"Widać {MOST_ROWS} zamawiających z największą liczbą zamówień; wszyscy są w pliku XLSX."
    return part
