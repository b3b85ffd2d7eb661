"""Messy rows end to end: what they become, what is said of them."""

import pytest

from registry.models import Institution, Offer, Organisation, SocialEnterpriseStatus
from tests.registry.imports.conftest import cards, numbers

pytestmark = pytest.mark.django_db

HEADING = "Nazwa podmiotu;Rodzaj;NIP;REGON;KRS;Ulica i nr;Kod pocztowy;Miejscowość;Gmina;Powiat;Telefon;E-mail"


def test_a_messy_row_becomes_a_clean_public_card(import_lines):
    report = import_lines(
        HEADING,
        '"SPÓŁDZIELNIA SOCJALNA ""ZIELONY ZAKĄTEK""";spółdzielnia socjalna;883-169-04-60;;3418;'
        "ul.Drukarska 37 lok. 78;53–311;WROCŁAW;M. WROCŁAW;M. WROCŁAW;(071) 710 19 00;Biuro@Zakatek.PL",
    )

    card = Organisation.objects.get()
    party = card.institution
    assert numbers(report) == (1, 1, 0, 0, 0, 0)
    assert (party.name, party.nip, party.krs) == (
        "Spółdzielnia Socjalna „ZIELONY ZAKĄTEK”".replace("ZIELONY ZAKĄTEK", "Zielony Zakątek"),
        "8831690460",
        "0000003418",
    )
    assert (party.street_line, party.postal_code, party.town) == ("ul. Drukarska 37/78", "53-311", "Wrocław")
    assert (party.municipality_id, party.county_id) == ("0264011", "0264")
    assert (party.phone, party.email) == ("+48717101900", "biuro@zakatek.pl")
    assert (card.kind_id, party.legal_form_id) == ("spoldzielnia_socjalna", "spoldzielnia")
    assert card.slug == "spoldzielnia-socjalna-zielony-zakatek"
    assert card.published_at is not None
    assert card.entry.name == party.name


def test_each_repair_is_told_with_row_column_value_and_reason(import_lines):
    report = import_lines(
        "Wykaz",
        HEADING,
        "Fundacja Merkury;fundacja;PL 883 169 04 60;;3418;;;;;;;",
    )

    assert report["warnings"] == [
        {
            "row": 3,
            "column": "NIP",
            "value": "PL 883 169 04 60",
            "reason": "usunięto odstępy, kreski lub przedrostek z numeru",
        },
        {
            "row": 3,
            "column": "KRS",
            "value": "3418",
            "reason": "dopisano zera na początku, zgubione przez arkusz",
        },
    ]


@pytest.mark.parametrize(
    ("cells", "column", "value", "reason"),
    [
        (";fundacja;8831690460", "Nazwa podmiotu", "", "brak nazwy podmiotu"),
        ("Fundacja Alfa;fundacja;8831690461", "NIP", "8831690461", "NIP ma błędną cyfrę kontrolną"),
        ("Fundacja Alfa;fundacja;883169046", "NIP", "883169046", "NIP ma 9 cyfr zamiast 10"),
        (
            "Fundacja Alfa;fundacja;7,41E+09",
            "NIP",
            "7,41E+09",
            "NIP zapisany przez arkusz skrótowo; końcowe cyfry przepadły",
        ),
        ("Fundacja Alfa;fundacja;;123456789", "REGON", "123456789", "REGON ma błędną cyfrę kontrolną"),
        ("Fundacja Alfa;fundacja;;;12345678901", "KRS", "12345678901", "numer KRS ma 11 cyfr zamiast 10"),
    ],
)
def test_a_row_without_a_name_or_with_an_impossible_number_is_refused(import_lines, cells, column, value, reason):
    report = import_lines(HEADING, cells, "Fundacja Dobra;fundacja")

    assert numbers(report) == (2, 1, 0, 0, 0, 1)
    assert report["rejected"] == [{"row": 2, "column": column, "value": value, "reason": reason}]
    assert list(cards()) == ["Fundacja Dobra"]


@pytest.mark.parametrize(
    ("heading", "cell", "field", "reason"),
    [
        ("Kod pocztowy", "5-3", "postal_code", "kod pocztowy ma postać 00-000; pole zostawiono puste"),
        ("E-mail", "biuro(at)", "email", "niepoprawny adres e-mail; pole zostawiono puste"),
        ("Data założenia", "wiosną", "founded_year", "to nie jest data; pole zostawiono puste"),
        ("Telefon", "12", "phone", "to nie jest numer telefonu; pole zostawiono puste"),
        ("Gmina", "Nibylandia", "municipality_id", "nie ma takiej gminy w województwie dolnośląskim"),
        ("Powiat", "nibylandzki", "county_id", "nie ma takiego powiatu w województwie dolnośląskim"),
    ],
)
def test_a_faulty_lesser_field_is_left_empty_with_a_warning(import_lines, heading, cell, field, reason):
    report = import_lines(f"Nazwa;Rodzaj;{heading}", f"Fundacja Alfa;fundacja;{cell}")

    assert numbers(report) == (1, 1, 0, 0, 0, 0)
    assert report["warnings"] == [{"row": 2, "column": heading, "value": cell, "reason": reason}]
    assert not getattr(Institution.objects.get(), field)


