"""A message to some of the participants: seen first, sent once, remembered."""

import pytest
import time_machine

from accounts.choices import JobState
from accounts.models import Job
from events.choices import RegistrationState as State
from events.models import EventMessage
from events.use_cases.signups.messages import send_message
from notifications.models import OutgoingEmail
from tests.events.factories import NOW, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
LETTER = "events/email/event_message"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def event():
    """Ten people: three confirmed on the spot, two on-line, one without an address, four in reserve."""
    event = EventFactory(title="Gala")
    for number in range(3):
        RegistrationFactory(event=event, email=f"sala{number}@example.pl")
    for number in range(2):
        RegistrationFactory(event=event, email=f"online{number}@example.pl", joins_online=True)
    RegistrationFactory(event=event, email="", first_name="Jan", last_name="Bez Adresu")
    for _ in range(4):
        RegistrationFactory(event=event, state=State.RESERVE)
    return event


def send(client, event, press="wyslij", **given):
    data = {
        "states": [State.CONFIRMED],
        "reach": "na-miejscu",
        "subject": "Parking",
        "body": "Jest zamknięty.",
        "key": "a",
    }
    return client.post(f"/panel/wydarzenia/{event.slug}/wiadomosc/", data | given | {press: "1"}, follow=True)


def sent():
    return list(OutgoingEmail.objects.filter(template=LETTER).order_by("pk").values_list("to", flat=True))


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_the_preview_is_the_letter_and_sends_nothing(coordinator, event):
    preview = send(coordinator, event, "podglad").context["preview"]
    assert (preview["subject"], preview["count"], preview["without_address"]) == ("Parking", 3, 1)
    assert sent() == []
    send(coordinator, event)
    letter = OutgoingEmail.objects.filter(template=LETTER).order_by("pk").first()
    hidden = letter.body.replace(letter.secrets[0], "[odsyłacz jednorazowy, ukryty]")
    assert preview["body"].startswith(hidden.rstrip())
    assert "Jest zamknięty." in hidden


def test_three_of_ten_get_it_once_and_the_record_says_who_could_not(coordinator, event):
    response = send(coordinator, event)
    assert messages_of(response) == ["Wiadomość wysłana. Liczba listów: 3."]
    response = send(coordinator, event)
    assert sent() == ["sala0@example.pl", "sala1@example.pl", "sala2@example.pl"]
    message = EventMessage.objects.get()
    assert (message.subject, message.recipients, message.sent_at) == ("Parking", 3, NOW)
    assert message.sent_by.email == "koordynator@example.pl"
    [line] = response.context["sent"]
    assert (line["message"], line["target"]) == (message, "potwierdzone; tylko na miejscu")
    assert "Bez adresu, więc bez listu: Jan Bez Adresu." in response.content.decode()


def test_letters_that_did_not_arrive_stand_beside_their_message_and_no_other(coordinator, event):
    send(coordinator, event)
    send(coordinator, event, key="b")
    first, second = EventMessage.objects.order_by("pk")
    lost = OutgoingEmail.objects.filter(template=LETTER, to="sala1@example.pl").order_by("pk").first()
    OutgoingEmail.objects.filter(pk=lost.pk).update(failed_at=NOW, is_bounce=True)
    response = coordinator.get(f"/panel/wydarzenia/{event.slug}/wiadomosc/")
    shown = {line["message"]: line["undelivered"] for line in response.context["sent"]}
    assert shown == {first: ["sala1@example.pl"], second: []}
    assert "List nie dotarł, zadzwoń: sala1@example.pl." in response.content.decode()


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({"reach": "online"}, 2),
        ({"reach": "wszyscy"}, 5),
        ({"reach": "wszyscy", "states": [State.CONFIRMED, State.RESERVE]}, 9),
    ],
)
def test_whom_it_goes_to_is_chosen(coordinator, event, given, count):
    send(coordinator, event, **given)
    assert len(sent()) == count


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"states": []}, "Zaznacz, do kogo ma pójść wiadomość."),
        ({"states": ["zmyslony"]}, "zmyslony"),
        ({"subject": ""}, "Podaj temat."),
        ({"body": "  "}, "Napisz treść."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(coordinator, event, given, words):
    response = send(coordinator, event, **{"subject": "Parking za szkołą"} | given)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Parking za szkołą" in response.content.decode() or "subject" in given
    assert sent() == []


def test_nobody_with_an_address_is_told_beside_the_choice(coordinator):
    event = EventFactory()
    RegistrationFactory(event=event, email="")
    response = send(coordinator, event)
    assert response.status_code == 422
    assert "Nikt z wybranych osób nie ma adresu e-mail." in response.content.decode()
    assert not EventMessage.objects.exists()


def test_an_event_without_people_has_nobody_to_write_to(coordinator):
    response = coordinator.get(f"/panel/wydarzenia/{EventFactory().slug}/wiadomosc/")
    assert "nie ma do kogo pisać" in response.content.decode()


def test_more_than_two_hundred_are_written_by_a_worker_once(coordinator, at_once):
    event = EventFactory()
    for number in range(201):
        RegistrationFactory(event=event, email=f"osoba{number}@example.pl")
    for _ in range(2):
        response = send(coordinator, event)
    assert len(sent()) == 201
    assert list(Job.objects.values_list("state", "result")) == [
        (JobState.DONE, ["Wysłano wiadomość do 201 osób."]), (JobState.DONE, ["Wysłano wiadomość do 201 osób."]),
    ]  # fmt: skip
    assert EventMessage.objects.count() == 1
    assert response.redirect_chain[0][0].startswith("/panel/praca/")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_the_same_number_of_queries_for_one_message_and_for_thirty(
    coordinator, rows, event, django_assert_num_queries
):
    states = [State.CONFIRMED]
    for number in range(rows):
        send_message(event_id=event.pk, states=states, subject="a", body="b", key=str(number), actor=None, now=NOW)
    with django_assert_num_queries(8):
        response = coordinator.get(f"/panel/wydarzenia/{event.slug}/wiadomosc/")
    assert len(response.context["sent"]) == rows
