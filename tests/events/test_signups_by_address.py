"""Somebody known in the edition gives an address alone; whoever looks on learns nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.exceptions import Refused
from events.choices import RegistrationState as State
from events.models import Registration
from events.use_cases.signups import steps
from events.use_cases.signups.entering import Person, sign_up
from events.use_cases.signups.institutions import ways_of
from events.use_cases.signups.on_the_way import hold_for_newcomers
from notifications.models import OutgoingEmail
from tests.events.factories import (
    NOW,
    DelegationFactory,
    EditionFactory,
    EnrolmentFactory,
    EventFactory,
    ParticipantFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/wydarzenia/spotkanie/zapisy/"


@pytest.fixture
def edition():
    return EditionFactory(slug="des-2026")


@pytest.fixture
def event(edition):
    return make(edition)


def make(edition, **more):
    start = timezone.now() + timedelta(days=10)
    given = {"slug": "spotkanie", "starts_at": start, "ends_at": start + timedelta(hours=5), "edition": edition}
    return EventFactory(**given | more)


def delegate(edition, *, name="Ola Kowalska", email="ola@example.pl", **more):
    first, last = name.split()
    given = {"first_name": first, "last_name": last, "email": email, "declared": True}
    return DelegationFactory(
        enrolment__edition=edition, **{f"participant__{key}": value for key, value in given.items()} | more
    )


def ask(client, email="ola@example.pl"):
    response = client.post(PAGE, {"email": email})
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}?wyslano=1")
    return client.get(response["Location"]).content.decode()


def links_of(letter):
    return [line.removeprefix("http://testserver") for line in letter.body.splitlines() if line.startswith("http")]


def test_the_answer_is_the_same_and_the_letter_confirms(client, edition, event):
    delegate(edition)
    known, unknown = ask(client, "OLA@example.pl"), ask(client, "ktos@example.pl")
    assert known == unknown
    assert "Jeżeli znamy ten adres, wysłaliśmy odsyłacz." in known
    registration = Registration.objects.get()
    assert registration.state == State.RECEIVED
    letter = OutgoingEmail.objects.get()
    assert (letter.to, letter.template) == ("ola@example.pl", "events/email/signup_links")
    [link] = links_of(letter)
    text = client.get(link).content.decode()
    assert "Potwierdzam udział" in text
    registration.refresh_from_db()
    assert registration.state == State.RECEIVED  # looking confirms nothing
    client.post(link)
    registration.refresh_from_db()
    assert registration.state == State.CONFIRMED


def test_asking_again_and_again_is_one_place_and_one_letter(client, edition, event):
    delegate(edition)
    for _ in range(3):
        ask(client)
    assert Registration.objects.count() == OutgoingEmail.objects.count() == 1


def test_two_people_with_one_address_have_a_link_each(client, edition, event):
    delegate(edition)
    delegate(edition, name="Jan Kowalski")
    ask(client)
    letter = OutgoingEmail.objects.get()
    first, second = links_of(letter)
    assert letter.body.index("Ola Kowalska") < letter.body.index("Jan Kowalski")
    assert "Ola Kowalska" in client.get(first).content.decode()
    client.post(second)
    assert dict(Registration.objects.values_list("first_name", "state")) == {
        "Ola": State.RECEIVED,
        "Jan": State.CONFIRMED,
    }


@pytest.mark.parametrize("rows", [1, 2])
def test_a_person_at_two_institutions_holds_one_place_and_chooses_by_the_link(client, edition, event, rows):
    """One row of the person, or one from each institution that did not know of the other."""
    first = delegate(edition, enrolment__name="Fundacja Pierwsza")
    second = (
        DelegationFactory(enrolment__edition=edition, enrolment__name="Fundacja Druga", participant=first.participant)
        if rows == 1
        else delegate(edition, name="OLA kowalska", enrolment__name="Fundacja Druga")
    )
    ask(client)
    registration = Registration.objects.get()
    assert registration.enrolment == first.enrolment
    assert {one.enrolment_id for one in ways_of(registration)} == {first.enrolment_id, second.enrolment_id}
    of_first, of_second = links_of(OutgoingEmail.objects.get())
    for line, link in ((second, of_second), (first, of_first), (first, of_first.partition("?")[0])):
        page = client.get(link).content.decode()
        assert f'value="{line.pk}" checked' in page
        assert page.count(" checked") == 1
    assert client.post(of_second, {"instytucja": "77777"}).status_code == 302
    registration.refresh_from_db()
    assert registration.state == State.RECEIVED
    client.post(of_second, {"instytucja": second.pk})
    registration.refresh_from_db()
    assert (registration.state, registration.enrolment) == (State.CONFIRMED, second.enrolment)
    assert (registration.institution_name, registration.participant) == ("Fundacja Druga", second.participant)


def test_an_institution_whose_places_are_taken_cannot_be_chosen(edition):
    event = make(edition, per_institution=1)
    first = delegate(edition)
    second = DelegationFactory(enrolment__edition=edition, participant=first.participant)
    colleague = DelegationFactory(enrolment=second.enrolment, participant__declared=True)
    now = timezone.now()
    sign_up(
        event_id=event.pk, people=[Person(participant=colleague.participant_id)], enrolment=second.enrolment, now=now
    )
    [registration] = sign_up(
        event_id=event.pk,
        people=[Person(participant=first.participant_id)],
        enrolment=first.enrolment,
        needs_proof=True,
        now=now,
    )
    with pytest.raises(Refused, match="miejsca tej instytucji"):
        steps.confirm(registration_id=registration.pk, delegation_id=second.pk, now=now)


def test_who_is_signed_up_already_gets_the_link_to_their_place(client, edition, event):
    line = delegate(edition)
    [registration] = sign_up(
        event_id=event.pk,
        people=[Person(participant=line.participant_id)],
        enrolment=line.enrolment,
        now=timezone.now(),
    )
    ask(client)
    assert Registration.objects.get() == registration
    [link] = links_of(OutgoingEmail.objects.get(template="events/email/signup_links"))
    assert "Miejsce potwierdzone" in client.get(link).content.decode()


def test_a_full_event_is_told_in_the_letter_alone(client, edition):
    event = make(edition, capacity=1, has_reserve=False)
    delegate(edition)
    page = client.get(PAGE).content.decode()
    assert "Wyślij odsyłacz" in page
    other = delegate(edition, name="Jan Cichy", email="jan@example.pl")
    sign_up(
        event_id=event.pk,
        people=[Person(participant=other.participant_id)],
        enrolment=other.enrolment,
        now=timezone.now(),
    )
    ask(client)
    assert "Ola Kowalska: Nie ma już wolnych miejsc." in OutgoingEmail.objects.last().body


def test_erased_people_and_those_who_left_are_not_known(client, edition, event):
    delegate(edition, ends_on=timezone.localdate())
    delegate(edition, participant__erased_at=NOW)
    ParticipantFactory(edition=edition, email="ola@example.pl")
    delegate(EditionFactory())
    ask(client)
    assert not OutgoingEmail.objects.exists()
    assert not Registration.objects.exists()


def test_one_address_of_the_web_asks_ten_times_an_hour(client, edition, event):
    assert [client.post(PAGE, {"email": "a@example.pl"}).status_code for _ in range(11)] == [302] * 10 + [429]


def test_an_institution_that_enrols_on_the_way_has_its_people_wait_for_papers(edition):
    event = make(edition, capacity=1, documents_days=5)
    enrolment = EnrolmentFactory(edition=edition)
    people = [DelegationFactory(enrolment=enrolment).participant_id for _ in range(2)]
    now = timezone.now()
    for _ in range(2):
        rows = hold_for_newcomers(enrolment_id=enrolment.pk, event_id=event.pk, participant_ids=people, now=now)
        assert [row.state for row in rows] == [State.AWAITING_DOCUMENTS, State.RESERVE]
    assert rows[0].hold_until == now + timedelta(days=5)
    assert list(OutgoingEmail.objects.order_by("pk").values_list("template", flat=True)) == [
        "events/email/signup_awaiting_documents",
        "events/email/signup_reserve",
    ]
