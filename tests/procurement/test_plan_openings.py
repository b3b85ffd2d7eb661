"""When a procedure is to begin, as people write it: what is read, what is left to a person."""

from datetime import date

import pytest

from procurement.choices import OpeningPrecision
from procurement.plan_sheets.openings import opening

MONTH, QUARTER, YEAR = OpeningPrecision.MONTH, OpeningPrecision.QUARTER, OpeningPrecision.YEAR


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("II kw.", date(2026, 4, 1), QUARTER),
        ("II kwartał 2026", date(2026, 4, 1), QUARTER),
        ("II kwartał 2026 r.", date(2026, 4, 1), QUARTER),
        ("2 kwartał", date(2026, 4, 1), QUARTER),
        ("kw. III", date(2026, 7, 1), QUARTER),
        ("IV kwartale 2026 roku", date(2026, 10, 1), QUARTER),
        ("Q3 2026", date(2026, 7, 1), QUARTER),
        ("1q", date(2026, 1, 1), QUARTER),
        ("pierwszy kwartał", date(2026, 1, 1), QUARTER),
        ("czerwiec 2026", date(2026, 6, 1), MONTH),
        ("w czerwcu", date(2026, 6, 1), MONTH),
        ("Marzec", date(2026, 3, 1), MONTH),
        ("maj 2026 r.", date(2026, 5, 1), MONTH),
        ("2026-06", date(2026, 6, 1), MONTH),
        ("2026-06-15", date(2026, 6, 1), MONTH),
        ("15.06.2026 r.", date(2026, 6, 1), MONTH),
        ("06.2026", date(2026, 6, 1), MONTH),
        ("6/2026", date(2026, 6, 1), MONTH),
        ("VI 2026", date(2026, 6, 1), MONTH),
        ("IX", date(2026, 9, 1), MONTH),
        ("październik", date(2026, 10, 1), MONTH),
        ("2026", date(2026, 1, 1), YEAR),
        ("cały rok", date(2026, 1, 1), YEAR),
        ("IV kw. 2025", date(2025, 10, 1), QUARTER),
        ("cze-26", date(2026, 6, 1), MONTH),
        ("paź 2026", date(2026, 10, 1), MONTH),
        ("15 czerwca", date(2026, 6, 1), MONTH),
        ("luty\N{NO-BREAK SPACE}2026", date(2026, 2, 1), MONTH),
        ("29.02.2028", date(2028, 2, 1), MONTH),
    ],
)
def test_the_time_of_opening_is_read_as_exactly_as_it_was_written(text, day, precision):
    got = opening(text, year=2026)
    assert (got.problem, got.value) == (None, (day, precision))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("V kwartał", "nie ma takiego kwartału"),
        ("kwartał", "nie ma takiego kwartału"),
        ("7 kw.", "nie ma takiego kwartału"),
        ("I-II kwartał 2026", "kilka terminów"),
        ("II/III kw.", "kilka terminów"),
        ("maj - czerwiec", "kilka terminów"),
        ("I lub II kw.", "kilka terminów"),
        ("I półrocze", "półrocze"),
        ("II", "kwartał, czy miesiąc"),
        ("3", "kwartał, czy miesiąc"),
        ("do ustalenia", "nieustalony"),
        ("po uzyskaniu dofinansowania", "nieustalony"),
        ("wkrótce", "nie jest to miesiąc"),
        ("13.2026", "nie jest to miesiąc"),
        ("2025 - 2026", "kilka lat"),
        ("06.1900", "daleko od roku planu"),
        ("x" * 500, "zbyt długi"),
        ("31.06.2026", "nie ma takiego dnia"),
        ("2026-02-30", "nie ma takiego dnia"),
        ("99.06.2026", "nie ma takiego dnia"),
        ("do czerwca 2026", "tylko granicę"),
        ("do końca II kwartału", "tylko granicę"),
        ("nie wcześniej niż w maju", "tylko granicę"),
        ("po 15 czerwca", "tylko granicę"),
        ("maj 27", "dzień, czy rok"),
        ("koniec roku", "nie jest to miesiąc"),
        ("III/IV kw.", "kilka terminów"),
        # They begin like months.
        ("majątek", "nie jest to miesiąc"),
        ("marka", "nie jest to miesiąc"),
        ("Lipno", "nie jest to miesiąc"),
        ("maszyny", "nie jest to miesiąc"),
    ],
)
def test_a_time_that_only_a_person_can_decide_is_refused(text, why):
    got = opening(text, year=2026)
    assert got.value is None
    assert why in got.problem


def test_the_heading_says_whether_a_lone_number_is_a_quarter():
    assert opening("II", year=2026, heading="Planowany kwartał").value == (date(2026, 4, 1), QUARTER)
    assert opening("2", year=2026, heading="Miesiąc wszczęcia").value == (date(2026, 2, 1), MONTH)
    assert "czy miesiąc" in opening("2", year=2026, heading="Termin (w ujęciu kwartalnym lub miesięcznym)").problem
    assert opening("IV kw. 2025", year=2026).notes == ("rok 2025 jest inny niż rok planu (2026)",)
    assert opening("IV kw.", year=2026).notes == ("przyjęto rok planu: 2026",)
