"""An institution signs its people up; everybody else finds the way that is theirs."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from core import links
from events.choices import EnrolmentState
from events.choices import RegistrationState as State
from events.models import EventQuestion, Registration
from notifications.models import OutgoingEmail
from tests.accounts.factories import account, authority, hold
from tests.events.factories import DelegationFactory, EditionFactory, EnrolmentFactory, EventFactory
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/wydarzenia/spotkanie/zapisy/"


@pytest.fixture
def enrolment():
    return EnrolmentFactory(accepted=True, name="Fundacja Przykładowa", edition=EditionFactory(slug="des-2026"))


def person(enrolment, name, **more):
    first, last = name.split()
    given = {"participant__first_name": first, "participant__last_name": last, "participant__declared": True}
    return DelegationFactory(enrolment=enrolment, **given | more).participant


def make(enrolment, **more):
    start = timezone.now() + timedelta(days=10)
    given = {"slug": "spotkanie", "starts_at": start, "ends_at": start + timedelta(hours=5)}
    return EventFactory(**given | {"edition": enrolment.edition} | more)


def address(enrolment):
    return f"{PAGE}?zgloszenie={links.token('enrolment', enrolment)}"


def words(client, page):
    return " ".join(client.get(page).content.decode().replace("\xa0", " ").split())


def representative(enrolment):
    return account(Role.REPRESENTATIVE, organisation=OrganisationFactory(institution=enrolment.institution))


def states():
    return dict(Registration.objects.values_list("last_name", "state"))


def test_a_representative_signs_several_up_by_one_button(client, enrolment):
    anna, ewa = person(enrolment, "Anna Adamska"), person(enrolment, "Ewa Bogusz", participant__declared_at=None)
    person(enrolment, "Jan Cicha")
    make(enrolment)
    user = representative(enrolment)
    client.force_login(user)
    text = words(client, PAGE)
    assert text.index("Adamska Anna") < text.index("Bogusz Ewa") < text.index("Cicha Jan")
    assert text.count("brak dokumentów") == 1
    response = client.post(PAGE, {"osoba": [anna.pk, ewa.pk], "krok": "zapisz"})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert states() == {"Adamska": State.CONFIRMED, "Bogusz": State.AWAITING_DOCUMENTS}
    assert {one.registered_by for one in Registration.objects.all()} == {user}
    text = words(client, PAGE)
    assert "Zapisano 2 osoby: oczekuje na dokumenty 1, potwierdzone 1." in text
    assert f'value="{anna.pk}"' not in text
    # Sent again by a second press.
    assert client.post(PAGE, {"osoba": [anna.pk, ewa.pk], "krok": "zapisz"}).status_code == 422
    assert Registration.objects.count() == OutgoingEmail.objects.count() == 2


def test_the_link_of_the_enrolment_needs_no_account(client, enrolment):
    anna = person(enrolment, "Anna Adamska")
    make(enrolment)
    page = address(enrolment)
    assert client.post(page, {"osoba": anna.pk, "krok": "zapisz"})["Location"] == page
    assert states() == {"Adamska": State.CONFIRMED}
    assert client.get(address(enrolment) + "x").status_code == 404
    other = EnrolmentFactory(accepted=True)
    assert client.get(address(other)).status_code == 404
    enrolment.state = EnrolmentState.ENDED
    enrolment.save()
    assert client.get(address(enrolment)).status_code == 404


def test_an_officer_acts_for_the_authority(client):
    gmina = authority(name="Gmina Przykładowa")
    enrolment = EnrolmentFactory(
        edition=EditionFactory(), institution=gmina.institution, state="przyjete", submitted_at=timezone.now(),
        decided_at=timezone.now(),
    )  # fmt: skip
    anna = person(enrolment, "Anna Adamska")
    make(enrolment)
    client.force_login(account(Role.OFFICER, authority=gmina))
    client.post(PAGE, {"osoba": anna.pk, "krok": "zapisz"})
    assert states() == {"Adamska": State.CONFIRMED}


def test_people_of_another_institution_are_neither_seen_nor_signed_up(client, enrolment):
    other = EnrolmentFactory(accepted=True, edition=enrolment.edition)
    anna, stranger = person(enrolment, "Anna Adamska"), person(other, "Obca Osoba")
    make(enrolment)
    client.force_login(representative(enrolment))
    assert "Osoba Obca" not in words(client, PAGE)
    response = client.post(PAGE, {"osoba": [anna.pk, stranger.pk], "krok": "zapisz"})
    assert response.status_code == 302
    assert states() == {"Adamska": State.CONFIRMED}
    assert client.get(f"{PAGE}?instytucja={other.institution_id}").status_code == 404


def test_all_or_nobody_and_the_limit_is_told_before(client, enrolment):
    people = [person(enrolment, f"Anna Adamska-{letter}").pk for letter in "ABC"]
    make(enrolment, per_institution=2)
    assert "najwyżej 2, zapisanych: 0" in words(client, address(enrolment))
    response = client.post(address(enrolment), {"osoba": people, "krok": "zapisz"})
    assert response.status_code == 422
    assert "Z jednej instytucji najwyżej 2." in response.content.decode()
    assert response.content.decode().count(" checked") == 3
    assert states() == {}


def test_who_is_of_another_role_cannot_be_chosen_and_is_named_when_sent_all_the_same(client, enrolment):
    person(enrolment, "Anna Adamska", role="zarzad")
    jan = person(enrolment, "Jan Cicha", role="wolontariusz")
    make(enrolment, audience_roles=["zarzad"])
    text = words(client, address(enrolment))
    assert "w innej roli" in text
    assert f'value="{jan.pk}"' not in text
    assert "W jakiej roli: członek zarządu" in text


def test_whoever_leaves_before_the_event_is_not_on_the_list(client, enrolment):
    event = make(enrolment)
    day = timezone.localdate(event.starts_at)
    person(enrolment, "Anna Adamska", ends_on=day)
    person(enrolment, "Jan Cicha", starts_on=day)
    text = words(client, address(enrolment))
    assert "Adamska" not in text
    assert "Cicha" in text


def test_searching_keeps_who_was_chosen(client, enrolment):
    anna = person(enrolment, "Anna Adamska")
    jan, joanna = person(enrolment, "Jan Cicha"), person(enrolment, "Joanna Cicha")
    make(enrolment)
    page = client.post(address(enrolment), {"osoba": anna.pk, "szukaj": "cicha j", "krok": "szukaj"}).content.decode()
    assert f'value="{anna.pk}" checked' in page
    assert f'value="{jan.pk}">' in page
    page = client.post(
        address(enrolment), {"osoba": anna.pk, "szukaj": "joanna", "krok": "wszystkie"}
    ).content.decode()
    assert f'value="{anna.pk}" checked' in page
    assert f'value="{joanna.pk}" checked' in page
    assert f'value="{jan.pk}"' not in page
    assert states() == {}


def test_nobody_chosen_is_told(client, enrolment):
    person(enrolment, "Anna Adamska")
    make(enrolment)
    response = client.post(address(enrolment), {"krok": "zapisz", "osoba": ["x", "99999999999999999999", "-1"]})
    assert response.status_code == 422
    assert "Zaznacz co najmniej jedną osobę." in response.content.decode()


def test_answers_are_asked_for_each_person_and_only_where_the_event_asks(client, enrolment):
    anna, jan = person(enrolment, "Anna Adamska"), person(enrolment, "Jan Cicha")
    event = make(enrolment, asks_diet=True, attendance="hybrydowo")
    EventQuestion.objects.create(event=event, code="sesja", label="Która sesja?", is_required=True)
    both = {"osoba": [anna.pk, jan.pk]}
    page = client.post(address(enrolment), both | {"krok": "dalej"}).content.decode()
    assert page.count("Która sesja?") == 2
    # What a person needs or eats is between them and the organiser.
    assert "Dieta" not in page
    response = client.post(address(enrolment), both | {"krok": "zapisz", f"p{anna.pk}-sesja": "A"})
    assert response.status_code == 422
    assert 'value="A"' in response.content.decode()
    assert states() == {}
    answers = {
        f"p{anna.pk}-sesja": "A",
        f"p{jan.pk}-sesja": "B",
        f"o{jan.pk}-joins_online": "1",
        f"o{anna.pk}-joins_online": "0",
    }
    assert client.post(address(enrolment), both | {"krok": "zapisz"} | answers).status_code == 302
    rows = Registration.objects.order_by("pk").values_list("answers", "joins_online")
    assert list(rows) == [({"sesja": "A"}, False), ({"sesja": "B"}, True)]


def test_the_institution_sees_nothing_of_what_a_person_needs(client, enrolment):
    anna = person(enrolment, "Anna Adamska", participant__special_needs="Pętla", participant__diet="bez soli")
    make(enrolment, asks_diet=True)
    client.force_login(representative(enrolment))
    client.post(PAGE, {"osoba": anna.pk, "krok": "zapisz"})
    registration = Registration.objects.get()
    assert (registration.needs, registration.diet) == ("Pętla", "bez soli")
    for page in (PAGE, "/panel/zapisy/?czyje=instytucji", "/panel/"):
        text = words(client, page)
        assert "Pętla" not in text
        assert "bez soli" not in text
    assert "Anna Adamska" in words(client, "/panel/zapisy/?czyje=instytucji")


def test_a_roster_of_three_hundred_takes_as_many_queries_as_one_of_one(client, enrolment, django_assert_num_queries):
    event = make(enrolment)
    person(enrolment, "Anna Adamska")
    client.get(address(enrolment))
    with django_assert_num_queries(6):
        client.get(address(enrolment))
    people = [person(enrolment, f"Jan Cicha-{n}").pk for n in range(300)]
    with django_assert_num_queries(6):
        client.get(address(enrolment))
    client.post(address(enrolment), {"osoba": people, "krok": "zapisz"})
    event.refresh_from_db()
    assert event.taken == OutgoingEmail.objects.count() == 300


def test_a_person_of_two_institutions_chooses_which_one_signs_up(client, enrolment):
    other = EnrolmentFactory(accepted=True, edition=enrolment.edition, name="Spółdzielnia Przykładowa")
    person(enrolment, "Anna Adamska")
    jan = person(other, "Jan Cicha")
    make(enrolment)
    user = representative(enrolment)
    hold(user, Role.REPRESENTATIVE, organisation=OrganisationFactory(institution=other.institution))
    client.force_login(user)
    text = words(client, PAGE)
    assert "Kogo zapisujesz?" in text
    assert "Adamska" not in text
    page = f"{PAGE}?instytucja={other.institution_id}"
    assert client.post(page, {"osoba": jan.pk, "krok": "zapisz"})["Location"] == page
    assert states() == {"Cicha": State.CONFIRMED}


def test_an_institution_that_is_not_enrolled_is_led_to_the_form(client, enrolment):
    make(enrolment)
    client.force_login(account(Role.REPRESENTATIVE))
    text = words(client, PAGE)
    assert "nie jest jeszcze zgłoszona" in text
    assert 'href="/projekty/des-2026/zgloszenie/?wydarzenie=spotkanie"' in text


def test_a_visitor_finds_three_ways(client, enrolment):
    make(enrolment)
    text = words(client, PAGE)
    assert "Wyślij odsyłacz" in text
    assert "/konto/logowanie/?next=/wydarzenia/spotkanie/zapisy/" in text
    assert 'href="/projekty/des-2026/zgloszenie/?wydarzenie=spotkanie"' in text
    enrolment.edition.enrolment_until = date(2026, 1, 2)
    enrolment.edition.save()
    assert "są zamknięte" in words(client, PAGE)
