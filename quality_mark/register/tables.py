"""The figures as they are shown: each a chart with its table, and a sheet of the workbook with the same rows."""

from dataclasses import dataclass, field

from core.charts import bars
from core.templatetags.portal import number, plural
from quality_mark.register import figures

_YEARS = (
    "Rok", "Wnioski", "w tym o przedłużenie", "Nowe znaki", "Przedłużenia", "Odmowy", "Bez rozpatrzenia", "Wycofane",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """`head` names the columns of `rows`, the first of which is words; `part`: what the darker part of a bar means."""

    code: str
    title: str
    chart: str
    bars: list
    head: tuple
    rows: list
    part: str = ""
    note: str = ""
    is_wide: bool = False
    columns: list = field(init=False)
    cells: list = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "columns", [{"label": one, "numeric": at > 0} for at, one in enumerate(self.head)])
        object.__setattr__(self, "cells", [[str(row[0]), *map(_cell, row[1:])] for row in self.rows])


def parts(years, refusals, year=None):
    """[Part] of those that have rows; `years` and `refusals` as figures tells them."""
    states, unmet = figures.time_in_states(year), figures.unmet_criteria(year)
    refused = [row[:3] for row in refusals]
    found = [
        Part(
            "lata", "Według lat", "Wnioski złożone w roku", bars([row[:3] for row in years], _renewals), _YEARS, years,
            part="wnioski o przedłużenie", is_wide=True, note="Odmowy i wycofania liczymy w roku, w którym nastąpiły.",
        ),
        _of_groups("rodzaje", "Według rodzaju podmiotu", "Rodzaj", figures.by_kind(year)),
        _of_groups("powiaty", "Według powiatu", "Powiat", figures.by_county(year)),
        Part(
            "stany", "Ile trwają stany", "Połowa spraw wychodzi ze stanu w tylu dniach albo szybciej",
            bars([(row[0], row[3], None) for row in states], lambda days, _: f"{_cell(days)} dni"),
            ("Stan", "Ile razy", "Średnio dni", "Mediana dni", "Najdłużej dni"), states,
            note="Czas od wejścia w stan do wyjścia z niego, także za kolejnym razem.",
        ),
        Part(
            "odmowy", "Jak kończą się wnioski bez znaku", "Zakończenia",
            bars([(row[0], row[1], None) for row in refused], _times), ("Zakończenie", "Ile razy", "w tym bez powodu"),
            refused,
        ),
        Part(
            "kryteria", "Których kryteriów formalnych nie spełniono", "Wnioski, którym odmówiono",
            bars([(*row, None) for row in unmet], _times), ("Kryterium", "Ile razy"), unmet,
        ),
    ]  # fmt: skip
    return [one for one in found if one.rows]


def _of_groups(code, title, first, rows):
    chart = bars([(name, all_, good) for name, all_, good in rows], _granted)
    return Part(
        code, title, "Wnioski", chart, (first, "Wnioski", "Przyznane"), rows, part="wnioski, po których jest znak"
    )


def _cell(value):
    return f"{value:.1f}".replace(".", ",") if isinstance(value, float) else number(value)


def _applications(count):
    return f"{number(count)} {plural(count, 'wniosek,wnioski,wniosków')}"


def _renewals(count, some):
    return f"{_applications(count)}, {number(some)} o przedłużenie"


def _granted(count, some):
    return f"{_applications(count)}, {number(some)} ze znakiem"


def _times(count, _):
    return f"{number(count)} {plural(count, 'raz,razy,razy')}"
