"""Searching by number and by code."""

import pytest

from registry.filters import CatalogueFilter
from registry.search import Search
from tests.registry.factories import (
    InstitutionFactory,
    OfferFactory,
    OrganisationFactory,
    UnitFactory,
    refresh,
)
from tests.registry.search.given import card, names, offers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        *("{0}", "PL{0}", "PL {1}", "NIP {1}", "nip: {1}", " {0} ", "{2}", "NIP PL{0}"),
        *("89 90 00 01 10", "NIP nr {0}", "nr NIP: {1}", "N.I.P. {1}", "NIP – {0}", "({0})", "„{0}”,"),
    ],
    ids=str,
)
def test_a_nip_in_any_writing_names_the_card(typed):
    made = card("Czysty Kąt", institution__nip="8990000110")
    writings = ["8990000110", "899-000-01-10", "899 000 01 10"]
    assert CatalogueFilter({"q": typed.format(*writings)}).card == made


@pytest.mark.parametrize(
    "typed",
    [
        *("364403687", "REGON 364 403 687", "REGON 36440368700000", "36440368712345", "364403687-00012"),
        *(
            "0000617106",
            "KRS 0000617106",
            "KRS 617106",
            "numer KRS 617106",
            "617106",
            "0617106",
            "000617106",
            " 617106.",
        ),
        *("Czysty Kąt KRS 617106", "Czysty Kąt, KRS: 0000617106, Wrocław", "Czysty Kąt 0000617106", "kąt 364403687"),
        *(
            "Czysty Kąt (NIP 899-000-01-10)",
            "Czysty Kąt NIP: 8990000110 REGON: 364403687",
            "NIP 8990000110, KRS 617106",
        ),
        *(
            "Czysty Kąt PL8990000110",
            "czysty kąt 899-000-01-10",
            "NIP 899 000 01 10, 53-311 Wrocław",
            "Inna nazwa 8990000110",
        ),
    ],
)
def test_any_number_in_any_writing_names_the_card(typed):
    made = card(
        "Czysty Kąt", institution__nip="8990000110", institution__regon="364403687", institution__krs="0000617106"
    )
    card("Czysty Kąt II")
    found = CatalogueFilter({"q": typed})
    assert (found.card, found.named) == (made, [made.pk])


def test_zeros_that_a_spreadsheet_dropped_are_put_back():
    made = card("Czysty Kąt", institution__regon="020012344")
    for typed in ("20012344", "REGON 20012344", "REGON 2001234400000"):
        assert CatalogueFilter({"q": typed}).card == made


def test_fourteen_digits_mean_the_unit_before_its_operator():
    operator = InstitutionFactory(name="Fundacja", regon="364403687")
    own = card("", institution=operator, kind_id="ngo")
    unit = card("", of_unit=True, unit=UnitFactory(operator=operator, regon="36440368700019"), institution=operator)
    assert CatalogueFilter({"q": "REGON 36440368700019"}).card == unit
    assert CatalogueFilter({"q": "REGON 36440368700026"}).card == own


def test_a_number_that_two_cards_may_have_names_both_and_jumps_to_none():
    card("Po numerze KRS", institution__krs="0020012344")
    card("Po numerze REGON", institution__regon="020012344")
    found = CatalogueFilter({"q": "20012344"})
    assert found.card is None
    assert len(found.named) == 2


@pytest.mark.parametrize("typed", ["617106", "Czysty Kąt NIP 8990000110", "tel. 71 000 00 00", "50-001"])
def test_a_number_of_nobody_is_searched_for_as_a_word(typed):
    card("Czysty Kąt", institution__krs="0000000001")
    found = CatalogueFilter({"q": typed})
    assert (found.card, found.named, list(found.qs)) == (None, [], [])


def test_the_number_of_an_operator_with_several_units_lists_them():
    operator = InstitutionFactory(name="Fundacja", nip="8990000110")
    for name in ("WTZ Jeden", "WTZ Dwa"):
        card("", of_unit=True, unit=UnitFactory(operator=operator, name=name), institution=operator)
    found = CatalogueFilter({"q": "8990000110"})
    assert found.card is None
    assert sorted(found.qs.values_list("name", flat=True)) == ["WTZ Dwa", "WTZ Jeden"]


