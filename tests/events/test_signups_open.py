"""Signing up for an event that is open to all, as a visitor does it."""

import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core import links
from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import EventQuestion, Registration
from notifications.models import OutgoingEmail
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
PAGE = "/wydarzenia/spotkanie/zapisy/"
EWA = {"first_name": "Ewa", "last_name": "Nowak", "email": "ewa@example.pl"}


def make(**more):
    start = timezone.now() + timedelta(days=10)
    given = {"slug": "spotkanie", "starts_at": start, "ends_at": start + timedelta(hours=5)}
    return EventFactory(**given | more)


def opened(client):
    return re.search(r'name="klucz" value="(\w+)"', client.get(PAGE).content.decode())[1]


def press(client, **more):
    return client.post(PAGE, EWA | {"klucz": opened(client)} | more)


def words(client, address=PAGE):
    return " ".join(client.get(address).content.decode().replace("\xa0", " ").split())


def test_three_fields_and_the_next_page_says_that_the_place_is_confirmed(client):
    make(online_url="https://spotkanie.example/tajne")
    assert "spotkanie.example" not in words(client)
    response = press(client, institution_name=" Fundacja ")
    registration = Registration.objects.get()
    assert (response.status_code, response["Location"][:7]) == (302, "/zapis/")
    assert (registration.state, registration.institution_name) == (State.CONFIRMED, "Fundacja")
    text = words(client, response["Location"])
    assert "Miejsce potwierdzone" in text
    assert "https://spotkanie.example/tajne" in text
    letter = OutgoingEmail.objects.get()
    assert (letter.to, letter.template) == ("ewa@example.pl", "events/email/signup_confirmed")
    assert "https://spotkanie.example/tajne" in letter.body


def test_the_next_page_says_which_place_in_line(client):
    RegistrationFactory(event=make(capacity=1, online_url="https://spotkanie.example/tajne"))
    text = words(client)
    assert "Wszystkie miejsca są zajęte." in text
    assert "Zapisz mnie na listę rezerwową" in text
    text = words(client, press(client)["Location"])
    assert "Jesteś na 1. miejscu listy." in text
    assert "spotkanie.example" not in text
    assert "Przed Tobą czeka 1 osoba." in words(client)


def test_a_form_pressed_twice_leads_to_the_same_page(client):
    make()
    typed = EWA | {"klucz": opened(client)}
    first, second = client.post(PAGE, typed), client.post(PAGE, typed)
    assert links.find("registration", first["Location"].split("/")[2], Registration.objects.all())
    assert first["Location"].partition(":")[0] == second["Location"].partition(":")[0]
    assert OutgoingEmail.objects.count() == Registration.objects.count() == 1


def test_typing_the_name_of_another_person_leads_to_no_place_of_theirs(client):
    make()
    press(client, needs="Pętla indukcyjna")
    response = press(client, email="EWA@example.pl")
    assert response["Location"] == f"{PAGE}?znane=1"
    text = words(client, response["Location"])
    assert "Ta osoba jest już zapisana." in text
    assert "first_name" not in text
    assert "/zapis/" not in text
    assert "Pętla" not in text
    assert Registration.objects.count() == 1
    again = OutgoingEmail.objects.get(template="events/email/signup_links")
    assert again.to == "ewa@example.pl"
    link = next(line for line in again.body.splitlines() if line.startswith("http"))
    assert "Miejsce potwierdzone" in words(client, link.removeprefix("http://testserver"))


def test_what_was_typed_stays_when_something_is_wrong(client):
    make()
    response = press(client, email="nie-adres", institution_name="Zielony Próg")
    text = response.content.decode()
    assert response.status_code == 422
    assert 'value="nie-adres"' in text
    assert 'value="Zielony Próg"' in text
    assert not Registration.objects.exists()


def test_a_machine_is_thanked_and_forgotten(client):
    make()
    response = press(client, website="https://spam.example")
    assert response["Location"] == f"{PAGE}?przyjete=1"
    assert not Registration.objects.exists()


def test_one_address_cannot_go_on_and_on(client, settings):
    settings.SIGNUPS_PER_HOUR = 2
    make()
    assert [press(client, last_name=f"Nowak-{n}").status_code for n in range(3)] == [302, 302, 429]


def test_a_place_that_goes_between_opening_and_pressing_is_told_in_words(client):
    event = make(capacity=1, has_reserve=False)
    key = opened(client)
    RegistrationFactory(event=event)
    response = client.post(PAGE, EWA | {"klucz": key})
    assert response.status_code == 422
    assert "Nie ma już wolnych miejsc." in response.content.decode()
    assert 'value="Nowak"' in response.content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"signup_opens_at": timedelta(days=1)}, "Zapisy jeszcze się nie zaczęły."),
        ({"signup_closes_at": timedelta(hours=-1)}, "Zapisy już się skończyły."),
        ({"state": EventState.CANCELLED, "cancel_reason": "Choroba prelegenta."}, "Choroba prelegenta."),
        ({"state": EventState.HELD}, "już się odbyło"),
        ({"signup_url": "https://zapisy.example/"}, "Zapisz się na stronie organizatora"),
        ({"takes_signups": False}, "nie zapisujemy przez portal"),
    ],
)
def test_a_visitor_is_told_why_there_is_no_form(client, more, said):
    now = timezone.now()
    make(**{name: now + value if isinstance(value, timedelta) else value for name, value in more.items()})
    text = words(client)
    assert said in text
    assert "first_name" not in text
    assert client.post(PAGE, EWA).status_code == 422
    assert not Registration.objects.exists()


