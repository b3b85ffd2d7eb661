import re
from datetime import UTC, date, datetime

import pghistory
import pytest
from django.apps import apps
from django.contrib.postgres.functions import TransactionNow
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from registry.history.events import events_of
from registry.history.story import Change, Item, changes, state_on
from registry.models import Institution, Offer, OfferCpv, Organisation
from tests.accounts.factories import account
from tests.registry.factories import (
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    ReferenceFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def happened(moment):
    """Date what was written since the last call; the trigger stamps everything of one transaction with its start."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            model.objects.filter(pgh_created_at=TransactionNow()).update(pgh_created_at=moment)


def told(organisation):
    return changes(events_of(organisation))


def sections(organisation, day):
    return {section.title: dict(section.facts) for section in state_on(organisation, events_of(organisation), day)}


def test_change_says_who_through_which_door_and_what_was_before():
    person = User.objects.create_user("anna@example.pl", "x", full_name="Anna Nowak")
    organisation = OrganisationFactory(institution__phone="+48710000000")
    happened(MONDAY)
    with pghistory.context(user=person.pk, url="/admin/registry/institution/1/change/"):
        Institution.objects.update(phone="+48713333333", is_opp=True)
        Organisation.objects.update(description="Catering.", employees="10-49", target_groups=["wiek"])
    happened(TUESDAY)
    assert told(organisation)[0] == Change(
        at=TUESDAY,
        who="Anna Nowak",
        origin="panel koordynatora",
        items=[
            Item(
                "Karta",
                "zmieniono",
                [
                    ("opis działalności", "Sprzątanie biur i catering.", "Catering."),
                    ("grupy reintegrowane", "—", "osoby do 30. i po 50. roku życia, poszukujące pracy"),
                    ("zatrudnienie", "—", "od 10 do 49"),
                ],
            ),
            Item(
                "Instytucja",
                "zmieniono",
                [
                    ("telefon", "+48710000000", "+48713333333"),
                    ("organizacja pożytku publicznego", "nie", "tak"),
                ],
            ),
        ],
    )


def test_import_is_named_by_its_run_and_other_writes_by_the_system():
    organisation = OrganisationFactory()
    happened(MONDAY)
    with pghistory.context(source="import", run=12):
        Institution.objects.update(phone="+48713333333")
    happened(TUESDAY)
    with pghistory.context(source="panel"):
        Institution.objects.update(phone="+48714444444")
    happened(datetime(2026, 11, 4, 9, tzinfo=UTC))
    assert [(change.who, change.origin) for change in told(organisation)] == [
        ("system", "panel koordynatora"),
        ("system", "import, przebieg 12"),
        ("system", "zadanie"),
    ]


def test_places_and_codes_are_told_by_name():
    organisation = OrganisationFactory()
    offer = OfferFactory(organisation=organisation)
    happened(MONDAY)
    Institution.objects.update(municipality_id="0208021", county_id="0208")
    OfferCpv.objects.create(offer=offer, code_id="90919200")
    Offer.objects.update(category_id="catering", serves=["0264", "0208"])
    happened(TUESDAY)
    assert {item.title: item.fields for item in told(organisation)[0].items} == {
        "Instytucja": [("gmina", "Wrocław", "Kłodzko (gmina miejska)"), ("powiat", "Wrocław", "powiat kłodzki")],
        "Oferta „Sprzątanie biur”": [
            ("kategoria", "Sprzątanie", "Catering i żywność"),
            ("obszar, gdy inny niż podmiotu", "—", "Wrocław, powiat kłodzki"),
        ],
        "Kod CPV oferty „Sprzątanie biur”": [("kod CPV", "—", "90919200-4 Usługi sprzątania biur")],
    }


def test_what_was_deleted_is_told_with_its_last_values():
    organisation = OrganisationFactory()
    reference = ReferenceFactory(organisation=organisation, client="Gmina Wrocław", subject="biblioteki", year=2025)
    happened(MONDAY)
    reference.delete()
    happened(TUESDAY)
    assert told(organisation)[0].items == [
        Item(
            "Referencja",
            "usunięto",
            [
                ("zamawiający", "Gmina Wrocław", "—"),
                ("przedmiot", "biblioteki", "—"),
                ("rok", "2025", "—"),
                ("wartość (PLN)", "118000.00", "—"),
            ],
        )
    ]


def test_touch_that_changed_nothing_visible_is_not_told():
    organisation = OrganisationFactory()
    happened(MONDAY)
    organisation.save()
    happened(TUESDAY)
    assert [change.at for change in told(organisation)] == [MONDAY]


def test_day_shows_what_was_true_when_it_ended():
    organisation = OrganisationFactory(institution__phone="+48710000000")
    offer = OfferFactory(organisation=organisation, name="Druk", category_id=None, confirmed_at=None)
    code = OfferCpv.objects.create(offer=offer, code_id="90919200")
    SocialEnterpriseStatusFactory(institution=organisation.institution, decision_number="PS.1")
    happened(MONDAY)
    Institution.objects.update(phone="+48713333333")
    Offer.objects.update(name="Druk ulotek")
    OfferMarkFactory(offer=offer, number="ZP/2026/014")
    code.delete()
    happened(TUESDAY)
    assert sections(organisation, date(2026, 11, 1)) == {}
    monday, tuesday = sections(organisation, date(2026, 11, 2)), sections(organisation, date(2026, 11, 3))
    assert list(monday) == [
        "Karta",
        "Instytucja",
        "Status przedsiębiorstwa społecznego",
        "Oferta „Druk”",
        "Kod CPV oferty „Druk”",
    ]
    assert monday["Instytucja"]["telefon"] == "+48710000000"
    assert monday["Oferta „Druk”"] == {"nazwa": "Druk"}
    assert monday["Status przedsiębiorstwa społecznego"]["numer decyzji"] == "PS.1"
    assert list(tuesday) == [
        "Karta",
        "Instytucja",
        "Status przedsiębiorstwa społecznego",
        "Oferta „Druk ulotek”",
        "Znak oferty „Druk ulotek”",
    ]
    assert tuesday["Instytucja"]["telefon"] == "+48713333333"
    assert tuesday["Znak oferty „Druk ulotek”"]["numer certyfikatu"] == "ZP/2026/014"


def test_day_ends_at_midnight_by_the_polish_clock():
    organisation = OrganisationFactory()
    happened(datetime(2026, 7, 1, 22, 30, tzinfo=UTC))  # half past midnight in Wrocław
    assert sections(organisation, date(2026, 7, 1)) == {}
    assert "Karta" in sections(organisation, date(2026, 7, 2))


def test_offer_that_moved_to_another_card_stays_in_the_past_of_the_first():
    first, second = OrganisationFactory(), OrganisationFactory()
    offer = OfferFactory(organisation=first, name="Druk")
    happened(MONDAY)
    Offer.objects.filter(pk=offer.pk).update(organisation=second)
    happened(TUESDAY)
    assert "Oferta „Druk”" in sections(first, date(2026, 11, 2))
    assert "Oferta „Druk”" not in sections(first, date(2026, 11, 3))
    assert "Oferta „Druk”" not in sections(second, date(2026, 11, 2))
    assert "Oferta „Druk”" in sections(second, date(2026, 11, 3))


def test_unit_has_a_history_of_its_own_without_its_operator():
    unit = UnitFactory(operator=InstitutionFactory(phone="+48710000000"), name="WTZ Przystań")
    organisation = OrganisationFactory(unit=unit, institution=unit.operator, kind_id="wtz")
    happened(MONDAY)
    assert list(sections(organisation, date(2026, 11, 2))) == ["Karta", "Jednostka"]


def test_history_of_others_does_not_leak_in():
    organisation, other = OrganisationFactory(), OrganisationFactory()
    OfferMarkFactory(offer=OfferFactory(organisation=other))
    ReferenceFactory(organisation=other)
    SocialEnterpriseStatusFactory(institution=other.institution)
    assert {event.object_id for event in events_of(organisation) if event.model is Organisation} == {organisation.pk}
    assert {event.model for event in events_of(organisation)} == {Organisation, Institution}


@pytest.fixture
def coordinator(client):
    user = account(Role.COORDINATOR)
    client.force_login(user)
    return user


def page_of(client, organisation, query="", status=200):
    response = client.get(f"/katalog/{organisation.slug}/historia/{query}")
    assert response.status_code == status
    return response.content.decode()


def test_history_does_not_exist_for_others(client):
    organisation = OrganisationFactory(published_at=MONDAY)
    page_of(client, organisation, status=404)
    client.force_login(account(Role.REPRESENTATIVE))
    page_of(client, organisation, status=404)
    client.force_login(account(Role.ASSESSOR))
    page_of(client, organisation, status=404)


def test_coordinator_reads_the_history_also_of_what_is_not_public(client, coordinator):
    for organisation in (OrganisationFactory(), OrganisationFactory(removed_at=MONDAY)):
        assert "Historia zmian" in page_of(client, organisation)
    assert client.get("/katalog/nie-ma/historia/").status_code == 404


def test_page_shows_the_asked_day(client, coordinator):
    organisation = OrganisationFactory(description="Dawny opis.")
    happened(MONDAY)
    Organisation.objects.update(description="Nowy opis.")
    happened(TUESDAY)
    html = page_of(client, organisation, "?dzien=2026-11-02")
    assert "Stan na 2\xa0listopada\xa02026" in html
    state = html.partition("<h2>Zmiany</h2>")[0]
    assert "Dawny opis." in state
    assert "Nowy opis." not in state
    assert "Tego dnia karty jeszcze nie było" in page_of(client, organisation, "?dzien=2026-11-01")


@pytest.mark.parametrize(
    "day", ["wczoraj", "2026-02-30", "0000-00-00", "99999-01-01", "9999-12-31", "2026-11-02T10:00"]
)
def test_impossible_day_is_a_message_beside_the_field(client, coordinator, day):
    html = page_of(client, OrganisationFactory(), f"?dzien={day}")
    assert "To nie jest miniony dzień." in html
    assert "Stan na" not in html


def test_first_day_of_the_calendar_does_not_break_the_page(client, coordinator):
    assert "Tego dnia karty jeszcze nie było" in page_of(client, OrganisationFactory(), "?dzien=0001-01-01")


@pytest.mark.parametrize("rows", [1, 30])
def test_number_of_queries_does_not_grow_with_the_history(client, coordinator, rows, django_assert_num_queries):
    organisation = OrganisationFactory()
    for number in range(rows):
        offer = OfferFactory(organisation=organisation, name=f"Oferta {number}", codes=["90919200"])
        OfferMarkFactory(offer=offer)
        with pghistory.context(user=coordinator.pk):
            Institution.objects.update(flat_number=number + 1)
    with django_assert_num_queries(28):
        page_of(client, organisation)


def test_values_of_the_history_are_text(client, coordinator):
    organisation = OrganisationFactory(description="<img src=x onerror=alert(1)>")
    html = page_of(client, organisation, f"?dzien={timezone.localdate():%Y-%m-%d}")
    assert re.findall(r"<img src=x[^>]*>", html) == []
    assert "&lt;img src=x" in html