def test_the_number_of_an_operator_with_a_card_of_its_own_names_that_card():
    operator = InstitutionFactory(name="Fundacja", nip="8990000110")
    own = card("", institution=operator, kind_id="ngo")
    card("", of_unit=True, unit=UnitFactory(operator=operator), institution=operator)
    assert CatalogueFilter({"q": "8990000110"}).card == own


def test_the_number_of_a_card_that_is_not_public_names_nobody():
    OrganisationFactory(institution__nip="8990000110")
    found = CatalogueFilter({"q": "8990000110"})
    assert (found.card, list(found.qs)) == (None, [])


@pytest.mark.parametrize(
    "typed",
    [
        *("90900000-6", "90900000", "90910000-9 Usługi sprzątania", "90919200-4"),
        *("CPV 90919200-4", "kod CPV: 90.91.92.00-4", "90 91 92 00", "90919200-4: sprzątanie biur"),
    ],
)
def test_a_cpv_code_finds_offers_of_it_and_of_its_children(typed):
    made = card("Czysty Kąt")
    OfferFactory(organisation=made, name="Mycie okien", codes=["90919200"])
    OfferFactory(organisation=card("Kuchnia"), name="Obiady", codes=["55520000"])
    refresh()
    assert names(typed) == ["Czysty Kąt"]
    assert offers(typed) == ["Mycie okien"]


@pytest.mark.parametrize("typed", ["9091", "90", "909100", "9091000", "CPV 9091", "cpv: 90.91", "CPV 9091 sprzątanie"])
def test_the_beginning_of_a_cpv_code_finds_offers_of_that_branch(typed):
    made = card("Czysty Kąt")
    OfferFactory(organisation=made, name="Mycie okien", codes=["90919200"])
    OfferFactory(organisation=card("Kuchnia"), name="Obiady", codes=["55520000"])
    refresh()
    assert names(typed) == ["Czysty Kąt"]
    assert offers(typed) == ["Mycie okien"]


@pytest.mark.parametrize("typed", ["2024", "„90”", "90 lat", "90.91", "90-9", "4"])
def test_a_number_that_is_no_code_is_a_word(typed):
    made = card("Działamy od 2024", description="Mamy 90 lat, 4 auta, 91 osób i 9 koni.")
    OfferFactory(organisation=card("Czysty Kąt"), codes=["90910000"])
    refresh()
    assert names(typed) == [str(made)]


def test_a_cpv_code_does_not_find_its_parents():
    OfferFactory(organisation=card("Czysty Kąt"), codes=["90910000"])
    refresh()
    assert names("90919200-4") == []


def test_words_of_the_label_of_a_code_find_offers():
    OfferFactory(organisation=card("Kuchnia"), name="Obiady domowe", category_id=None, codes=["55523100"])
    refresh()
    assert offers("posiłki szkolne") == ["Obiady domowe"]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("catering we Wrocławiu", {"catering": "Wrocławiu", "wrocławiu": "catering"}),
        ("pranie w gminie Oława", {"pranie": "Oława", "oława": "pranie"}),
        (
            "biura i szkoły, sprzątanie",
            {"biura": "szkoły sprzątanie", "szkoły": "biura sprzątanie", "sprzątanie": "biura i szkoły"},
        ),
        (
            "Zielony Próg NIP: 899-000-01-10",
            {"NIP: 899-000-01-10": "Zielony Próg"},
        ),
        ("sprzątanie 9091", {"9091": "sprzątanie"}),
        ("sprzątanie dla szkół i dla SZKÓŁ", {"sprzątanie": "szkół i dla SZKÓŁ", "szkół": "sprzątanie"}),
        ("dla szkół", {}),
        ("NIP 8990000110", {}),
        ("", {}),
    ],
)
def test_a_word_is_left_out_with_what_led_to_it(typed, left):
    shorter = {part: search.text for part, search in Search(typed).shorter.items()}
    assert shorter == left
