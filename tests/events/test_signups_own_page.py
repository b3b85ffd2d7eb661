"""One's own page: what it says, what is done there, what nobody else sees."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core import links
from events.choices import EventState, PersonField
from events.choices import RegistrationState as State
from events.models import Certificate, Event, EventQuestion, Material, Presence, Registration
from events.signing_up.standing import _WORDS, STEPS
from events.use_cases.day.certificates import issue
from events.use_cases.signups import changing, steps
from events.use_cases.signups.entering import Person, sign_up
from events.workflow import registrations
from tests.accounts.factories import account
from tests.events.factories import NOW, DelegationFactory, EditionFactory, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
SECRET = "https://spotkanie.example/tajne"


def make(**more):
    start = timezone.now() + timedelta(days=10)
    return EventFactory(**{"starts_at": start, "ends_at": start + timedelta(hours=5), "online_url": SECRET} | more)


def registered(event=None, state=State.CONFIRMED, **more):
    waits = {"hold_until": timezone.now() + timedelta(days=2)} if state in State.waiting() else {}
    return RegistrationFactory(event=event or make(), state=state, **waits | more)


def address(registration, more=""):
    return f"/zapis/{links.token('registration', registration)}/{more}"


def words(client, page):
    return " ".join(client.get(page).content.decode().replace("\xa0", " ").split())


@pytest.mark.parametrize(
    ("state", "said", "online", "confirm", "resign"),
    [
        (State.RECEIVED, "Potwierdź udział", False, True, True),
        (State.OFFERED, "teraz Twoja kolej", False, True, True),
        (State.CONFIRMED, "Miejsce potwierdzone", True, False, True),
        (State.RESERVE, "Jesteś na 1. miejscu listy.", False, False, True),
        (State.PRESENT, "Dziękujemy za udział", True, False, False),
        (State.ABSENT, "Jeżeli to pomyłka", False, False, False),
        (State.RESIGNED, "Nie ma już tego zapisu", False, False, False),
        (State.REJECTED, "nie zostało przyjęte", False, False, False),
    ],
)
def test_each_state_says_what_it_means_and_only_sure_people_see_the_link(client, state, said, online, confirm, resign):
    text = words(client, address(registered(state=state)))
    assert said in text
    assert (SECRET in text, "Potwierdzam udział</button>" in text, "Rezygnuję z udziału" in text) == (
        online,
        confirm,
        resign,
    )


def test_every_state_and_every_step_has_its_words():
    assert set(_WORDS) == set(State)
    assert set(STEPS) == {"sign_up", "walk_in"} | {step.name for step in registrations}


@pytest.mark.parametrize("state", State.waiting())
def test_whose_time_is_over_reads_so_before_the_place_passes_on(client, state):
    line = DelegationFactory()
    over = {"participant": line.participant, "hold_until": timezone.now() - timedelta(seconds=1)}
    one = registered(make(edition=line.enrolment.edition), state, **over)
    assert "Termin minął" in words(client, address(one))


def test_the_place_in_line_counts_those_before(client):
    event = make(capacity=1)
    registered(event)
    rows = [registered(event, State.RESERVE) for _ in range(3)]
    assert "Jesteś na 3. miejscu listy." in words(client, address(rows[2]))


def test_resigning_is_asked_once_more_and_passes_the_place_on(client):
    event = make(capacity=1)
    one, other = registered(event), registered(event, State.RESERVE)
    assert "miejsce od razu dostanie następna osoba" in words(client, address(one, "rezygnacja/"))
    one.refresh_from_db()
    assert one.state == State.CONFIRMED
    for _ in range(2):
        assert client.post(address(one, "rezygnacja/")).status_code == 302
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == (State.RESIGNED, State.OFFERED)
    assert client.get(address(one, "rezygnacja/")).status_code == 302


def test_a_place_whose_time_is_over_is_not_confirmed_by_an_old_page(client):
    one = registered(state=State.OFFERED, hold_until=timezone.now() - timedelta(minutes=1))
    assert "Termin minął" in words(client, address(one))
    response = client.post(address(one), follow=True)
    assert "miejsce przeszło na następną osobę" in response.content.decode()
    one.refresh_from_db()
    assert one.state == State.OFFERED


def test_papers_that_are_missing_are_named_with_the_way_to_give_them(client):
    edition = EditionFactory(person_fields=[PersonField.SEX])
    line = DelegationFactory(enrolment__edition=edition)
    event = make(edition=edition)
    who = [Person(participant=line.participant_id)]
    [one] = sign_up(event_id=event.pk, people=who, enrolment=line.enrolment, now=timezone.now())
    text = words(client, address(one))
    assert "brak oświadczenia osoby" in text
    assert "płeć" in text
    token = text.partition('href="/udzial/')[2].partition("/")[0]
    assert links.find("participant", token, type(line.participant).objects.all()) == line.participant


def test_answers_are_changed_and_what_was_not_asked_is_not(client):
    event = make(asks_diet=True)
    EventQuestion.objects.create(event=event, code="sesja", label="Która sesja?", answer="yes_no")
    one = registered(event, answers={"sesja": True}, needs="Pętla")
    page = client.get(address(one, "zmiana/")).content.decode()
    assert "Pętla" in page
    assert 'value="tak" id="id_pytanie-sesja_0" checked' in page
    seen = page.partition('name="widziane" value="')[2].partition('"')[0]
    typed = {"widziane": seen, "needs": "Tłumacz", "diet": "wege", "pytanie-sesja": "nie", "joins_online": "1"}
    for _ in range(2):  # pressed twice
        assert client.post(address(one, "zmiana/"), typed).status_code == 302
    one.refresh_from_db()
    assert (one.needs, one.diet, one.answers, one.joins_online) == ("Tłumacz", "wege", {"sesja": False}, False)
    assert "Tłumacz" in words(client, address(one))


def test_overlapping_edits_of_answers_lose_nothing_without_a_word(client):
    one = registered(needs="stare")
    page = client.get(address(one, "zmiana/")).content.decode()
    seen = page.partition('name="widziane" value="')[2].partition('"')[0]
    Registration.objects.update(needs="z innego okna")
    response = client.post(address(one, "zmiana/"), {"widziane": seen, "needs": "moje nowe"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "w innym oknie" in text
    assert "moje nowe" in text
    assert "z innego okna" in text
    one.refresh_from_db()
    assert one.needs == "z innego okna"
    # Having seen it, the person decides.
    seen = text.partition('name="widziane" value="')[2].partition('"')[0]
    client.post(address(one, "zmiana/"), {"widziane": seen, "needs": "moje nowe"})
    one.refresh_from_db()
    assert one.needs == "moje nowe"


def test_nothing_is_changed_once_the_event_has_begun(client):
    now = timezone.now()
    one = registered(make(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)), needs="stare")
    assert client.get(address(one, "zmiana/")).status_code == 302
    client.post(address(one, "zmiana/"), {"needs": "nowe"})
    one.refresh_from_db()
    assert one.needs == "stare"


def test_materials_for_participants_and_a_certificate(client):
    event = make()
    material = Material(event=event, title="Prezentacja", is_public=False, is_after=True)
    material.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    sure, waiting = registered(event, State.PRESENT), registered(event, State.RESERVE)
    Certificate.objects.create(registration=sure, number="12/2026", code="abc", issued_at=timezone.now())
    text = words(client, address(sure))
    assert "Prezentacja" in text
    assert "Zaświadczenie nr 12/2026" in text
    assert f'href="{address(sure, "zaswiadczenie.pdf")}"' in client.get(address(sure)).content.decode()
    response = client.get(address(sure, f"materialy/{material.pk}/"))
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert "Prezentacja.pdf" in response["Content-Disposition"]
    for close in response._resource_closers:  # response.close() would end the test's connection too
        close()
    assert "Prezentacja" not in words(client, address(waiting))
    assert client.get(address(waiting, f"materialy/{material.pk}/")).status_code == 404
    other = registered()
    assert client.get(address(other, f"materialy/{material.pk}/")).status_code == 404


def test_the_page_has_the_code_for_the_door_and_the_certificate_can_be_fetched(client):
    sure = registered()
    page = client.get(address(sure)).content.decode()
    assert f'<img src="{address(sure, "kod.svg")}"' in page
    code = client.get(address(sure, "kod.svg"))
    assert (code["Content-Type"], b"<svg" in code.content) == ("image/svg+xml", True)
    there = registered(make(starts_at=NOW, ends_at=NOW + timedelta(hours=5), state=EventState.HELD), State.PRESENT)
    Presence.objects.create(registration=there, day=there.event.days.get(), marked_at=NOW)
    issue(event_id=there.event_id, actor=None, now=NOW + timedelta(days=1))
    way = address(there, "zaswiadczenie.pdf")
    assert f'href="{way}"' in client.get(address(there)).content.decode()
    assert client.get(way).content.startswith(b"%PDF-")
    Registration.objects.filter(pk=there.pk).update(state=State.ABSENT)  # corrected afterwards
    assert "zaswiadczenie.pdf" not in client.get(address(there)).content.decode()


def test_a_file_is_kept_replaced_and_seen_by_its_person_only(client, settings):
    event = make()
    EventQuestion.objects.create(event=event, code="praca", label="Praca", answer="file", is_required=True)
    one, other = registered(event), registered(event)
    seen = changing.fingerprint(one)
    for content in (b"%PDF-1.7 pierwszy", b"%PDF-1.7 drugi"):
        upload = SimpleUploadedFile("praca Ewy.pdf", content)
        response = client.post(address(one, "zmiana/"), {"widziane": seen, "pytanie-praca": upload})
        assert response.status_code == 302
        one.refresh_from_db()
        seen = changing.fingerprint(one)
    # Without a new file the old one stays.
    assert client.post(address(one, "zmiana/"), {"widziane": seen, "needs": "Pętla"}).status_code == 302
    [stored] = settings.MEDIA_ROOT.rglob("*.pdf")
    assert stored.read_bytes() == b"%PDF-1.7 drugi"
    assert "Praca: pobierz plik" in words(client, address(one))
    response = client.get(address(one, "plik/praca/"))
    assert b"".join(response.streaming_content) == b"%PDF-1.7 drugi"
    for close in response._resource_closers:
        close()
    assert client.get(address(other, "plik/praca/")).status_code == 404
    assert client.get(address(one, "plik/inne/")).status_code == 404


def test_a_cancelled_event_says_so_and_gives_no_place_away(client):
    event = make(capacity=1)
    one, _ = registered(event), registered(event, State.RESERVE)
    Event.objects.update(state=EventState.CANCELLED, cancel_reason="Choroba.")
    text = words(client, address(one))
    assert "Wydarzenie odwołane" in text
    assert "Choroba." in text
    assert SECRET not in text
    # From a page that was open before.
    answer = client.post(address(one, "rezygnacja/"), follow=True)
    assert "Wydarzenie jest odwołane." in answer.content.decode()
    assert list(event.registrations.order_by("pk").values_list("state", flat=True)) == [State.CONFIRMED, State.RESERVE]


def test_why_somebody_was_let_in_before_others_stays_in_the_office(client):
    event, actor = make(capacity=2), account()
    registered(event)
    one = registered(event, State.RESERVE)
    steps.jump(registration_id=one.pk, actor=actor, note="Znajoma prezesa.", now=timezone.now())
    text = words(client, address(one))
    assert "Przyjęcie przez koordynatora" in text
    assert "Znajoma" not in text


def test_a_link_of_another_kind_or_with_a_new_key_opens_nothing(client):
    one = registered()
    page = address(one)
    assert client.get(f"/zapis/{links.token('participant', one)}/").status_code == 404
    Registration.objects.update(link_key="0123456789abcdef")
    for more in ("", "zmiana/", "rezygnacja/"):
        assert client.get(page + more).status_code == client.post(page + more).status_code == 404


def test_the_page_is_kept_by_nobody(client):
    response = client.get(address(registered()))
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()
