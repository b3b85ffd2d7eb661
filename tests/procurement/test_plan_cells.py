"""One cell of a plan at a time: what is read, what is repaired and said, what is left to a person."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given, strategies
from hypothesis import settings as pace

from procurement.choices import Nature, OpeningPrecision, UpdateKind
from procurement.plan_sheets.amounts import amount
from procurement.plan_sheets.clauses import GENERAL, clauses
from procurement.plan_sheets.cpv import CpvTable, cpv_codes, cpv_within
from procurement.plan_sheets.modes import ModeTable, mode
from procurement.plan_sheets.natures import nature, of_number
from procurement.plan_sheets.openings import opening
from procurement.plan_sheets.positions import glued, position
from procurement.plan_sheets.updates import update

MONTH, QUARTER, YEAR = OpeningPrecision.MONTH, OpeningPrecision.QUARTER, OpeningPrecision.YEAR


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
    assert "brutto" in amount("200 000", heading="Kwota brutto").problem
    assert "walucie" in amount("200 000", heading="Wartość w EUR").problem
    assert amount("200 000 zł netto", heading="Kwota brutto").value.value == Decimal(200_000)
    assert amount("-").value is None
    assert amount("brak").problem is None


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


@pytest.fixture(scope="module")
def table():
    with (settings.BASE_DIR / "data" / "cpv_2008.csv").open(encoding="utf-8", newline="") as file:
        return CpvTable({row["code"][:8]: (row["code"], row["label_pl"]) for row in csv.DictReader(file)})


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("90910000-9", ["90910000"]),
        ("90910000", ["90910000"]),
        ("CPV: 90.91.00.00-9", ["90910000"]),
        ("45 000 000-7", ["45000000"]),
        ("90910000-9 (Usługi sprzątania),90911300-9 (Usługi czyszczenia okien)", ["90910000", "90911300"]),
        ("90910000-9; 90911300-9; 90910000-9", ["90910000", "90911300"]),
        ("90910000-9\n90911300", ["90910000", "90911300"]),
        ("3100000-2", ["03100000"]),
        ("główny: 15894200-3 – posiłki gotowe, 2 części", ["15894200"]),
    ],
)
def test_several_codes_stand_in_one_cell(table, text, codes):
    got = cpv_codes(text, table)
    assert (got.problem, got.value) == (None, codes)


def test_a_missing_control_digit_comes_from_the_table_and_is_told(table):
    assert cpv_codes("90910000", table).notes == ("dopisano cyfrę kontrolną: 90910000-9",)
    assert cpv_codes("90910000-9", table).notes == ()


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("90910000-5", "90910000-9"),
        ("90910001", "90910000-9"),
        ("99910000-9", "90910000-9"),
        ("9091000", "90910000-9"),
        ("9091", "90910000-9"),
        ("909100009", "90910000-9"),
    ],
)
def test_a_wrong_code_is_refused_with_the_nearest_ones(table, text, near):
    got = cpv_codes(text, table)
    assert got.value is None
    assert near in got.problem


def test_a_free_text_gives_only_what_is_beyond_doubt(table):
    assert cpv_within("Sprzątanie (90910000-9), umowa 12345678, tel. 717000000-1", table) == ["90910000"]
    assert cpv_within("kod CPV 90910000", table) == ["90910000"]
    assert cpv_within("90910000-5", table) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roboty budowlane", (Nature.WORKS, False)),
        ("Robota budowlana", (Nature.WORKS, False)),
        ("RB", (Nature.WORKS, False)),
        ("DOSTAWA", (Nature.SUPPLIES, False)),
        ("U", (Nature.SERVICES, False)),
        ("usługi społeczne i inne szczególne usługi", (Nature.SERVICES, True)),
    ],
)
def test_the_nature_has_many_names(text, expected):
    assert nature(text).value == expected


def test_a_mixed_order_is_for_a_person():
    assert "kilka rodzajów" in nature("dostawy i usługi").problem
    assert "nie jest rodzaj" in nature("leasing").problem
    assert (of_number("1.3.6"), of_number("2.1.1"), of_number("7")) == (Nature.SERVICES, Nature.WORKS, None)


@pytest.fixture(scope="module")
def modes():
    with (settings.BASE_DIR / "data" / "procurement" / "modes.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return ModeTable.of(
            [(row["code"], row["code"], row["label"], row["synonyms"].split("|"), row["legal_basis"]) for row in rows]
        )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tryb podstawowy, art. 275", "tryb-podstawowy"),
        ("Tryb podstawowy bez negocjacji", "tryb-podstawowy-1"),
        ("art. 275 pkt 1 ustawy Pzp", "tryb-podstawowy-1"),
        ("tryb podstawowy z możliwością negocjacji (art. 275 pkt 2)", "tryb-podstawowy-2"),
        ("tryb podstawowy – negocjacje obligatoryjne", "tryb-podstawowy-3"),
        ("TP", "tryb-podstawowy"),
        ("przetarg nieograniczony", "przetarg-nieograniczony"),
        ("PN", "przetarg-nieograniczony"),
        ("wolna ręka art. 305 pkt 1 w zw. z art. 214 ust. 1 pkt 13", "wolna-reka"),
        ("zamówienie z wolnej ręki", "wolna-reka"),
        ("otwarty konkurs ofert", "konkurs-ofert"),
        ("zapytanie ofertowe", "zapytanie-ofertowe"),
        ("bez stosowania ustawy", "zlecenie-bezposrednie"),
    ],
)
def test_the_mode_is_known_by_its_names_and_articles(modes, text, code):
    got = mode(text, modes)
    assert (got.problem, got.value) == (None, code)


def test_an_unknown_mode_or_several_are_for_a_person(modes):
    assert "nie ma takiego" in mode("tryb jak zawsze", modes).problem
    assert "kilka trybów" in mode("przetarg nieograniczony lub wolna ręka", modes).problem
    assert mode("", modes).value is None


@pytest.mark.parametrize(
    ("text", "number"), [("1.3.6", "1.3.6"), ("1.3.6.", "1.3.6"), ("poz. 12", "12"), ("01", "1"), ("1.10", "1.10")]
)
def test_the_number_of_a_position(text, number):
    assert position(text).value == number


def test_a_number_that_a_spreadsheet_took_for_a_day_is_read_back():
    assert position("2006-03-01").value == "1.3.6"
    assert "zamienił numer na datę" in position("2006-03-01").notes[0]
    assert position("RIN.271.1.1.2026").problem == "to nie jest numer pozycji planu"
    assert glued("1.2.1 Dostawa paliw") == ("1.2.1", "Dostawa paliw")
    assert glued("1.2.1") is None


def test_the_kind_of_an_update():
    assert update("rezygnacja z pozycji").value == UpdateKind.DROPPED
    assert update("Dodanie pozycji").value == UpdateKind.ADDED
    assert update("zmieniono wartość").value == UpdateKind.CHANGED
    assert update("-").value is None
    assert update("patrz uwagi").problem


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("zamówienie zastrzeżone, art. 94", ["art94"]),
        ("art. 94, 95 i 96 Pzp", ["art94", "art95", "art96"]),
        ("art. 96 ust. 2 pkt 2 lit. e", ["art96"]),
        ("klauzula społeczna", [GENERAL]),
        ("Aspekty społeczne: TAK", [GENERAL]),
        ("aspekty społeczne: nie", []),
        ("brak klauzul społecznych", []),
        ("nie przewiduje się klauzul społecznych; art. 95", ["art95"]),
        ("zatrudnienie na podstawie umowy o pracę", ["art95"]),
        ("zatrudnienie osób bezrobotnych", ["art96"]),
        ("kryteria społeczne 10%", ["art242"]),
        ("wolna ręka art. 305 pkt 1 w zw. z art. 214 ust. 1 pkt 13", []),
        ("konsultacje rynkowe", []),
    ],
)
def test_words_of_social_clauses_become_intentions(text, codes):
    assert clauses(text) == codes


def test_a_tick_counts_for_what_its_heading_says():
    assert clauses("tak", heading="Zamówienie zastrzeżone (art. 94)") == ["art94"]
    assert clauses("X", heading="Klauzule społeczne") == [GENERAL]
    assert clauses("nie", heading="Klauzule społeczne") == []


CELLS = strategies.text(alphabet="0123456789 .,-–/()%żółwIVXkwmln tys.zł€eur brutto CPV:;\n\t²٣", max_size=60)


@pace(max_examples=400, deadline=None)
@given(CELLS)
def test_no_cell_breaks_the_reading(table, modes, text):
    for cleaned in (
        amount(text),
        amount(text, heading="Wartość brutto w tys. EUR"),
        opening(text, year=2026),
        opening(text, year=2026, heading="kwartał"),
        cpv_codes(text, table),
        nature(text),
        mode(text, modes),
        position(text),
        update(text),
    ):
        assert cleaned.value is None or cleaned.problem is None
    assert isinstance(clauses(text), list)
    assert isinstance(cpv_within(text, table), list)
