"""The value of a position of a plan as people write it: what is read, what is left to a person."""

from decimal import Decimal

import pytest

from procurement.plan_sheets.amounts import amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234 567,89 zł", "1234567.89"),
        ("1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,89", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89 PLN", "1234567.89"),
        ("1234567.89", "1234567.89"),
        ("1234567", "1234567"),
        ("200 000", "200000"),
        ("200.000 zł", "200000"),
        ("200.000", "200000"),
        ("200,000", "200000"),
        ("12 000,- zł", "12000"),
        ("12'500", "12500"),
        ("399 187 zł netto", "399187"),
        ("69 147,09 zł netto", "69147.09"),
        ("netto: 100 000 zł", "100000"),
        ("123456.7891", "123456.79"),
        ("380 000 zł netto (razem)", "380000"),
        ("PLN 100 000", "100000"),
        ("100000zł", "100000"),
        ("100 000 zł (2026 r.)", "100000"),
        ("100 000 zł + 23% VAT", "100000"),
        ("100 000 zł plus VAT", "100000"),
        ("100 000 zł netto, z VAT 23% więcej", "100000"),
        ("1\N{THIN SPACE}234\N{NARROW NO-BREAK SPACE}567,89", "1234567.89"),
    ],
)
def test_a_plain_amount_is_read_to_the_grosz(text, value):
    got = amount(text)
    assert (got.problem, got.value and got.value.value) == (None, Decimal(value))
    assert got.value.words == ""


@pytest.mark.parametrize(
    ("text", "value", "roughly"),
    [
        ("ok. 200 tys.", "200000", True),
        ("ok. 200 tys. zł", "200000", True),
        ("0,5 mln", "500000", False),
        ("1,234 mln zł", "1234000", False),
        ("1.5 mln zł", "1500000", False),
        ("blisko 8 milionów złotych", "8000000", True),
        ("około 1 234 567,89 zł", "1234567.89", True),
        ("~ 150 tyś", "150000", True),
        ("2 mld", "2000000000", False),
        ("100 000 zł netto / 123 000 zł brutto", "100000", False),
        ("123 000 zł brutto (VAT 23%)", "100000", False),
        ("108 000,00 brutto, 8% VAT", "100000", False),
        ("100 000 zł (23 201,86 EUR)", "100000", False),
        ("123 000 zł z VAT 23%", "100000", False),
        ("123 000 zł w tym 23% VAT", "100000", False),
        ("123 000 zł (wraz z podatkiem VAT 23%)", "100000", False),
        ("100 000 zł ± 10%", "100000", True),
        ("0,125 tys. zł", "125", False),
    ],
)
def test_what_says_more_than_a_number_is_kept_beside_it(text, value, roughly):
    got = amount(text)
    assert got.problem is None
    assert got.value == (Decimal(value), roughly, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("100 000 - 200 000 zł", "przedział"),
        ("100-200 tys.", "przedział"),
        ("od 100 do 200 tys. zł", "przedział"),
        ("100 tys. do 200 tys.", "przedział"),
        ("do 200 000 zł", "granicę"),
        ("powyżej 130 000 zł", "granicę"),
        ("max. 50 000", "granicę"),
        ("<130000", "granicę"),
        ("123 000 zł brutto", "brutto bez stawki VAT"),
        ("123 000 zł z VAT", "brutto bez stawki VAT"),
        ("46 000 EUR", "innej walucie"),
        ("€ 46 000", "innej walucie"),
        ("50 000 USD", "innej walucie"),
        ("do ustalenia", "nieustalona"),
        ("wg potrzeb", "nieustalona"),
        ("osiem milionów", "cyframi"),
        ("123.456", "separatorem"),
        ("123,456", "separatorem"),
        ("12 34 567", "separatorem"),
        ("-5 000", "ujemna"),
        ("0,00", "zero"),
        ("cz. 1: 100 000 zł, cz. 2: 200 000 zł", "kilka kwot"),
        ("100 000 zł, 200 000 zł", "kilka kwot"),
        ("5 000 zł miesięcznie", "za jednostkę albo okres"),
        ("12 zł/szt", "za jednostkę albo okres"),
        ("1 000 zł/m-c", "za jednostkę albo okres"),
        ("1 000 zł co miesiąc", "za jednostkę albo okres"),
        ("cz. 1 100 000 zł", "co tu jest numerem"),
        ("zadanie nr 2 50 000", "co tu jest numerem"),
        ("130 tys. +", "granicę"),
        ("50% z 100 000 zł", "część kwoty"),
        ("1.500 tys. zł", "separatorem"),
        ("1e9", "kilka kwot"),
        ("1,5E+06", "kilka kwot"),
        ("12 000,00 – 15 000,00", "przedział"),
        ("2 x 100 000 zł", "kilka kwot"),
        ("EUR", "cyframi"),
        ("9" * 30, "nieprawdopodobnie"),
        ("1 " * 200, "zbyt długi"),
    ],
)
def test_an_amount_that_only_a_person_can_decide_is_refused(text, why):
    got = amount(text)
    assert got.value is None
    assert why in got.problem


def test_the_heading_speaks_for_its_column():
    assert amount("200", heading="Wartość netto (w tys. zł)").value.value == Decimal(200_000)
    assert amount("0.5", heading="Wartość netto (w tys. zł)").value.value == Decimal(500)
    # Twelve thousand, or twelve million.
    assert "separatorem" in amount("12.345", heading="Wartość netto (w tys. zł)").problem
    assert "brutto" in amount("200 000", heading="Kwota brutto").problem
    assert "walucie" in amount("200 000", heading="Wartość w EUR").problem
    assert amount("200 000 zł netto", heading="Kwota brutto").value.value == Decimal(200_000)
    assert amount("-").value is None
    assert amount("brak").problem is None
