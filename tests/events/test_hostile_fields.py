"""Hostile input that a walk over all fields does not come to, because another field of the form is wrong too."""

import io
import zipfile

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import links
from core.exceptions import Refused
from core.signed_files import taken
from events.coordination.uploads import material_type
from events.day.meetings import read
from events.models import EventQuestion, Registration
from registry.use_cases.pictures import drawn_anew
from tests.events.enrolling import accepted, edition
from tests.events.factories import NOW, EventFactory, RegistrationFactory
from tests.events.test_hostile_input import FILES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet(settings):
    settings.SIGNUPS_PER_HOUR = 100_000
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def desk(event, page):
    return f"/panel/wydarzenia/{event.slug}/{page}/"


def test_a_reason_with_a_nul_is_kept_without_it(coordinator):
    one = RegistrationFactory()
    assert coordinator.post(desk(one.event, f"osoba/{one.pk}"), {"krok": "reject", "powod": "a\0b"}).status_code == 302
    assert one.steps.get().note == "a b"


@pytest.mark.parametrize("number", ["²", "9" * 5_000, "-1", "١"])
def test_a_person_of_no_number_is_not_on_the_list(coordinator, number):
    event = EventFactory(edition=edition())
    answer = coordinator.post(desk(event, "dopisz"), {"q": "ola", "dla": "ola", "osoba": number})
    assert (answer.status_code, answer.context["refused"]) == (422, "Wybierz osobę z listy pod polem.")


def test_words_with_a_nul_find_nobody(coordinator):
    event = EventFactory(edition=edition())
    assert coordinator.post(desk(event, "dopisz"), {"q": "o\0la", "dla": "x", "osoba": "999999"}).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_outside_of_the_calendar_is_a_mistake_beside_its_field(coordinator, day):
    event = EventFactory()
    assert coordinator.get("/panel/statystyki-wydarzen/", {"to": day}).context["form"].errors == {
        "to": ["Rok musi być między 1990 a 2099."]
    }
    copied = coordinator.post(desk(event, "kopiuj"), {"starts_on": day})
    assert (copied.status_code, copied.context["form"].errors) == (
        422, {"__all__": ["Rok musi być między 1990 a 2099."]},
    )  # fmt: skip
    formset = {"dni-TOTAL_FORMS": "1", "dni-INITIAL_FORMS": "0", "dni-0-is_all_day": "on", "dni-0-day": day}
    assert coordinator.post(desk(event, "krok/move"), formset).status_code == 422
    whole_years = formset | {"dni-0-day": "2027-01-01", "dni-0-last_day": day}
    assert coordinator.post(desk(event, "krok/move"), whole_years).status_code == 422


@pytest.mark.parametrize("kind", ["zip of another version", "zip whose names are no text", "half a zip"])
def test_an_archive_that_lies_about_itself_is_no_signed_form(kind):
    with pytest.raises(Refused, match="nie jest tym, na co wygląda"):
        taken(SimpleUploadedFile("a.asice", FILES[kind]))


def test_a_document_whose_inside_is_broken_is_no_material():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>" * 100)
        made.writestr("word/document.xml", "x")
    content = bytearray(file.getvalue())
    start = 30 + len("[Content_Types].xml")
    content[start : start + 8] = b"\xff" * 8
    with pytest.raises(Refused, match="To nie jest PDF"):
        material_type(SimpleUploadedFile("a.docx", bytes(content)))


def test_somebody_who_was_in_a_meeting_for_ages_was_there_for_a_month_at_most():
    content = b"Name,Join time,Leave time\nOla Kowalska,0001-01-01 10:00,9999-12-31 10:00\n"
    assert [one.minutes for one in read(content)] == [31 * 24 * 60]


def strange_photo():
    """A good photo whose camera wrote of itself in a way that nobody can write again."""
    picture, file = Image.new("RGB", (8, 8)), io.BytesIO()
    exif = picture.getexif()
    exif[0x0112], exif[0x010F] = 6, "abc"
    picture.save(file, "JPEG", exif=exif.tobytes())
    content = bytearray(file.getvalue())
    # The kind of the maker's name: not text but something unknown.
    content[content.index(b"Exif") + 17] = 0
    return bytes(content)


def test_a_page_whose_camera_wrote_nonsense_is_taken_and_a_photo_is_refused_in_words():
    kind, content = taken(SimpleUploadedFile("strona.jpg", strange_photo()))
    assert (kind, Image.open(io.BytesIO(content)).size) == ("image/jpeg", (8, 8))
    with pytest.raises(Refused, match="uszkodzony"):
        drawn_anew(SimpleUploadedFile("zdjecie.jpg", strange_photo()))


# files that nobody would ever delete


def stored(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def with_file(**given):
    return given | {"pytanie-plik": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}


def test_a_form_pressed_twice_keeps_one_file(client, media):
    event = EventFactory()
    EventQuestion.objects.create(event=event, code="plik", label="Oświadczenie", answer="file")
    who = {"first_name": "Ewa", "last_name": "Nowak", "email": "ewa@example.pl", "klucz": "k" * 16}
    for _ in range(2):
        assert client.post(f"/wydarzenia/{event.slug}/zapisy/", with_file(**who)).status_code == 302
    assert len(stored(media)) == 1
    assert event.registrations.get().answers["plik"].endswith(stored(media)[0])


def test_an_institution_that_is_stopped_leaves_no_file_behind(client, settings, media):
    settings.SIGNUPS_PER_HOUR = 1
    enrolment = accepted()
    [person] = enrolment.delegations.values_list("participant", flat=True)
    event = EventFactory(edition=enrolment.edition)
    EventQuestion.objects.create(event=event, code="plik", label="Oświadczenie", answer="file")
    address = f"/wydarzenia/{event.slug}/zapisy/?zgloszenie={links.token('enrolment', enrolment)}"
    cache.clear()
    given = {"krok": "zapisz", "osoba": person, f"p{person}-plik": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
    assert client.post(address, given).status_code == 302
    Registration.objects.all().delete()
    given[f"p{person}-plik"] = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    assert client.post(address, given).status_code == 429
    assert len(stored(media)) == 1
