# ruff: noqa: S608 - made-up rows
"""Searching as people type: inflected, without Polish letters, mistyped, by number and by code."""

from random import Random

import pytest
from django.db import connection, transaction

from registry import facets
from registry.filters import CatalogueFilter, OfferFilter
from registry.models import CatalogueEntry, Institution, Organisation, SearchWord
from registry.results import Result
from registry.search import Search
from registry.use_cases import catalogue
from tests.registry.factories import (
    NOW,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
    refresh,
)

pytestmark = pytest.mark.django_db


def card(name, *, description="", **values):
    card = OrganisationFactory(institution__name=name, description=description, **values)
    Organisation.objects.filter(pk=card.pk).update(published_at=NOW)
    refresh(card)
    return card


def names(query, sort=""):
    result = Result(CatalogueFilter({"q": query, "sort": sort}), facets.CATALOGUE)
    return [entry.name for entry in result.listing[0:50]]


def offers(query):
    return [entry.name for entry in Result(OfferFilter({"q": query}), facets.OFFERS).listing[0:50]]


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


# Mistyped words


def closest_to(query):
    result = Result(CatalogueFilter({"q": query}), facets.CATALOGUE)
    return result.instead and result.instead.text, [entry.name for entry in result.listing[0:10]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sprzontanie", "sprzątanie"),
        ("sprzatnaie", "sprzątanie"),
        ("sprzątanie biór", "sprzątanie biur"),
        ("Sprzontanie  biur", "Sprzątanie  biur"),
        ("SPRZONTANIE biur", "SPRZĄTANIE biur"),
        ("szybkie sprzontanie biur we Wrocławiu", "szybkie sprzątanie biur we Wrocławiu"),
        ("sprzontanie biór", "sprzątanie biur"),
        ("sprzątanie Wroclwa", "sprzątanie Wrocław"),
        ("sprzątanie wroclwa", "sprzątanie Wrocław"),
        ("spszątanie", "sprzątanie"),
    ],
)
def test_a_mistyped_word_gets_what_it_resembles(typed, meant):
    card("Czysty Kąt", description="Szybkie sprzątanie biur.")
    assert closest_to(typed) == (meant, ["Czysty Kąt"])


@pytest.mark.django_db(transaction=True)
def test_a_word_is_suggested_with_the_letters_that_a_careless_file_left_out():
    card("Czysty Kąt", description="SPRZATANIE BIUR, SWIDNICA")
    assert closest_to("sprzontanie biur")[0] == "sprzątanie biur"
    assert closest_to("biura śfidnica")[0] == "biura Świdnica"


@pytest.mark.django_db(transaction=True)
def test_a_word_like_no_other_gets_no_suggestion():
    card("Czysty Kąt", description="Sprzątanie biur.")
    assert closest_to("xyzzyx") == (None, [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [("krawiectwo", "krawieckie"), ("katering", "catering"), ("jedzenie", None), ("świetlica", None)],
)
def test_a_right_word_is_replaced_only_by_one_that_begins_like_it(typed, meant):
    card("Biuro", description="Poprawki krawieckie. Sadzenie drzew. Świdnica. Catering.")
    assert closest_to(typed)[0] == meant


@pytest.mark.django_db(transaction=True)
def test_known_words_without_a_common_card_are_not_replaced():
    card("Czysty Kąt", description="Sprzątanie biur.")
    card("Kuchnia", description="Catering.")
    assert closest_to("sprzątanie catering") == (None, [])


def test_words_are_remembered_after_the_commit(django_capture_on_commit_callbacks):
    made = OrganisationFactory(institution__name="Kwiaciarnia", published_at=NOW, description="Bukiety 2024")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        catalogue.refresh([made.pk], now=NOW)
        assert not SearchWord.objects.exists()
    known = set(SearchWord.objects.values_list("folded", flat=True))
    assert {"kwiaciarnia", "bukiety", "wroclaw"} <= known
    assert "2024" not in known


@pytest.mark.django_db(transaction=True)
def test_rebuilding_forgets_words_that_stand_nowhere():
    made = card("Kwiaciarnia")
    Institution.objects.filter(pk=made.institution_id).update(name="Piekarnia")
    assert catalogue.rebuild(now=NOW) == 1
    known = set(SearchWord.objects.values_list("folded", flat=True))
    assert "piekarnia" in known
    assert "kwiaciarnia" not in known


# Numbers and codes


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


# How it is found


@pytest.fixture
def many():
    """Twenty thousand entries, so that the planner has reason to use an index."""
    card("Czysty Kąt", description="Sprzątanie biur.")
    copied = [
        field.column
        for field in CatalogueEntry._meta.concrete_fields
        if field.column not in ("organisation_id", "search", "sort_key", "cell")
    ]
    with connection.cursor() as cursor:
        # The rows belong to nobody: nothing here looks at the organisations behind them.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE registry_catalogueentry DISABLE TRIGGER ALL")
        cursor.execute(
            f"INSERT INTO registry_catalogueentry (organisation_id, sort_key, search, {', '.join(copied)})"
            " SELECT -n, 'k' || n, ('drzadkie' || n % 5000 || ' dczeste' || n % 2)::tsvector, "
            f"{', '.join(copied)} FROM registry_catalogueentry, generate_series(1, 20000) n"
        )
        cursor.execute("ALTER TABLE registry_catalogueentry ENABLE TRIGGER ALL")
        cursor.execute("SELECT gin_clean_pending_list('registry_entry_search')")
        cursor.execute("ANALYZE registry_catalogueentry")


def plan(queryset):
    return queryset.explain(analyze=False)


def test_a_rare_word_is_found_by_the_index(many):
    rare = CatalogueEntry.objects.filter(Search("rzadkie77").condition)
    assert rare.count() == 4
    assert "Bitmap Index Scan on registry_entry_search" in plan(rare)


def test_every_tier_of_a_ranked_search_is_found_by_the_index(many):
    for tier in Search("rzadkie77 czeste1").tiers:
        found = CatalogueEntry.objects.filter(tier)
        assert "Bitmap Index Scan on registry_entry_search" in plan(found)


def test_a_cpv_code_is_found_by_the_index(many):
    assert "Bitmap Index Scan on registry_entry_cpv" in plan(
        CatalogueEntry.objects.filter(Search("90910000-9", cpv=90910000).condition)
    )


def test_a_place_served_is_found_by_the_index(many):
    assert "Bitmap Index Scan on registry_entry_serves" in plan(CatalogueFilter("area=0208").qs)


def test_a_like_word_is_found_by_the_index():
    random = Random(1)
    made_up = {"".join(random.choices("abcdefghijklmnoprstuwyz", k=9)) for _ in range(40_000)}
    SearchWord.objects.bulk_create(SearchWord(folded=word, display=word) for word in made_up)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('registry_word_trgm')")
        cursor.execute("ANALYZE registry_searchword")
        cursor.execute("EXPLAIN SELECT folded FROM registry_searchword WHERE folded % 'sprzontanie' OR folded = 'x'")
        text = "\n".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on registry_word_trgm" in text


def test_the_first_page_of_everything_is_read_in_the_order_of_an_index(many):
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN SELECT organisation_id FROM registry_catalogueentry ORDER BY sort_key, organisation_id LIMIT 20"
        )
        text = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using registry_entry_sort" in text or "Index Scan using registry_entry_sort" in text
