"""The admin of events: typed hours, files by content, two people at one event."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Event, Material
from events.use_cases.day.attendance import mark_present
from notifications.models import OutgoingEmail
from tests.events.admin_forms import change, errors_of, lines, management, picture, upload
from tests.events.factories import (
    NOW,
    START,
    EditionFactory,
    EventFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:events_event_changelist"), reverse("admin:events_event_add")
LINES = ["days", "agenda", "speakers", "materials", "photos", "questions"]
DAY = {"day": "2026-12-03", "start": "09:00", "end": "14:00"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def posted(event=None, *, day=None, **given):
    """What the form of an event sends; `day` changes its one day, the other words its fields."""
    plain = "title kind attendance place_name street house_number postal_code town online_url".split()
    data = {name: getattr(event, name) if event else "" for name in plain}
    data |= {"offer_hours": 48, "documents_days": 7, "takes_signups": "on", "has_reserve": "on"}
    if event is None:
        data |= {"title": "Spotkanie", "kind": "sieciowanie", "attendance": "stacjonarnie", "town": "Wrocław"}
        row = DAY
    else:
        found = event.days.get()
        start, end = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
        row = {"id": found.pk, "event": event.pk, "day": f"{start:%Y-%m-%d}", "start": f"{start:%H:%M}"}
        row |= {"end": f"{end:%H:%M}"}
        data |= {"version": str(event.changed_at.timestamp()), "municipality": event.municipality_id or ""}
    data |= management(*LINES) | lines("days", row | (day or {}), initial=int(event is not None))
    return data | given


def test_a_new_event_is_a_draft_with_its_day_by_the_polish_clock(coordinator):
    response = coordinator.post(ADD, posted(municipality="0264011", capacity=20))
    assert response.status_code == 302
    event = Event.objects.get()
    assert (event.state, event.slug, event.county_id, event.created_at) == (
        EventState.DRAFT, "spotkanie", "0264", NOW,
    )  # fmt: skip
    assert f"{timezone.localtime(event.starts_at):%d.%m %H:%M}" == "03.12 09:00"
    assert f"{timezone.localtime(event.ends_at):%d.%m %H:%M}" == "03.12 14:00"


def test_an_event_over_midnight_and_one_without_hours(coordinator):
    night = {"day": "2026-10-24", "start": "22:00", "last_day": "2026-10-25", "end": "04:00"}
    coordinator.post(ADD, posted(title="Noc", day=night))
    coordinator.post(ADD, posted(title="Dzień", day={"start": "", "end": "", "is_all_day": "on"}))
    noc, dzien = Event.objects.order_by("pk")
    assert (noc.ends_at - noc.starts_at).total_seconds() == 7 * 3600
    assert (dzien.ends_at - dzien.starts_at).total_seconds() == 24 * 3600
    assert dzien.days.get().is_all_day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ({"day": "2026-03-29", "start": "02:15"}, "29.03.2026 nie ma godziny 2.15"),
        ({"day": "2026-10-25", "start": "02:15"}, "25.10.2026 godzina 2.15 wypada dwa razy"),
        ({"start": "22:00", "end": "04:00"}, "Gdy kończy się po północy, podaj też dzień zakończenia."),
        ({"end": ""}, "Podaj godzinę zakończenia albo zaznacz „bez godzin”."),
    ],
)
def test_hours_that_cannot_be_are_said_beside_their_field(coordinator, day, words):
    assert words in errors_of(coordinator.post(ADD, posted(day=day)))
    assert not Event.objects.exists()


def test_hours_of_sign_ups_are_by_the_polish_clock_too(coordinator):
    page = errors_of(coordinator.post(ADD, posted(signup_closes_at="2026-03-29T02:30")))
    assert "29.03.2026 nie ma godziny 2.30" in page
    coordinator.post(ADD, posted(signup_closes_at="2026-12-01T15:00"))
    assert f"{timezone.localtime(Event.objects.get().signup_closes_at):%d.%m %H:%M}" == "01.12 15:00"


def test_days_that_overlap_are_refused(coordinator):
    data = posted() | lines("days", DAY, {"day": "2026-12-03", "start": "13:00", "end": "15:00"})
    assert "nie mogą na siebie zachodzić" in errors_of(coordinator.post(ADD, data))


def test_two_people_at_one_event_do_not_overwrite_each_other_unknowingly(coordinator):
    event = EventFactory(state=EventState.DRAFT)
    mine = posted(event, title="Moje słowa")
    Event.objects.filter(pk=event.pk).update(title="Słowa koleżanki", changed_at=NOW + timezone.timedelta(minutes=3))
    page = errors_of(coordinator.post(change(event), mine))
    assert "Ktoś zmienił to wydarzenie o 13.03, odkąd je otwarto." in page
    assert "Inaczej niż w portalu jest tu: Tytuł" in page
    assert 'value="Moje słowa"' in page
    event.refresh_from_db()
    assert event.title == "Słowa koleżanki"
    # The second press comes from somebody who knows.
    version = str(event.changed_at.timestamp())
    assert f'value="{version}"' in page
    assert coordinator.post(change(event), mine | {"version": version}).status_code == 302
    event.refresh_from_db()
    assert event.title == "Moje słowa"


def test_fewer_places_than_are_taken_are_refused_beside_the_field(coordinator):
    event = EventFactory(capacity=5)
    for _ in range(3):
        RegistrationFactory(event=event)
    event.refresh_from_db()
    assert "Zajętych jest już więcej miejsc: 3." in errors_of(
        coordinator.post(change(event), posted(event, capacity=2))
    )


def test_more_places_go_to_those_in_line(coordinator):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, state=State.RESERVE)
    event.refresh_from_db()
    assert coordinator.post(change(event), posted(event, capacity=2)).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED


def test_a_changed_place_asks_whether_to_tell_people_and_then_does_as_told(coordinator):
    event = EventFactory()
    RegistrationFactory(event=event)
    event.refresh_from_db()
    given = posted(event, place_name="Dom Spotkań")
    page = errors_of(coordinator.post(change(event), given))
    assert "wybierz, czy wysłać list" in page
    assert 'value="Dom Spotkań"' in page
    event.refresh_from_db()
    assert (event.place_name, event.sequence) == ("Wrocławski Zakład Aktywności Zawodowej", 0)
    response = coordinator.post(change(event), given | {"tell": "tak", "tell_words": "Sala 12."})
    assert response.status_code == 302
    event.refresh_from_db()
    assert (event.place_name, event.sequence) == ("Dom Spotkań", 1)
    assert "Sala 12." in OutgoingEmail.objects.get(template="events/email/signup_changed").body


def test_a_changed_hour_without_a_letter_only_raises_the_version_in_calendars(coordinator):
    event = EventFactory()
    RegistrationFactory(event=event)
    event.refresh_from_db()
    coordinator.post(change(event), posted(event, day={"start": "10:00"}, tell="nie"))
    event.refresh_from_db()
    assert (f"{timezone.localtime(event.starts_at):%H:%M}", event.sequence) == ("10:00", 1)
    assert not OutgoingEmail.objects.exists()


def test_an_announced_event_keeps_a_day(coordinator):
    event = EventFactory()
    data = posted(event) | {"days-0-DELETE": "on"}
    assert "Ogłoszone wydarzenie musi mieć termin." in errors_of(coordinator.post(change(event), data))
    assert event.days.count() == 1


@pytest.mark.parametrize("given", [{"start": "10:00"}, {"day": "2026-12-04"}, {"DELETE": "on"}])
def test_hours_of_a_day_with_presence_stay_while_its_name_and_the_rest_may_change(coordinator, given):
    event = EventFactory()
    row = RegistrationFactory(event=event)
    mark_present(registration_id=row.pk, day_id=event.days.get().pk, actor=None, now=START)
    answer = errors_of(coordinator.post(change(event), posted(event, day=given, tell="nie")))
    assert ("Zapisano już obecność: 3" in answer, row.last_name in answer) == (True, False)
    assert event.days.get().starts_at == START
    named = posted(event, day={"label": "Dzień otwarty"}, title="Nowy tytuł", tell="nie")
    assert coordinator.post(change(event), named).status_code == 302
    assert (event.days.get().label, Event.objects.get().title) == ("Dzień otwarty", "Nowy tytuł")


def test_a_photo_is_drawn_anew_and_wants_words(coordinator):
    event = EventFactory(state=EventState.DRAFT)
    photo = {"picture": upload("IMG_1.png", picture()), "words": "", "position": 0}
    assert "To pole jest wymagane." in errors_of(
        coordinator.post(change(event), posted(event) | lines("photos", photo))
    )
    photo |= {"picture": upload("IMG_1.png", picture()), "words": "Sala pełna ludzi"}
    assert coordinator.post(change(event), posted(event) | lines("photos", photo)).status_code == 302
    stored = event.photos.get()
    assert stored.picture.name.endswith(".webp")
    with stored.picture.open() as file:
        assert Image.open(file).format == "WEBP"


@pytest.mark.parametrize(
    ("prefix", "row", "words"),
    [
        ("photos", {"picture": b"%PDF-1.7", "words": "Sala"}, "To nie jest zdjęcie"),
        ("materials", {"file": b"MZ\x90\x00", "title": "Prezentacja"}, "To nie jest PDF, JPG, PNG ani dokument"),
        ("materials", {"file": b"PK\x03\x04 niby zip", "title": "Prezentacja"}, "To nie jest PDF, JPG, PNG ani"),
        ("materials", {"file": b"%PDF-" + b"x" * (40 << 20), "title": "Skan"}, "Plik jest za duży: najwyżej 20 MB."),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_beside_the_field(coordinator, prefix, row, words):
    event = EventFactory(state=EventState.DRAFT)
    name = "picture" if prefix == "photos" else "file"
    row = row | {name: upload("plik.pdf", row[name]), "position": 0}
    assert words in errors_of(coordinator.post(change(event), posted(event) | lines(prefix, row)))
    assert (event.photos.count(), event.materials.count()) == (0, 0)


def test_a_material_is_known_by_its_content_and_named_without_telling(coordinator):
    event = EventFactory(state=EventState.DRAFT)
    row = {"file": upload("Jan Nowak cv.png", b"%PDF-1.7 x"), "title": "Prezentacja", "position": 0, "is_public": "on"}
    coordinator.post(change(event), posted(event) | lines("materials", row))
    stored = Material.objects.get()
    assert (stored.content_type, stored.file.name[-4:]) == ("application/pdf", ".pdf")
    assert "Nowak" not in stored.file.name


def listed(client, **query):
    return [event.title for event in client.get(LIST, query).context["cl"].result_list]


def test_the_list_is_narrowed_and_searched(coordinator):
    edition = EditionFactory()
    EventFactory(title="Łąka", edition=edition)
    past = NOW - timezone.timedelta(days=9)
    EventFactory(title="Dawne", state=EventState.HELD, starts_at=past, ends_at=past + timezone.timedelta(hours=2))
    EventFactory(title="Szkic", state=EventState.DRAFT, starts_at=None, ends_at=None, kind="gala")
    assert listed(coordinator, kiedy="przed") == ["Łąka"]
    assert listed(coordinator, kiedy="po") == ["Dawne"]
    assert listed(coordinator, kiedy="brak") == ["Szkic"]
    assert listed(coordinator, stan="szkic") == listed(coordinator, rodzaj="gala") == ["Szkic"]
    assert listed(coordinator, edycja=edition.pk) == ["Łąka"]
    assert listed(coordinator, q="laka") == ["Łąka"]
    assert listed(coordinator, stan="zmyslony") == []


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    coordinator, rows, django_assert_num_queries
):
    edition = EditionFactory()
    for _ in range(rows):
        EventFactory(edition=edition)
    with django_assert_num_queries(7):
        assert len(listed(coordinator)) == rows


def test_the_first_page_of_the_admin_leads_to_the_desk(coordinator):
    EventFactory()
    page = coordinator.get("/admin/").content.decode()
    assert "Nadchodzące wydarzenia" in page
    assert "/panel/wydarzenia/" in page