def test_a_column_nobody_knows_is_told_once(import_lines):
    report = import_lines("Nazwa;Rodzaj;Ulubiony kolor", "Fundacja Alfa;fundacja;zielony")

    assert report["warnings"] == [
        {"row": 1, "column": "Ulubiony kolor", "value": "", "reason": "nie rozpoznano kolumny; pominięto"}
    ]


def test_an_unknown_kind_is_taken_for_an_ngo_and_said(import_lines):
    report = import_lines("Nazwa;NIP", "Karkonoski Sejmik Osób Niepełnosprawnych;8831690460")

    assert Organisation.objects.get().kind_id == "ngo"
    assert report["warnings"] == [
        {
            "row": 2,
            "column": "rodzaj",
            "value": "",
            "reason": "nie wiadomo, jaki to rodzaj podmiotu; przyjęto: organizacja pozarządowa",
        }
    ]


def test_offers_get_a_category_and_cpv_that_wait_for_a_person(import_lines):
    import_lines(
        "Nazwa;Rodzaj;Profil działalności", '"Fundacja Alfa";fundacja;"Sprzątanie biur; catering; Sprzątanie Biur"'
    )

    found = [
        (offer.name, offer.category_id, [link.code_id for link in offer.cpv_links.all()], offer.confirmed_at)
        for offer in Offer.objects.order_by("position")
    ]
    assert found == [
        ("Sprzątanie biur", "sprzatanie", ["90919200"], None),
        ("catering", "catering", ["55520000"], None),
    ]


def test_the_first_activity_of_a_row_is_the_main_one(import_lines):
    import_lines("Nazwa;Rodzaj;PKD", "Fundacja Merkury;fundacja;88.10.Z, 56.21.Z")

    links = Organisation.objects.get().pkd_links.order_by("-is_main")
    assert [(link.code.symbol, link.is_main) for link in links] == [("88.10.Z", True), ("56.21.Z", False)]


def test_public_benefit_is_a_quality_not_an_offer(import_lines):
    import_lines("Nazwa;Rodzaj;Działalność", "Fundacja Alfa;fundacja;organizacja pożytku publicznego")

    assert Institution.objects.get().is_opp
    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    ("cells", "statuses", "reasons"),
    [
        ("tak;2024-02-01;PS.12", [("2024-02-01", "PS.12")], []),
        ("tak;;PS.12", [], ["status PS bez daty nadania; nie zapisano"]),
        ("nie;2024-02-01;", [], ["data lub decyzja bez statusu PS; pole zostawiono puste"]),
        (";2024-02-01;", [], ["data lub decyzja bez statusu PS; pole zostawiono puste"]),
        (
            "tak;wiosną;",
            [],
            ["to nie jest data; pole zostawiono puste", "status PS bez daty nadania; nie zapisano"],
        ),
    ],
)
def test_a_status_needs_a_yes_and_a_date(import_lines, cells, statuses, reasons):
    report = import_lines("Nazwa;Rodzaj;Status PS;Status PS od;Nr decyzji", f"Fundacja Alfa;fundacja;{cells}")

    found = [(str(one.granted_on), one.decision_number) for one in SocialEnterpriseStatus.objects.all()]
    assert found == statuses
    assert [one["reason"] for one in report["warnings"]] == reasons


def test_a_name_of_a_person_is_not_published_without_consent(import_lines):
    report = import_lines("Nazwa;Rodzaj;Osoba do kontaktu", "Fundacja Alfa;fundacja;Jan Nowak")

    assert Organisation.objects.get().contact_person == ""
    assert [one["reason"] for one in report["warnings"]] == [
        "nazwisko można podać tylko z datą zgody tej osoby; nie zapisano"
    ]


def test_unpublished_rows_stay_out_of_the_catalogue(import_lines):
    import_lines("Nazwa;Rodzaj", "Fundacja Alfa;fundacja", options=["--unpublished"])

    card = Organisation.objects.get()
    assert card.published_at is None
    assert not hasattr(card, "entry")


def test_namesakes_get_addresses_of_their_own(import_lines):
    import_lines(
        "Nazwa;Rodzaj;KRS;Miejscowość",
        "Nasze Dzieci;fundacja;1;Kłodzko",
        "Nasze Dzieci;fundacja;2;Lubin",
        "Nasze Dzieci;fundacja;3;Lubin",
        "Nasze Dzieci;fundacja;4;Kłodzko",
    )

    slugs = Organisation.objects.order_by("institution__krs").values_list("slug", flat=True)
    assert list(slugs) == ["nasze-dzieci", "nasze-dzieci-lubin", "nasze-dzieci-2", "nasze-dzieci-klodzko"]
