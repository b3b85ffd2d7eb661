"""Figures as people read them. What is missing is said in words, beside what is known."""

from django.utils.html import format_html

from core.templatetags.portal import NBSP, money, number

NOTHING, MISSING = "–", "brak danych"


def known_money(figure):
    return _words(figure, money)


def known_number(figure):
    return _words(figure, number)


def _cell(figure, write):
    """The same in two lines, for a table."""
    if not figure.missing or figure.value is None:
        return _words(figure, write)
    return format_html('{}<br><span class="meta">{}: {}</span>', write(figure.value), MISSING, _of(figure))


def money_cell(figure):
    return _cell(figure, money)


def _words(figure, write):
    """ "1 234 zł (brak danych o 3 z 15)"; "–" where there is nothing that could have such a number."""
    if not figure.of:
        return NOTHING
    if figure.value is None:
        return MISSING
    words = write(figure.value)
    return f"{words} ({MISSING} o {_of(figure)})" if figure.missing else words


def _of(figure):
    return f"{number(figure.missing)}{NBSP}z{NBSP}{number(figure.of)}"


COLUMNS = [
    {"label": "Zamówienia", "numeric": True},
    {"label": "Wartość szacunkowa", "numeric": True},
    {"label": "Z klauzulą", "numeric": True},
    {"label": "Wartość z klauzulą", "numeric": True},
    {"label": "Umowy", "numeric": True},
    {"label": "Z PES", "numeric": True},
    {"label": "Wartość umów z PES", "numeric": True},
]


def cells(line):
    """One for each of COLUMNS."""
    return [
        number(line.orders),
        money_cell(line.value),
        number(line.with_clause),
        money_cell(line.clause_value),
        number(line.awards),
        _cell(line.pes, number),
        money_cell(line.pes_value),
    ]


def facts(line):
    """(name, words) of everything about values, winners, people and promises."""
    return [
        ("Wartość szacunkowa zamówień", known_money(line.value)),
        ("Wartość szacunkowa zamówień z klauzulą", known_money(line.clause_value)),
        ("Umowy", number(line.awards)),
        ("Wartość umów", known_money(line.award_value)),
        ("Umowy z podmiotami ekonomii społecznej (PES)", known_number(line.pes)),
        ("Wartość umów z PES", known_money(line.pes_value)),
        ("Umowy z przedsiębiorstwami społecznymi (PS)", known_number(line.ps)),
        ("Umowy z posiadaczami znaku Zakup Prospołeczny", known_number(line.mark)),
        ("Osoby do zatrudnienia", known_number(line.people_planned)),
        ("Osoby zatrudnione", known_number(line.people_employed)),
        ("Dotrzymane zobowiązania", known_number(line.kept)),
        ("Dotrzymane w części", number(line.partly) if line.kept.known else _words(line.kept, number)),
        ("Niedotrzymane", number(line.not_kept) if line.kept.known else _words(line.kept, number)),
    ]
