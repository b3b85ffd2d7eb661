"""The admin of events and editions: typed hours, files by content, two people at one event, announced versions."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.choices import Role
from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Edition, EditionLogo, EditionText, Event, FormQuestion, FormVersion, Material
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.events.factories import (
    NOW,
    EditionFactory,
    EditionTextFactory,
    EventFactory,
    FormVersionFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:events_event_changelist"), reverse("admin:events_event_add")
LINES = ["days", "agenda", "speakers", "materials", "photos", "questions"]
DAY = {"day": "2026-12-03", "start": "09:00", "end": "14:00"}


@pytest.fixture
def coordinator(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(account(Role.COORDINATOR))
    return client


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def change(row):
    return reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk])


def management(*prefixes, **given):
    data = {}
    for prefix in prefixes:
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data | given


def lines(prefix, *rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


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


def errors_of(response):
    assert response.status_code == 200
    return response.content.decode()


# events


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


def picture(kind="PNG"):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, kind)
    return content.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


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


# editions


def edition_data(**given):
    day = {"starts_on": "2026-01-01", "ends_on": "2027-12-31", "personal_data_until": "2033-12-31"}
    return management("logos") | {"name": "Ekonomia społeczna", "number": "FEDS 1/26"} | day | given


def test_an_edition_gets_its_address_from_its_name_and_keeps_what_people_must_give(coordinator):
    data = edition_data(person_fields=["pesel", "plec"], contact_phone="71 000 00 00")
    assert coordinator.post(reverse("admin:events_edition_add"), data).status_code == 302
    edition = Edition.objects.get()
    assert (edition.slug, edition.person_fields, edition.contact_phone) == (
        "ekonomia-spoleczna-feds-126", ["pesel", "plec"], "+48710000000",
    )  # fmt: skip


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" %s><circle r="5"/>%s</svg>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (picture(), ".png"),
        (picture("JPEG"), ".jpg"),
        (SVG % (b"", b""), ".svg"),
        (SVG % (b"", b"<script>alert(1)</script>"), "skrypt albo odsyłacz"),
        (SVG % (b'onload="alert(1)"', b""), "skrypt albo odsyłacz"),
        (SVG % (b"", b'<image href="https://example.pl/a.png"/>'), "skrypt albo odsyłacz"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG % (b"", b"&a;"), "nagłówek DOCTYPE"),
        (b"<html></html>", "To nie jest plik PNG, JPG ani SVG"),
        (b"%PDF-1.7", "To jest plik PDF."),
        (b"", "pusty"),
    ],
)
def test_a_logo_is_known_by_its_content(coordinator, content, words):
    edition = EditionFactory()
    row = {"picture": upload("znak.gif", content), "words": "Fundusze Europejskie", "position": 0}
    response = coordinator.post(change(edition), edition_data(slug=edition.slug) | lines("logos", row))
    if words.startswith("."):
        assert EditionLogo.objects.get().picture.name.endswith(words)
    else:
        assert words in errors_of(response)
        assert not EditionLogo.objects.exists()


QUESTION = {"label": "Na jakim obszarze działa instytucja?", "answer": "choice", "choices": "gmina\npowiat\n"}


def test_questions_get_their_codes_from_their_labels_and_choices_one_a_line(coordinator):
    edition = EditionFactory()
    data = {"edition": edition.pk, "kind": "instytucja", "introduction": "", "valid_from": "2026-12-01"}
    rows = [QUESTION | {"position": 0}, QUESTION | {"position": 1}, QUESTION | {"position": 2, "code": "obszar"}]
    response = coordinator.post(reverse("admin:events_formversion_add"), data | lines("questions", *rows))
    assert response.status_code == 302
    form = FormVersion.objects.get()
    assert (form.version, form.published_at) == (1, None)
    assert list(form.questions.values_list("code", "choices")) == [
        ("na-jakim-obszarze-dziala-instytucja", ["gmina", "powiat"]),
        ("na-jakim-obszarze-dziala-instytucja-2", ["gmina", "powiat"]),
        ("obszar", ["gmina", "powiat"]),
    ]


def test_an_announced_version_is_only_read_in_the_admin(coordinator):
    text = EditionTextFactory()
    data = {"edition": text.edition_id, "kind": text.kind, "title": "Inny", "body": "x", "valid_from": "2026-01-01"}
    assert coordinator.get(change(text)).status_code == 200
    assert coordinator.post(change(text), data).status_code == 404
    form = FormVersionFactory()
    assert coordinator.post(change(form), lines("questions", QUESTION | {"position": 0})).status_code == 404
    assert (EditionText.objects.get().title, FormQuestion.objects.count()) == ("Regulamin uczestnictwa", 0)


def test_a_draft_is_announced_from_its_form_and_from_its_preview(coordinator):
    text = EditionTextFactory(published_at=None)
    data = {"edition": text.edition_id, "kind": text.kind, "title": "Regulamin", "body": "Nowy.", "_save": "1"}
    data |= {"valid_from": "2026-12-01", "events_editiontext_save_and_announce": "1"}
    assert coordinator.post(change(text), data).status_code == 302
    text.refresh_from_db()
    assert (text.body, text.published_at) == ("Nowy.", NOW)
    preview = reverse("events:text_preview", args=[text.pk])
    assert "Nowy." in coordinator.get(preview).content.decode()
    response = coordinator.post(preview, {"krok": "nowa"})
    draft = EditionText.objects.get(version=2)
    assert response["Location"] == change(draft)
    preview = reverse("events:text_preview", args=[draft.pk])
    assert coordinator.post(preview, {"krok": "oglos", "dzien": "jutro"}).status_code == 422
    assert coordinator.post(preview, {"krok": "oglos", "dzien": "2026-11-01"}).status_code == 422
    assert coordinator.post(preview, {"krok": "oglos", "dzien": "2027-01-01"}).status_code == 302
    draft.refresh_from_db()
    assert draft.published_at == NOW


def test_a_form_is_announced_with_the_questions_typed_at_the_same_time(coordinator):
    form = FormVersionFactory(published_at=None)
    data = {"edition": form.edition_id, "kind": form.kind, "introduction": "", "valid_from": "2026-12-01"}
    data |= lines("questions", QUESTION | {"position": 0}) | {"events_formversion_save_and_announce": "1"}
    assert coordinator.post(change(form), data).status_code == 302
    form.refresh_from_db()
    assert (form.published_at, form.questions.count()) == (NOW, 1)


def test_an_empty_form_is_not_announced_and_nothing_of_it_is_written(coordinator):
    form = FormVersionFactory(published_at=None)
    data = {"edition": form.edition_id, "kind": form.kind, "introduction": " ", "valid_from": "2026-12-01"}
    data |= lines("questions") | {"events_formversion_save_and_announce": "1"}
    assert "Ten formularz jest pusty" in errors_of(coordinator.post(change(form), data))
    form.refresh_from_db()
    assert form.published_at is None


def test_a_form_is_previewed_as_people_see_it(coordinator):
    form = FormVersionFactory(published_at=None, introduction="Dzień dobry.\n\n- raz\n- dwa")
    FormQuestion.objects.create(form=form, code="cel", label="Po co?", answer="several", choices=["a", "b"])
    page = coordinator.get(reverse("events:form_preview", args=[form.pk])).content.decode()
    assert all(words in page for words in ("Dzień dobry.", "<li>dwa</li>", "Po co?", 'type="checkbox"'))


def test_an_edition_is_closed_on_its_page(coordinator):
    edition = EditionFactory()
    address = reverse("events:close_edition", args=[edition.slug])
    assert "Napisz dlaczego." in coordinator.post(address, {"reason": " "}).content.decode()
    assert coordinator.post(address, {"reason": "Koniec środków."}).status_code == 302
    edition.refresh_from_db()
    assert edition.closed_at == NOW


def test_the_first_page_of_the_admin_leads_to_the_desk(coordinator):
    EventFactory()
    page = coordinator.get("/admin/").content.decode()
    assert "Nadchodzące wydarzenia" in page
    assert "/panel/wydarzenia/" in page