def test_a_full_event_without_a_reserve_has_no_form(client):
    RegistrationFactory(event=make(capacity=1, has_reserve=False))
    text = words(client)
    assert "Nie ma już wolnych miejsc." in text
    assert "first_name" not in text


def test_an_event_that_was_moved_still_takes_people(client):
    make(state=EventState.MOVED)
    assert "nowy termin" in words(client)
    assert press(client)["Location"].startswith("/zapis/")


def test_a_draft_is_not_there(client):
    make(state=EventState.DRAFT)
    assert client.get(PAGE).status_code == 404


def test_nobody_asks_for_what_the_event_does_not_want_to_know(client):
    make(asks_needs=False, asks_diet=False)
    press(client, needs="x", diet="y", joins_online="1")
    registration = Registration.objects.get()
    assert (registration.needs, registration.diet, registration.joins_online) == ("", "", False)


def test_needs_diet_and_how_one_comes(client):
    make(asks_diet=True, attendance="hybrydowo")
    press(client, needs="Pętla", diet="bez glutenu", joins_online="1")
    registration = Registration.objects.get()
    assert (registration.needs, registration.diet, registration.joins_online) == ("Pętla", "bez glutenu", True)


QUESTIONS = [
    {"code": "skad", "label": "Skąd wiesz?", "answer": "text"},
    {"code": "temat", "label": "Jaki temat?", "answer": "long_text"},
    {"code": "sesja", "label": "Która sesja?", "answer": "choice", "choices": ["A", "B"], "is_required": True},
    {"code": "grupy", "label": "Które grupy?", "answer": "several", "choices": ["X", "Y", "Z"]},
    {"code": "nocleg", "label": "Nocleg?", "answer": "yes_no"},
    {"code": "przyjazd", "label": "Kiedy przyjazd?", "answer": "date"},
    {"code": "praca", "label": "Praca", "answer": "file"},
    {"code": "zgoda", "label": "Znam zasady", "answer": "declaration", "is_required": True},
]
ANSWERS = {
    "pytanie-skad": " od znajomych ",
    "pytanie-sesja": "B",
    "pytanie-grupy": ["X", "Z"],
    "pytanie-nocleg": "nie",
    "pytanie-przyjazd": "2026-12-02",
    "pytanie-zgoda": "on",
}


def ask(event):
    for position, given in enumerate(QUESTIONS):
        EventQuestion.objects.create(event=event, position=position, **given)


def test_every_kind_of_question_is_kept_as_json(client):
    ask(make())
    upload = SimpleUploadedFile("moja praca Ewy.pdf", b"%PDF-1.7")
    press(client, **ANSWERS, **{"pytanie-praca": upload})
    answers = Registration.objects.get().answers
    name = answers.pop("praca")
    assert answers == {
        "skad": "od znajomych",
        "sesja": "B",
        "grupy": ["X", "Z"],
        "nocleg": False,
        "przyjazd": "2026-12-02",
        "zgoda": True,
    }
    assert re.fullmatch(r"events/answers/[0-9a-f]{32}\.pdf", name)
    with default_storage.open(name) as file:
        assert file.read() == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pytanie-sesja": "C"}, "Wybierz odpowiedź z listy."),
        ({"pytanie-sesja": ""}, "Odpowiedz na to pytanie."),
        ({"pytanie-grupy": ["Q"]}, "Wybierz odpowiedzi z listy."),
        ({"pytanie-nocleg": "może"}, "Wybierz „tak” albo „nie”."),
        ({"pytanie-przyjazd": "31.02.2026"}, "datę"),
        ({"pytanie-zgoda": ""}, "Bez tego oświadczenia nie można iść dalej."),
        ({"pytanie-praca": SimpleUploadedFile("praca.pdf", b"MZ program")}, "To nie jest plik PDF"),
        ({"pytanie-praca": SimpleUploadedFile("praca.pdf", b"")}, "Plik jest pusty."),
    ],
)
def test_a_wrong_answer_gets_a_sentence_beside_it_and_nothing_is_stored(client, wrong, said, settings):
    ask(make())
    response = press(client, **ANSWERS | wrong)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "od znajomych" in response.content.decode()
    assert not Registration.objects.exists()
    assert list(settings.MEDIA_ROOT.rglob("*.pdf")) == []


def test_a_scan_of_forty_megabytes_is_told_to_be_too_large(client):
    ask(make())
    scan = SimpleUploadedFile("skan.pdf", b"%PDF-1.7" + bytes(40 * 1024 * 1024))
    response = press(client, **ANSWERS, **{"pytanie-praca": scan})
    assert response.status_code == 422
    assert "najwyżej 10 MB" in response.content.decode()


def test_a_file_of_a_sign_up_that_was_refused_is_taken_away(client, settings):
    event = make(capacity=1, has_reserve=False)
    ask(event)
    key = opened(client)
    RegistrationFactory(event=event)
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    response = client.post(PAGE, EWA | {"klucz": key} | ANSWERS | {"pytanie-praca": upload})
    assert response.status_code == 422
    assert list(settings.MEDIA_ROOT.rglob("*.pdf")) == []


def test_reading_the_page_costs_the_same_however_many_have_signed_up(client, django_assert_num_queries):
    event = make(capacity=100)
    client.get(PAGE)
    for count in (1, 30):
        RegistrationFactory.create_batch(count, event=event)
        with django_assert_num_queries(3):
            client.get(PAGE)
