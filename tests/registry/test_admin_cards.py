"""The list of cards and the form that holds a card and its party."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registry.models import CatalogueEntry, DuplicateCase, ErrorReport, Institution, Organisation, PkdCode, Unit
from tests.registry import factories
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory, SocialEnterpriseStatusFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:registry_organisation_changelist")
ADD = reverse("admin:registry_organisation_add")


def listed(client, **query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [card.party.name for card in response.context["cl"].result_list]


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def inline_forms(**given):
    """Management forms of all tabs, empty."""
    prefixes = ["offers", "ps_statuses", "units", "references", "workplaces", "pkd_links", "error_reports"]
    data = {}
    for prefix in prefixes:
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data | given


PARTY = {
    "party_name": "Spółdzielnia Socjalna „Żuraw”",
    "party_legal_form": "spoldzielnia",
    "party_nip": "PL 000-000-00-17",
    "party_street": "ul. Drukarska",
    "party_house_number": "37",
    "party_postal_code": "53311",
    "party_town": "Wrocław",
    "party_municipality": "0264011",
    "party_phone": "71 000 00 01",
    "party_www": "zuraw.example",
    "kind": "spoldzielnia_socjalna",
}


def posted(card, **changes):
    """What the form of a card sends when nothing is changed but `changes`."""
    party = card.party
    plain = "name nip regon krs street house_number postal_code town phone email".split()
    data = {f"party_{name}": getattr(party, name, "") for name in plain}
    data |= {"party_municipality": party.municipality_id or "", "party_county": party.county_id or ""}
    data |= {"party_legal_form": getattr(party, "legal_form_id", ""), "description": card.description}
    data |= {"kind": card.kind_id, "activity": card.activity, "source": card.source_id}
    return inline_forms(**data | changes)


# the list


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    coordinator, rows, django_assert_num_queries
):
    for number in range(rows):
        card = OrganisationFactory(of_unit=number % 3 == 2, published=True)
        OfferFactory(organisation=card)
    SocialEnterpriseStatusFactory(institution=card.institution)
    with django_assert_num_queries(9):
        assert len(listed(coordinator)) == rows


def test_the_list_stands_in_polish_alphabetical_order(coordinator):
    for name in ("Żuraw", "Zebra", "Łąka", "Lampa", "Ćma", "Czapla"):
        OrganisationFactory(institution__name=name)
    assert listed(coordinator) == ["Czapla", "Ćma", "Lampa", "Łąka", "Zebra", "Żuraw"]


FILTERED = [
    ({"rodzaj": "wtz"}, {"jednostka"}),
    ({"powiat": "0208"}, {"jednostka"}),
    ({"publikacja": "nie"}, {"szkic", "jednostka"}),
    ({"aktywnosc": "nieaktywny"}, {"szkic"}),
    ({"ps": "1"}, {"ps"}),
    ({"znak": "1"}, {"znak"}),
    ({"potwierdzenie": "rok"}, {"szkic", "jednostka", "ps"}),
    ({"potwierdzenie": "nigdy"}, {"szkic", "jednostka"}),
    ({"czeka": "zgloszenia"}, {"ps"}),
    ({"czeka": "oferty"}, {"szkic"}),
    ({"publikacja": "tak", "ps": "1"}, {"ps"}),
]


@pytest.mark.parametrize(("query", "expected"), FILTERED)
def test_filters_narrow_the_list(coordinator, query, expected):
    fresh, old = date(2126, 1, 1), date(2020, 1, 1)
    draft = OrganisationFactory(institution__name="szkic", activity="nieaktywny")
    OfferFactory(organisation=draft, confirmed_at=None)
    OfferFactory(organisation=draft, confirmed_at=None, removed_at=NOW)
    OrganisationFactory(of_unit=True, unit__name="jednostka", activity="do-potwierdzenia")
    ps = OrganisationFactory(institution__name="ps", published=True, verified_on=old, verified_by="rejestr")
    SocialEnterpriseStatusFactory(institution=ps.institution)
    ErrorReport.objects.create(organisation=ps, message="zły telefon")
    marked = OrganisationFactory(institution__name="znak", published=True, verified_on=fresh, verified_by="rejestr")
    factories.OfferMarkFactory(offer__organisation=marked, valid_until=date(2126, 1, 1))
    ErrorReport.objects.create(organisation=marked, message="zły e-mail", settled_at=NOW)
    assert set(listed(coordinator, **query)) == expected


def test_an_unknown_filter_value_finds_nothing_and_says_so(coordinator):
    OrganisationFactory()
    response = coordinator.get(LIST, {"rodzaj": "smok"})
    assert list(response.context["cl"].result_list) == []
    assert messages_of(response) == ["Filtr „rodzaj” nie zna wartości „smok”."]


def test_removed_cards_are_not_listed(coordinator):
    OrganisationFactory(removed_at=NOW)
    assert listed(coordinator) == []


# adding


def test_one_form_adds_institution_and_card_and_tidies_what_was_typed(coordinator):
    response = coordinator.post(ADD, inline_forms(**PARTY))
    card = Organisation.objects.get()
    assert response.status_code == 302
    institution = card.institution
    assert card.slug == "spoldzielnia-socjalna-zuraw"
    assert card.published_at is None
    assert (institution.nip, institution.postal_code, institution.phone, institution.www, institution.county_id) == (
        "0000000017",
        "53-311",
        "+48710000001",
        "https://zuraw.example",
        "0264",
    )
    assert institution.sort_key.startswith("spo~l~dzielnia socjalna z~~uraw")


def test_a_second_card_of_the_same_name_gets_an_address_of_its_own(coordinator):
    OrganisationFactory(slug="spoldzielnia-socjalna-zuraw")
    coordinator.post(ADD, PARTY)
    assert Organisation.objects.filter(slug="spoldzielnia-socjalna-zuraw-2").exists()


def test_a_unit_is_added_with_its_operator(coordinator):
    operator = factories.InstitutionFactory()
    data = PARTY | {"party_name": "Warsztat", "party_operator": operator.pk, "kind": "wtz", "party_nip": ""}
    coordinator.post(f"{ADD}?jednostka=1", data)
    card = Organisation.objects.get()
    assert (card.unit.name, card.unit.operator, card.institution) == ("Warsztat", operator, operator)


def test_kinds_of_units_are_not_offered_for_a_legal_person(coordinator):
    response = coordinator.post(ADD, PARTY | {"kind": "wtz"})
    assert "kind" in response.context["adminform"].form.errors
    assert not Organisation.objects.exists()
    assert not Institution.objects.exists()


def test_a_card_is_added_for_an_institution_that_is_in_the_register(coordinator):
    institution = factories.InstitutionFactory(name="Fundacja")
    assert "Fundacja" in coordinator.get(f"{ADD}?institution={institution.pk}").content.decode()
    data = PARTY | {"party_name": "Fundacja", "party_nip": institution.nip}
    coordinator.post(f"{ADD}?institution={institution.pk}", data)
    assert Organisation.objects.get().institution == institution
    assert Institution.objects.count() == 1


@pytest.mark.parametrize("key", ["999999", "x", "9" * 40])
def test_an_unknown_institution_in_the_address_is_404(coordinator, key):
    assert coordinator.get(f"{ADD}?institution={key}").status_code == 404


WRONG = [
    ({"party_name": ""}, "party_name", "To pole jest wymagane."),
    ({"party_nip": "000-000-00-18"}, "party_nip", "NIP ma błędną cyfrę kontrolną."),
    ({"party_nip": "12"}, "party_nip", "NIP ma 2 cyfry zamiast 10."),
    ({"party_regon": "123456789"}, "party_regon", "REGON ma błędną cyfrę kontrolną."),
    ({"party_postal_code": "abc"}, "party_postal_code", "Kod pocztowy ma postać 00-000."),
    ({"party_phone": "brak numeru"}, "party_phone", "To nie jest numer telefonu."),
    ({"party_founded_year": "1700"}, "party_founded_year", "Rok założenia: od 1800 do 2100."),
    ({"party_county": "0208"}, "party_municipality", "Gmina Wrocław leży w innym powiecie: Wrocław."),
    ({"contact_person": "Jan"}, "contact_consent_on", "Imię i nazwisko można podać tylko z datą zgody tej osoby."),
    ({"social_media": "ftp://x"}, "social_media", "ftp://x: Wpisz poprawny URL."),
    ({"latitude": "91", "longitude": "17"}, "latitude", "Szerokość geograficzna: od -90 do 90."),
    ({"latitude": "51"}, "longitude", "Podaj obie współrzędne albo żadnej."),
    ({"serves": ["9999"]}, "serves", "Wybierz poprawną wartość. 9999 nie jest żadną z dostępnych opcji."),
]


@pytest.mark.parametrize(("typed", "field", "message"), WRONG)
def test_a_faulty_field_is_told_in_polish_beside_it(coordinator, typed, field, message):
    response = coordinator.post(ADD, PARTY | typed)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors.get(field) == [message]
    assert not Organisation.objects.exists()


def test_an_identifier_that_somebody_holds_is_told_beside_it_with_the_name(coordinator):
    OrganisationFactory(institution__name="Czapla", institution__nip="0000000017")
    response = coordinator.post(ADD, PARTY)
    assert response.context["adminform"].form.errors == {"party_nip": ["Ten NIP ma już w rejestrze: Czapla."]}


def test_a_card_of_a_name_that_is_known_goes_into_the_queue_of_duplicates(coordinator):
    known = OrganisationFactory(institution__name="SPÓŁDZIELNIA SOCJALNA ŻURAW")
    OrganisationFactory(institution__name="Spółdzielnia Socjalna Żuraw", removed_at=NOW)
    OrganisationFactory(of_unit=True, unit__name="Spółdzielnia Socjalna Żuraw")
    response = coordinator.post(ADD, PARTY, follow=True)
    case = DuplicateCase.objects.get()
    assert case.organisation == known
    assert case.other.institution.nip == "0000000017"
    assert any("W rejestrze jest już podmiot tej nazwy." in message for message in messages_of(response))


# changing


def change(card):
    return reverse("admin:registry_organisation_change", args=[card.pk])


def test_saving_a_card_refreshes_its_public_entry_and_those_of_its_units(coordinator):
    card = OrganisationFactory(published=True)
    unit_card = OrganisationFactory(
        of_unit=True, unit__operator=card.institution, unit__town="", unit__municipality_id=None, published=True
    )
    response = coordinator.post(change(card), posted(card, party_name="Nowa nazwa", party_phone="71 111 11 11"))
    assert response.status_code == 302
    assert CatalogueEntry.objects.get(organisation=card).name == "Nowa nazwa"
    assert CatalogueEntry.objects.filter(organisation=unit_card).exists()
    card.institution.refresh_from_db()
    assert card.institution.phone == "+48711111111"


def test_the_form_shows_what_the_register_holds(coordinator):
    card = OrganisationFactory(institution__name="Żuraw", serves=["0264"], social_media=["https://a.example/zuraw"])
    page = coordinator.get(change(card)).content.decode()
    assert 'value="Żuraw"' in page
    assert "https://a.example/zuraw" in page
    assert '<option value="0264" selected>' in page


def test_a_status_is_added_from_the_card_to_the_institution(coordinator):
    card = OrganisationFactory(published=True)
    line = {"ps_statuses-TOTAL_FORMS": 1, "ps_statuses-0-institution": card.institution_id}
    line |= {"ps_statuses-0-decision_number": "PS.1.2026", "ps_statuses-0-granted_on": "2026-01-01"}
    coordinator.post(change(card), posted(card, **line))
    assert [status.decision_number for status in card.institution.ps_statuses.all()] == ["PS.1.2026"]
    assert CatalogueEntry.objects.get(organisation=card).ps is True


def test_periods_of_status_that_overlap_are_refused_in_words(coordinator):
    card = OrganisationFactory()
    SocialEnterpriseStatusFactory(institution=card.institution)
    line = {"ps_statuses-TOTAL_FORMS": 1, "ps_statuses-0-institution": card.institution_id}
    line |= {"ps_statuses-0-decision_number": "PS.1.2026", "ps_statuses-0-granted_on": "2026-01-01"}
    response = coordinator.post(change(card), posted(card, **line))
    assert response.status_code == 200
    assert "W tym czasie podmiot ma już status PS." in response.content.decode()
    assert card.institution.ps_statuses.count() == 1


def test_a_workplace_brings_its_county_with_the_municipality(coordinator):
    card = OrganisationFactory()
    line = {"workplaces-TOTAL_FORMS": 1, "workplaces-0-organisation": card.pk, "workplaces-0-town": "Legnica"}
    coordinator.post(change(card), posted(card, **line, **{"workplaces-0-municipality": "0262011"}))
    assert [(place.town, place.county_id) for place in card.workplaces.all()] == [("Legnica", "0262")]


def test_a_new_operator_becomes_the_institution_of_the_card(coordinator):
    card = OrganisationFactory(of_unit=True, published=True)
    operator = factories.InstitutionFactory()
    coordinator.post(change(card), posted(card, party_operator=operator.pk))
    card.refresh_from_db()
    assert (card.institution, Unit.objects.get().operator) == (operator, operator)


def test_a_refusal_of_the_database_comes_back_as_the_form_with_what_was_typed(coordinator):
    card = OrganisationFactory()
    lines = {"ps_statuses-TOTAL_FORMS": 2}
    for number in (0, 1):  # each agrees with what the database holds, but not with the other
        lines |= {f"ps_statuses-{number}-institution": card.institution_id}
        lines |= {f"ps_statuses-{number}-granted_on": f"2026-0{number + 1}-01"}
    response = coordinator.post(change(card), posted(card, party_town="Oława", **lines))
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert form.non_field_errors() == ["W tym czasie podmiot ma już status PS."]
    assert 'value="Oława"' in response.content.decode()
    assert not card.institution.ps_statuses.exists()
    card.institution.refresh_from_db()
    assert card.institution.town == "Wrocław"


def test_only_one_code_of_pkd_may_be_the_main_one(coordinator):
    card = OrganisationFactory()
    codes = PkdCode.objects.filter(symbol__startswith="81").order_by("symbol")[:2]
    lines = {"pkd_links-TOTAL_FORMS": 2}
    for number, code in enumerate(codes):
        lines |= {f"pkd_links-{number}-organisation": card.pk, f"pkd_links-{number}-code": code.pk}
        lines |= {f"pkd_links-{number}-is_main": "on"}
    response = coordinator.post(change(card), posted(card, **lines))
    assert "Przeważający kod PKD może być tylko jeden." in response.content.decode()
    assert not card.pkd_links.exists()


def test_the_form_asks_the_same_number_of_queries_for_one_line_and_for_twelve(coordinator):
    def queries(lines):
        card = OrganisationFactory()
        for _ in range(lines):
            OfferFactory(organisation=card)
            factories.WorkplaceFactory(organisation=card)
            factories.ReferenceFactory(organisation=card)
        coordinator.get(change(card))  # content types are read once a process
        with CaptureQueriesContext(connection) as asked:
            assert coordinator.get(change(card)).status_code == 200
        return len(asked)

    assert queries(1) == queries(12) <= 48


def test_buttons_of_the_form_save_first_and_then_publish_withdraw_or_verify(coordinator):
    card = OrganisationFactory()
    page = coordinator.get(change(card)).content.decode()
    assert "Zapisz i opublikuj" in page
    assert "Zapisz i wycofaj z katalogu" not in page
    button = {"registry_organisation_save_and_publish": "1"}
    coordinator.post(change(card), posted(card, party_name="Publiczna", **button))
    assert CatalogueEntry.objects.get(organisation=card).name == "Publiczna"
    page = coordinator.get(change(card)).content.decode()
    assert "Zapisz i opublikuj" not in page
    coordinator.post(change(card), posted(card, registry_organisation_save_and_withdraw="1"))
    coordinator.post(change(card), posted(card, registry_organisation_save_and_verify="1"))
    card.refresh_from_db()
    assert (card.published_at, card.verified_by) == (None, "koordynator")


def test_a_refused_publication_leaves_the_form_unsaved_with_the_reason(coordinator):
    card = OrganisationFactory(of_unit=True, unit__ended_on=date(2020, 1, 1))
    data = posted(card, party_operator=card.institution_id, party_ended_on="2020-01-01")
    response = coordinator.post(
        change(card), data | {"party_name": "X", "registry_organisation_save_and_publish": "1"}
    )
    assert response.context["adminform"].form.non_field_errors() == [
        "Jednostka zakończyła działalność; usuń datę zakończenia, zanim opublikujesz kartę."
    ]
    assert Unit.objects.get().name != "X"


def test_what_a_coordinator_changed_or_ticked_is_written_down_as_verified(coordinator):
    card = OrganisationFactory(verified_fields={"email": "2025-01-02", "town": "2025-01-02"})
    coordinator.post(change(card), posted(card, party_phone="71 222 22 22", verified_names=["email", "www"]))
    card.refresh_from_db()
    today = timezone.localdate().isoformat()
    assert card.verified_fields == {"email": "2025-01-02", "www": today, "phone": today}


def test_the_history_tab_tells_who_changed_what(coordinator):
    card = OrganisationFactory(institution__name="Stara nazwa")
    coordinator.post(change(card), posted(card, party_name="Nowa nazwa"))
    page = coordinator.get(change(card)).content.decode()
    assert "<del>Stara nazwa</del> → <ins>Nowa nazwa</ins>" in page
    assert "koordynator@example.pl" in page


def test_two_people_do_not_overwrite_each_other_without_knowing(coordinator):
    card = OrganisationFactory()
    version = coordinator.get(change(card)).context["adminform"].form["version"].value()
    coordinator.post(change(card), posted(card, party_phone="71 111 11 11", version=version))
    response = coordinator.post(change(card), posted(card, party_phone="71 222 22 22", version=version))
    assert response.context["adminform"].form.non_field_errors() == [
        "Ktoś zmienił tę kartę, odkąd ją otwarto. Otwórz ją jeszcze raz i wpisz zmiany ponownie."
    ]
    card.institution.refresh_from_db()
    assert card.institution.phone == "+48711111111"
