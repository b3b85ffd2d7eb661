"""An institution that nobody knows comes because of an event: enrols, and its people's places wait for papers."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core import links
from events.choices import RegistrationState as State
from events.models import Enrolment, Participant, Registration
from events.tasks.signups import let_time_pass
from tests.events.enrolling import (
    address,
    complete,
    coordinator,
    draft,
    edition,
    letters,
    opened,
    own_address,
    person,
    scan,
    ticked,
)  # fmt: skip
from tests.events.factories import EventFactory, RegistrationFactory
from tests.registry.factories import NIPS

pytestmark = pytest.mark.django_db


def make(one, **more):
    start = timezone.now() + timedelta(days=30)
    given = {"edition": one, "slug": "spotkanie", "starts_at": start, "ends_at": start + timedelta(hours=5)}
    return EventFactory(**given | {"documents_days": 10} | more)


def words(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def on_the_way(client, event, *people):
    """A complete form of a new institution, begun on the page of the event."""
    one = event.edition
    client.post(
        f"/projekty/{one.slug}/zgloszenie/?wydarzenie={event.slug}",
        {"nip": next(NIPS), "email": "biuro@example.pl", "website": ""},
    )
    enrolment = Enrolment.objects.get()
    complete(client, enrolment)
    for first in people:
        client.post(
            address(enrolment, "enrolment_people"), person(first_name=first, email=f"{first.lower()}@example.pl")
        )
    return enrolment


def to_sign(client, enrolment, people=None):
    """The way to signing, with the people chosen on the page or as they stand ticked there."""
    lines = client.get(address(enrolment, "enrolment_summary")).context["lines"]
    chosen = [line.pk for line in lines if line.checked] if people is None else [one.pk for one in people]
    return client.post(address(enrolment, "enrolment_summary"), {"osoba": chosen}, follow=True)


def test_from_the_page_of_the_event_to_a_confirmed_place(client):
    one = edition()
    event = make(one)
    page = words(client.get("/wydarzenia/spotkanie/zapisy/"))
    way = f"/projekty/{one.slug}/zgloszenie/?wydarzenie=spotkanie"
    assert f'href="{way}"' in page
    assert event.title in words(client.get(way))
    enrolment = on_the_way(client, event)
    assert enrolment.on_the_way_to == event
    assert f"po drodze na wydarzenie „{event.title}”" in letters("enrolment_started")[0].body
    assert event.title in words(client.get(address(enrolment, "enrolment_step", "adres")))
    assert not Registration.objects.exists()

    state = words(to_sign(client, enrolment))
    registration = Registration.objects.get()
    assert registration.state == State.AWAITING_DOCUMENTS
    assert (registration.hold_until - registration.registered_at).days == 10
    assert "1 miejsce czeka na dokumenty do" in state
    assert "Ola Kowalska: oczekuje na dokumenty, miejsce czeka do" in state
    assert len(letters("signup_awaiting_documents")) == 1

    client.post(address(enrolment, "enrolment_state"), {"files": [scan()]})
    staff = coordinator()
    opened(staff, enrolment)
    staff.post(f"/panel/zgloszenia/{enrolment.pk}/", {"accept": "1"})
    enrolment.refresh_from_db()
    assert enrolment.state == "przyjete"
    registration.refresh_from_db()
    assert registration.state == State.AWAITING_DOCUMENTS
    declare(client, Participant.objects.get())
    registration.refresh_from_db()
    assert (registration.state, registration.hold_until) == (State.CONFIRMED, None)
    assert len(letters("signup_confirmed")) == 1


def declare(client, participant):
    given = {"first_name": "Ola", "last_name": "Kowalska", "email": "ola@example.pl"}
    page = client.get(own_address(participant))
    answer = client.post(own_address(participant), given | ticked(page))
    assert answer.status_code == 302, [page.context["own"].errors, answer.context["consents"].errors]


def test_a_place_whose_papers_do_not_come_goes_to_the_next_in_line(client):
    event = make(edition(), capacity=1)
    to_sign(client, on_the_way(client, event))
    waits = Registration.objects.get()
    after = RegistrationFactory(event=event, state=State.RESERVE, email="nastepny@example.pl")
    with time_machine.travel(waits.hold_until - timedelta(minutes=1), tick=False):
        let_time_pass(event_id=event.pk)
    waits.refresh_from_db()
    assert waits.state == State.AWAITING_DOCUMENTS
    with time_machine.travel(waits.hold_until, tick=False):
        let_time_pass(event_id=event.pk)
    waits.refresh_from_db()
    after.refresh_from_db()
    assert (waits.state, after.state) == (State.RESIGNED, State.OFFERED)
    assert [one.to for one in letters("signup_your_turn")] == ["nastepny@example.pl"]
    assert "Nikt z tej instytucji nie ma tam miejsca." in words(
        client.get(address(Enrolment.objects.get(), "enrolment_state"))
    )


def test_a_full_event_puts_newcomers_in_line_and_says_so(client):
    event = make(edition(), capacity=1)
    RegistrationFactory(event=event)
    state = words(to_sign(client, on_the_way(client, event)))
    assert "1 osoba jest na liście rezerwowej." in state
    assert Registration.objects.last().state == State.RESERVE


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ({"capacity": 1, "has_reserve": False}, "Nie ma już wolnych miejsc."),
        ({"signup_closes_at": timezone.now() - timedelta(hours=1)}, "Zapisy już się skończyły."),
    ],
)
def test_a_refusal_of_the_event_takes_nothing_from_the_form(client, event, why):
    event = make(edition(), **event)
    if event.capacity:
        RegistrationFactory(event=event)
    enrolment = on_the_way(client, event)
    state = words(to_sign(client, enrolment))
    enrolment.refresh_from_db()
    assert enrolment.state == "do-podpisu"
    assert why in state
    assert f"zgloszenie={links.token('enrolment', enrolment)}" in state
    assert not Registration.objects.filter(enrolment=enrolment).exists()


def test_an_event_for_others_is_said_before_signing(client):
    enrolment = on_the_way(client, make(edition(), audience=["biznes"]))
    page = words(client.get(address(enrolment, "enrolment_summary")))
    assert "Kowalska Ola: wydarzenie jest dla instytucji z innej grupy" in page
    participant = Participant.objects.get()
    state = words(to_sign(client, enrolment, [participant]))  # ticked by hand
    enrolment.refresh_from_db()
    assert (enrolment.state, Registration.objects.count()) == ("do-podpisu", 0)
    assert "Nikt z tej instytucji nie ma tam miejsca." in state


def test_the_limit_of_an_institution_ticks_as_many_as_may_come(client):
    event = make(edition(), per_institution=1)
    enrolment = on_the_way(client, event, "Ewa")
    lines = client.get(address(enrolment, "enrolment_summary")).context["lines"]
    assert [line.checked for line in lines] == [True, False]
    state = words(to_sign(client, enrolment, list(Participant.objects.all())))
    assert "Z jednej instytucji najwyżej 1." in state
    enrolment.refresh_from_db()
    assert enrolment.state == "do-podpisu"


def test_a_form_that_is_further_gets_a_link_to_signing_up_and_keeps_its_event(client):
    one = edition()
    event = make(one)
    enrolment = draft(one)
    complete(client, enrolment)
    client.post(address(enrolment, "enrolment_summary"))
    client.post(
        f"/projekty/{one.slug}/zgloszenie/?wydarzenie={event.slug}",
        {"nip": enrolment.nip, "email": "obcy@example.pl", "website": ""},
    )
    enrolment.refresh_from_db()
    assert enrolment.on_the_way_to is None
    assert {letter.to for letter in letters("enrolment_started")} == {"biuro@example.pl", "jan@example.pl"}
    link = f"/wydarzenia/spotkanie/zapisy/?zgloszenie={links.token('enrolment', enrolment)}"
    assert all(link in letter.body for letter in letters("enrolment_started"))
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("slug", ["nie-ma", "x" * 3000, "szkic", "inne"])
def test_an_event_that_is_not_of_the_project_is_left_out(client, slug):
    one = edition()
    EventFactory(slug="szkic", edition=one, state="szkic")
    EventFactory(slug="inne")
    way = f"/projekty/{one.slug}/zgloszenie/?wydarzenie={slug}"
    assert client.get(way).context["event"] is None
    assert client.post(way, {"nip": next(NIPS), "email": "a@example.pl", "website": ""}).status_code == 302
    assert Enrolment.objects.get().on_the_way_to is None
