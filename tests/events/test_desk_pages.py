"""The desk of an event and its dashboard, as coordinators use them."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.choices import Role, TrailKind
from accounts.models import TrailEntry
from events.choices import EnrolmentState, EventState
from events.choices import RegistrationState as State
from events.coordination.dashboard import MOST_EVENTS
from events.models import Enrolment, Event, EventQuestion, Registration
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.events.factories import (
    NOW,
    DelegationFactory,
    EditionFactory,
    EnrolmentFactory,
    EventFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
HOME = "/panel/wydarzenia/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def desk(event, page=""):
    return f"{HOME}{event.slug}/{page}"


def of_project(event, number=1, **more):
    line = DelegationFactory(enrolment__edition=event.edition)
    who = line.participant
    return RegistrationFactory(
        event=event,
        participant=who,
        enrolment=line.enrolment,
        first_name=who.first_name,
        last_name=who.last_name,
        institution_name=line.enrolment.name,
        **more,
    )


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


# the dashboard


@pytest.mark.parametrize("rows", [1, 30])
def test_the_dashboard_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    coordinator, rows, django_assert_num_queries
):
    edition = EditionFactory()
    for number in range(rows):
        event = EventFactory(edition=edition)
        of_project(event, email="", state=State.AWAITING_DOCUMENTS)
        EventFactory(state=EventState.HELD, edition=edition)
        EventFactory(state=EventState.HELD)
        EnrolmentFactory(edition=edition, state=EnrolmentState.SUBMITTED, submitted_at=NOW, name=f"Fundacja {number}")
    with django_assert_num_queries(9):
        response = coordinator.get(HOME)
    assert len(response.context["events"]) == min(rows, MOST_EVENTS)
    assert len(response.context["calls"]) == rows
    assert len(response.context["to_settle"]) == min(rows, MOST_EVENTS)
    assert response.context["to_check_count"] == rows


def test_the_dashboard_says_what_waits(coordinator):
    event = EventFactory(edition=EditionFactory(), capacity=3)
    of_project(event, state=State.AWAITING_DOCUMENTS, phone="+48600100200", hold_until=NOW + timedelta(days=1))
    RegistrationFactory(event=event, state=State.RESERVE)
    EventFactory(state=EventState.CANCELLED, cancel_reason="Zima.")
    response = coordinator.get(HOME)
    [shown] = response.context["events"]
    assert (shown.taken, shown.capacity, shown.reserve, shown.awaiting, shown.papers) == (1, 3, 1, 1, 1)
    [call] = response.context["calls"]
    assert call.phone == "+48600100200"
    page = response.content.decode()
    assert "1 osoba bez kompletu dokumentów" in page
    assert 'href="tel:+48600100200"' in page
    assert f'href="{desk(event, "braki/")}"' in page


def test_nobody_is_called_whose_place_is_safe_and_who_gets_letters(coordinator):
    event = EventFactory()
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, state=State.RESERVE)
    RegistrationFactory(event=event, state=State.OFFERED, hold_until=NOW + timedelta(days=9))
    RegistrationFactory(event=event, email="", state=State.CONFIRMED)
    unreached = RegistrationFactory(event=event, email="", state=State.RESERVE)
    assert [one.pk for one in coordinator.get(HOME).context["calls"]] == [unreached.pk]


def test_the_panel_leads_coordinators_here_and_nobody_else(coordinator, client):
    assert HOME in coordinator.get("/panel/").content.decode()
    client.force_login(account(Role.REPRESENTATIVE))
    assert HOME not in client.get("/panel/").content.decode()


# the desk


@pytest.mark.parametrize("rows", [1, 30])
def test_the_desk_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    coordinator, rows, django_assert_num_queries
):
    event = EventFactory(edition=EditionFactory())
    for number in range(rows):
        of_project(event, number)
    RegistrationFactory(event=event, state=State.RESERVE)
    with django_assert_num_queries(9):
        response = coordinator.get(desk(event))
    assert len(response.context["lines"]) == rows + 1


def test_people_stand_in_polish_order_with_what_they_lack_and_their_place_in_the_queue(coordinator):
    event = EventFactory(edition=EditionFactory(person_fields=["plec"]))
    for name in ("Żak", "Zalewska", "Łoś", "Lis"):
        RegistrationFactory(event=event, last_name=name)
    of_project(event)
    RegistrationFactory(event=event, last_name="Anioł", state=State.RESERVE)
    lines = coordinator.get(desk(event)).context["lines"]
    assert [line.registration.last_name for line in lines if not line.missing] == [
        "Anioł", "Lis", "Łoś", "Zalewska", "Żak",
    ]  # fmt: skip
    assert lines[0].number == 1
    [lacking] = [line.missing for line in lines if line.missing]
    assert lacking == ["brak oświadczenia osoby", "płeć"]


def test_people_are_found_by_name_or_institution_without_accents_and_by_state(coordinator):
    event = EventFactory()
    RegistrationFactory(event=event, last_name="Łącka", institution_name="Fundacja Próg")
    RegistrationFactory(event=event, last_name="Nowak", state=State.RESERVE)
    RegistrationFactory(event=event, last_name="Kos", state=State.RESIGNED)

    def found(**query):
        return [line.registration.last_name for line in coordinator.get(desk(event), query).context["lines"]]

    assert found() == ["Łącka", "Nowak"]
    assert found(q="lacka") == ["Łącka"]
    assert found(q="prog fund") == ["Łącka"]
    assert found(stan="rezerwa") == ["Nowak"]
    assert found(stan="") == ["Kos", "Łącka", "Nowak"]
    assert found(stan="zmyslony") == []


def test_needs_are_shown_when_asked_for_and_each_look_is_noted(coordinator):
    event = EventFactory(title="Gala")
    RegistrationFactory(event=event, needs="pętla indukcyjna", diet="wegańska")
    RegistrationFactory(event=event, diet="Wegańska ")
    RegistrationFactory(event=event, diet="bez glutenu", state=State.RESERVE)
    for page in ("", "potrzeby/"):
        assert "wegańska" not in coordinator.get(desk(event, page)).content.decode()
    assert not TrailEntry.objects.filter(kind=TrailKind.DATA_SEEN).exists()
    response = coordinator.post(desk(event, "potrzeby/"))
    assert response.context["diets"] == [("wegańska", 2)]
    assert "pętla indukcyjna" in response.content.decode()
    assert TrailEntry.objects.get(kind=TrailKind.DATA_SEEN).about == "potrzeby i diety uczestników: Gala"


def test_the_file_of_participants_holds_nothing_sensitive_and_is_noted(coordinator):
    event = EventFactory(title="Gala")
    RegistrationFactory(event=event, first_name="Ewa", last_name="Nowak", email="a@example.pl", diet="wegańska")
    RegistrationFactory(event=event, state=State.REJECTED)
    response = coordinator.post(desk(event, "uczestnicy.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.values)
    assert rows[0][:4] == ("Nazwisko", "Imię", "Instytucja", "Stan")
    assert [row[:7] for row in rows[1:]] == [("Nowak", "Ewa", None, "potwierdzone", None, None, "a@example.pl")]
    assert "wegańska" not in str(rows)
    assert TrailEntry.objects.get(kind=TrailKind.DATA_SEEN).about == "plik z uczestnikami: Gala"


# one person


def press(client, registration, step, reason=""):
    address = desk(registration.event, f"osoba/{registration.pk}/")
    return client.post(address, {"krok": step, "powod": reason}, follow=True)


def test_jumping_the_queue_and_rejecting_want_a_reason_and_keep_it(coordinator):
    event = EventFactory(capacity=1)
    waiting = RegistrationFactory(event=event, state=State.RESERVE)
    response = press(coordinator, waiting, "jump")
    assert response.status_code == 422
    assert "Napisz, dlaczego" in response.content.decode()
    press(coordinator, waiting, "jump", "Prelegentka.")
    waiting.refresh_from_db()
    assert waiting.state == State.CONFIRMED
    assert waiting.steps.get().note == "Prelegentka."
    response = press(coordinator, waiting, "reject", "Zapis testowy.")
    assert messages_of(response) == [f"{waiting.full_name}: Zgłoszenie odrzucone. Ta osoba dostanie list."]
    # Pressed on a page that was open too long.
    response = press(coordinator, waiting, "reject", "Zapis testowy.")
    assert response.status_code == 422
    assert "nie można teraz zrobić" in response.content.decode()


def test_what_was_typed_as_a_reason_stays_when_it_is_refused(coordinator):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, state=State.RESERVE)
    response = press(coordinator, waiting, "jump", "Prelegentka.")
    page = response.content.decode()
    assert "Najpierw zwiększ ich liczbę" in page
    assert 'value="Prelegentka."' in page


def test_a_coordinator_confirms_resigns_and_sends_the_link_again(coordinator):
    event = EventFactory(capacity=1)
    offered = RegistrationFactory(event=event, state=State.OFFERED, email="a@example.pl")
    press(coordinator, offered, "confirm")
    press(coordinator, offered, "link")
    press(coordinator, offered, "link")
    press(coordinator, offered, "resign")
    offered.refresh_from_db()
    assert offered.state == State.RESIGNED
    assert list(OutgoingEmail.objects.order_by("pk").values_list("template", flat=True)) == [
        "events/email/signup_confirmed", "events/email/signup_link", "events/email/signup_resigned",
    ]  # fmt: skip


def test_a_person_of_another_event_is_not_here(coordinator):
    other = RegistrationFactory()
    assert coordinator.get(desk(EventFactory(), f"osoba/{other.pk}/")).status_code == 404


# steps


def test_a_draft_that_is_not_ready_says_what_to_put_right(coordinator):
    event = EventFactory(state=EventState.DRAFT, place_name="", town="")
    response = coordinator.post(desk(event, "krok/publish/"))
    assert response.status_code == 422
    assert "Miejsce: Podaj miejsce albo ustaw udział on-line." in response.content.decode()
    Event.objects.filter(pk=event.pk).update(town="Wrocław")
    coordinator.post(desk(event, "krok/publish/"))
    event.refresh_from_db()
    assert event.state == EventState.PUBLISHED


def days(**first):
    data = {"dni-TOTAL_FORMS": 2, "dni-INITIAL_FORMS": 1, "dni-MIN_NUM_FORMS": 0, "dni-MAX_NUM_FORMS": 31}
    day = {"day": "2026-12-10", "start": "10:00", "end": "14:30"} | first
    return data | {f"dni-0-{name}": value for name, value in day.items()} | {"words": "Ta sama sala."}


def test_an_event_is_moved_on_its_page(coordinator):
    event = EventFactory()
    coordinator.post(desk(event, "krok/move/"), days())
    event.refresh_from_db()
    assert event.state == EventState.MOVED
    assert f"{timezone.localtime(event.starts_at):%d.%m %H:%M}" == "10.12 10:00"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ({"day": "2027-03-28", "start": "02:30", "end": "06:00"}, "28.03.2027 nie ma godziny 2.30"),
        ({"end": "09:00"}, "Koniec musi być po początku"),
        ({"start": ""}, "Podaj godzinę rozpoczęcia"),
        ({"day": "wczoraj"}, "dni-0-day_error"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field_and_kept(coordinator, day, words):
    event = EventFactory()
    response = coordinator.post(desk(event, "krok/move/"), days(**day))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Ta sama sala." in response.content.decode()
    event.refresh_from_db()
    assert event.state == EventState.PUBLISHED


def test_a_step_that_is_not_there_leads_back(coordinator):
    event = EventFactory(state=EventState.CANCELLED, cancel_reason="Zima.")
    response = coordinator.get(desk(event, "krok/cancel/"), follow=True)
    assert messages_of(response) == ["Tego kroku nie ma teraz: wydarzenie jest w stanie „odwołane”."]
    assert coordinator.get(desk(event, "krok/zmyslony/")).status_code == 404
    response = coordinator.post(desk(event, "krok/cancel/"), {"reason": "Jeszcze raz."})
    assert response.status_code == 422


def test_copies_are_made_on_their_page(coordinator):
    event = EventFactory()
    response = coordinator.post(desk(event, "kopiuj/"), {"starts_on": "2026-12-10"})
    copy = Event.objects.exclude(pk=event.pk).get()
    assert response["Location"] == desk(copy)
    response = coordinator.post(desk(event, "kopiuj/"), {"every": "tydzien", "times": "2"})
    assert response["Location"].startswith("/admin/events/event/?cykl=")
    assert Event.objects.count() == 4
    response = coordinator.post(desk(event, "kopiuj/"), {"every": "tydzien"})
    assert "Podaj, ile razy powtórzyć" in response.content.decode()
    assert (Enrolment.objects.count(), Registration.objects.count()) == (0, 0)


def test_answers_and_their_files_are_shown_when_asked_for_and_the_trail_says_so(coordinator):
    event = EventFactory(title="Gala")
    EventQuestion.objects.create(event=event, code="skad", label="Skąd wiesz?", position=1)
    EventQuestion.objects.create(event=event, code="praca", label="Twoja praca?", answer="file", position=2)
    name = default_storage.save("events/answers/a.pdf", ContentFile(b"%PDF-1.7 praca"))
    one = RegistrationFactory(event=event, answers={"skad": "od znajomych", "praca": name})
    page = desk(event, f"osoba/{one.pk}/odpowiedzi/")
    assert f'href="{page}"' in coordinator.get(desk(event, f"osoba/{one.pk}/")).content.decode()
    assert "od znajomych" not in coordinator.get(page).content.decode()
    assert not TrailEntry.objects.filter(kind=TrailKind.DATA_SEEN).exists()
    assert "od znajomych" in coordinator.post(page).content.decode()
    file = coordinator.post(page, {"plik": "praca"})
    assert b"".join(file.streaming_content) == b"%PDF-1.7 praca"
    assert (file["Content-Type"], file["Content-Disposition"]) == (
        "application/pdf", 'attachment; filename="praca.pdf"'
    )  # fmt: skip
    for close in file._resource_closers:  # response.close() would end the test's connection too
        close()
    assert [entry.about for entry in TrailEntry.objects.filter(kind=TrailKind.DATA_SEEN)] == [
        f"odpowiedzi na pytania: Gala, zapis nr {one.pk}"
    ] * 2
    for code in ("skad", "nie-ma", "../a"):
        assert coordinator.post(page, {"plik": code}).status_code == 404
    assert coordinator.get(desk(EventFactory(), f"osoba/{one.pk}/odpowiedzi/")).status_code == 404
