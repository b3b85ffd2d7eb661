"""Searching as people speak: inflected, without Polish letters, in any order."""

import pytest

from registry import facets
from registry.filters import CatalogueFilter
from registry.results import Result
from tests.registry.factories import (
    OfferFactory,
    OfferMarkFactory,
    SocialEnterpriseStatusFactory,
    refresh,
)
from tests.registry.search.given import card, names, offers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "sprzątanie biur",
        "sprzątania biura",
        "sprzataniem biur",
        "SPRZĄTANIE BIUR",
        "biura, sprzątanie",
        "sprzatanie biur",
    ],
)
def test_inflected_forms_find_the_same(query):
    card("Czysty Kąt", description="Sprzątanie biur i klatek schodowych.")
    card("Inna", description="Catering i biura rachunkowe.")
    assert names(query) == ["Czysty Kąt"]


def test_a_place_in_the_query_is_met_by_the_address():
    card("Kuchnia Społeczna", description="Catering na spotkania.")
    card(
        "Kuchnia z Kłodzka",
        description="Catering na spotkania.",
        institution__municipality_id="0208021",
        institution__town="Kłodzko",
    )
    assert names("catering we Wrocławiu") == ["Kuchnia Społeczna"]
    assert names("catering powiat kłodzki") == ["Kuchnia z Kłodzka"]


def test_best_field_first_name_offers_description_place():
    in_place = card("Dalia", institution__town="Pranie")
    in_description = card("Chaber", description="Pranie dywanów.")
    in_offers = card("Bratek")
    OfferFactory(organisation=in_offers, name="Pranie pościeli", category_id="pranie")
    in_name = card("Pranie i Magiel")
    refresh()
    assert names("pranie") == [str(card) for card in (in_name, in_offers, in_description, in_place)]


def test_what_an_offer_is_called_comes_before_the_label_of_its_code():
    by_label, by_name = card("Aster"), card("Bez")
    OfferFactory(organisation=by_label, name="Chleb", codes=["55520000"])
    OfferFactory(organisation=by_name, name="Posiłki dla szkół")
    refresh()
    assert names("posiłki") == [str(by_name), str(by_label)]


@pytest.mark.parametrize("query", ["gmina Oława", "powiat oławski", "gminie oława", "województwo dolnośląskie Oława"])
def test_words_for_kinds_of_places_are_true_of_every_place(query):
    card("Dalia", institution__municipality_id="0215011", institution__town="Oława")
    assert names(query) == ["Dalia"]


def test_people_with_disabilities_are_found_however_they_are_called():
    card("Przewóz", description="Transport osób z niepełnosprawnościami.")
    assert names("transport osób niepełnosprawnych") == ["Przewóz"]


def test_the_status_and_the_mark_are_found_by_their_names():
    enterprise, marked = card("Przystań"), card("Zegar")
    SocialEnterpriseStatusFactory(institution=enterprise.institution)
    OfferMarkFactory(offer=OfferFactory(organisation=marked))
    refresh()
    assert names("przedsiębiorstwa społeczne") == ["Przystań"]
    assert names("znak zakup prospołeczny") == ["Zegar"]


@pytest.mark.parametrize("query", ["szukam cateringu", "Kto zrobi catering?", "potrzebuję cateringu"])
def test_a_wish_is_understood(query):
    card("Kuchnia", description="Zrobimy catering.")
    assert names(query) == ["Kuchnia"]


def test_more_words_in_better_fields_come_first():
    card("Dalia", description="Catering.", institution__town="Oława")
    card("Catering Oława")
    card("Bistro Catering", institution__town="Oława")
    assert names("catering oława") == ["Catering Oława", "Bistro Catering", "Dalia"]


def test_equal_matches_stand_in_polish_alphabetical_order():
    for name in ("Łąka", "Zebra", "Ćma", "Lato", "Cytryna"):
        card(name, description="Szycie.")
    assert names("szycie") == ["Cytryna", "Ćma", "Lato", "Łąka", "Zebra"]


def test_pages_of_a_ranked_result_hold_every_card_once():
    for number in range(12):
        card(f"Szycie {number}" if number % 2 else f"Firma {number}", description="Szycie na miarę.")
    listing = Result(CatalogueFilter("q=szycie"), facets.CATALOGUE).listing
    whole = [entry.pk for entry in listing[0:12]]
    paged = [entry.pk for start in range(0, 12, 5) for entry in listing[start : start + 5]]
    assert paged == whole
    assert len(set(whole)) == 12


def test_all_words_must_be_met():
    card("Czysty Kąt", description="Sprzątanie biur.")
    assert names("sprzątanie szkół") == []


def test_streets_are_not_searched():
    card("Czysty Kąt", institution__street="ul. Cateringowa")
    assert names("cateringowa") == []


@pytest.mark.parametrize("query", ["posprzątać biuro", "posprzatane biura", "umyć okna", "skosić trawnik", "wyprać"])
def test_work_done_finds_who_does_the_work(query):
    made = card("Czysty Kąt", description="Sprzątanie biur, mycie okien, koszenie trawników, pranie.")
    OfferFactory(
        organisation=made, name="Porządki", description="Sprzątamy biura, myjemy okna, kosimy trawniki, pierzemy."
    )
    refresh()
    assert names(query) == ["Czysty Kąt"]
    assert offers(query) == ["Porządki"]


def test_the_work_finds_who_will_have_done_it():
    made = card("Czysty Kąt", description="Posprzątamy biuro, umyjemy okna.")
    OfferFactory(organisation=made, name="Posprzątamy i umyjemy okna")
    refresh()
    assert names("sprzątanie biur") == names("mycie okien") == ["Czysty Kąt"]
    assert offers("mycie i sprzątanie") == ["Posprzątamy i umyjemy okna"]


@pytest.mark.parametrize("text", ["!!!", "'; DROP TABLE x; --", "a & | ! ( )", ":*", "\\", "\u200b", "ż" * 200, "😀"])
def test_odd_text_finds_nothing_and_breaks_nothing(text):
    card("Czysty Kąt", description="Sprzątanie biur.")
    assert names(text) == []
