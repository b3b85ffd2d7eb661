"""One cell of a plan at a time: what is read, what is repaired and said, what is left to a person."""

import csv

import pytest
from django.conf import settings
from hypothesis import given, strategies
from hypothesis import settings as pace

from procurement.choices import Nature, UpdateKind
from procurement.plan_sheets.amounts import amount
from procurement.plan_sheets.clauses import GENERAL, clauses
from procurement.plan_sheets.cpv import CpvTable, cpv_codes, cpv_within
from procurement.plan_sheets.modes import ModeTable, mode
from procurement.plan_sheets.natures import nature, of_number
from procurement.plan_sheets.openings import opening
from procurement.plan_sheets.outcome import EMPTY
from procurement.plan_sheets.positions import glued, position
from procurement.plan_sheets.updates import update


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
        ("9O910000", "90910000-9"),
        ("9091000O", "90910000-9"),
        # Far from every code: the closest by number.
        ("12345678", "14000000-1"),
        ("99999999", "98910000-5"),
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
    for words in ("bez zmian", "Brak zmian", "nie uległo zmianie"):
        assert update(words) == EMPTY
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
