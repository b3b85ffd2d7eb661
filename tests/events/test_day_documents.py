"""Files of the day and after it: lists to sign, scans of them, files of meetings, certificates."""

import io
import re
from datetime import timedelta

import pypdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.choices import JobState
from accounts.models import Job
from events.choices import EventState, RegistrationState
from events.models import Certificate, EditionLogo, Presence
from tests.events.factories import (
    END,
    START,
    EditionFactory,
    EventFactory,
    RegistrationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def address(event, page="obecnosc"):
    return f"/panel/wydarzenia/{event.slug}/{page}/"


def test_a_short_list_is_a_pdf_at_once_and_a_long_one_is_work_with_progress(coordinator, at_once):
    edition = EditionFactory()
    for content in (picture(), b"\x89PNG\r\n\x1a\n broken", b"<svg xmlns='http://www.w3.org/2000/svg'"):
        EditionLogo.objects.create(edition=edition, words="UE", picture=SimpleUploadedFile("ue.png", content))
    event = EventFactory(edition=edition, title="Warsztat")
    for name in ("Żak", "Łoś", "Ląd", "Adam"):
        RegistrationFactory(event=event, first_name="Ewa", last_name=name, institution_name="Fundacja #1 *")
    RegistrationFactory(event=event, last_name="Rezerwowa", state=RegistrationState.RESERVE)
    answer = coordinator.post(address(event, "lista-obecnosci"), {"blank": 2, "big": "on", "contact": "on"})
    assert answer["Content-Type"] == "application/pdf"
    text, reader = read(answer.content)
    assert re.findall(r"Ewa (Adam|Ląd|Łoś|Żak)", text) == ["Adam", "Ląd", "Łoś", "Żak"]
    for words in (
        "Lista obecności: Warsztat", "3 grudnia 2026, 9:00–14:00", "nr FEDS.07.05-IP.02-0001/26", "Fundacja #1 *",
        "Lp.", "Podpis", "Liczba osób na liście: 4", "Strona 1 z 1", "ul. Litomska 10", "@example.pl",
    ):  # fmt: skip
        assert words in text, words
    assert "Rezerwowa" not in text
    drawn = pypdfium2.PdfDocument(answer.content)[0].render(scale=0.5).to_pil().convert("RGB")
    assert (0, 0, 128) in {colour for _, colour in drawn.getcolors(maxcolors=100_000)}  # navy: the logo that is whole
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Lista obecności: Warsztat"

    for _ in range(60):
        RegistrationFactory(event=event)
    job = Job.objects.get(pk=re.search(r"/panel/praca/(\d+)/", coordinator.post(
        address(event, "lista-obecnosci"), {"blank": 0}).url)[1])  # fmt: skip
    assert (job.state, job.total, job.error) == (JobState.DONE, 64, "")
    file = coordinator.get(f"/panel/praca/{job.pk}/plik/")
    text, reader = read(b"".join(file.streaming_content))
    assert "Liczba osób na liście: 64" in text
    assert len(reader.pages) > 1
    assert all("Imię i nazwisko" in page.extract_text() for page in reader.pages)


def test_several_days_are_signed_side_by_side_or_each_on_its_own_list(coordinator):
    days = [(START + timedelta(number), END + timedelta(number)) for number in range(5)]
    event = EventFactory(days=days[:2])
    RegistrationFactory(event=event)
    text, reader = read(coordinator.post(address(event, "lista-obecnosci"), {"blank": 0}).content)
    assert (len(reader.pages), text.count("Podpis ")) == (1, 2)
    one, _ = read(
        coordinator.post(address(event, "lista-obecnosci"), {"blank": 0, "day": event.days.last().pk}).content
    )
    assert ("4 grudnia 2026" in one, "3 grudnia 2026" in one) == (True, False)
    halves, _ = read(coordinator.post(address(event, "lista-obecnosci"), {"blank": 0, "halves": "on"}).content)
    assert halves.count("przed przerwą") == 2
    long = EventFactory(days=days)
    _, reader = read(coordinator.post(address(long, "lista-obecnosci"), {"blank": 0}).content)
    assert len(reader.pages) == 5


@pytest.mark.parametrize("given", [{"blank": -1}, {"blank": 101}, {"blank": "x"}, {"blank": 1, "day": "7777"}])
def test_a_list_that_cannot_be_made_says_so_beside_the_field(coordinator, given):
    event = EventFactory(days=[(START, END), (START + timedelta(1), END + timedelta(1))])
    assert coordinator.post(address(event, "lista-obecnosci"), given).status_code == 422


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(file, "PNG")
    return file.getvalue()


def read(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\xa0", " ").split()), reader


def test_a_scan_is_known_by_its_content_and_seen_by_coordinators_only(coordinator, client):
    event = EventFactory()
    wrong = coordinator.post(address(event, "skany"), {"document": SimpleUploadedFile("lista.pdf", b"GIF89a")})
    assert (wrong.status_code, "To nie jest plik PDF" in wrong.content.decode()) == (422, True)
    assert coordinator.post(address(event, "skany"), {}).status_code == 422
    huge = SimpleUploadedFile("lista.pdf", b"%PDF-" + b"0" * 11_000_000)
    assert "najwyżej 10 MB" in coordinator.post(address(event, "skany"), {"document": huge}).content.decode()
    good = SimpleUploadedFile("Kowalska podpisy.pdf", b"%PDF-1.7")
    assert coordinator.post(address(event, "skany"), {"document": good}).status_code == 302
    scan = event.scans.get()
    assert "Kowalska" not in scan.file.name
    shown = coordinator.get(f"{address(event, 'skany')}{scan.pk}/")
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("application/pdf", b"%PDF-1.7")
    other = EventFactory()
    assert coordinator.get(f"{address(other, 'skany')}{scan.pk}/").status_code == 404
    coordinator.post(address(other, "skany"), {"usun": scan.pk})
    assert event.scans.count() == 1
    coordinator.post(address(event, "skany"), {"usun": scan.pk})
    assert event.scans.count() == 0
    assert client.get(f"{address(event, 'skany')}{scan.pk}/").status_code == 404


MEETING = (
    "Name,User Email,Join Time,Leave Time,Duration (Minutes)\n"
    "Ewa Żółć,ewa@example.pl,12/03/2026 09:00:00 AM,12/03/2026 10:00:00 AM,60\n"
    "Jan Krótki,jan@example.pl,12/03/2026 09:00:00 AM,12/03/2026 09:10:00 AM,10\n"
    "Anna Kowalska (Fundacja),,12/03/2026 09:00:00 AM,12/03/2026 09:50:00 AM,50\n"
    "Obcy Gość,,12/03/2026 09:00:00 AM,12/03/2026 10:00:00 AM,60\n"
)


def test_a_file_of_a_meeting_is_first_shown_and_then_written_as_chosen(coordinator):
    event = EventFactory()
    ewa, jan, anna = (
        RegistrationFactory(event=event, first_name="Ewa", last_name="Żółć", email="ewa@example.pl"),
        RegistrationFactory(event=event, first_name="Jan", last_name="Krótki", email="jan@example.pl"),
        RegistrationFactory(event=event, first_name="Anna", last_name="Kowalska"),
    )
    asked = {"file": SimpleUploadedFile("a.csv", MEETING.encode()), "day": event.days.get().pk, "least": 30}
    page = coordinator.post(address(event, "spotkanie"), asked)
    text = page.content.decode()
    assert Presence.objects.count() == 0
    assert [title in text for title in ("Rozpoznane osoby: 2", "Wątpliwe: 1", "Nieznane: 1")] == [True] * 3
    assert f'name="osoba-0" value="{ewa.pk}" checked' in text
    assert f'name="osoba-1" value="{jan.pk}">' in text
    assert "za krótko" in text
    kept = re.search(r'name="podglad" value="([^"]+)"', text)[1]
    chosen = {"podglad": kept, "osoba-0": ewa.pk, "osoba-2": anna.pk, "osoba-3": jan.pk}
    for _ in range(2):
        assert coordinator.post(address(event, "spotkanie"), chosen).status_code == 302
    written = set(Presence.objects.values_list("registration", "source", "minutes"))
    assert written == {(ewa.pk, "spotkanie", 60), (anna.pk, "spotkanie", 50)}


def test_a_preview_of_another_event_or_forged_writes_nothing(coordinator):
    event, other = EventFactory(), EventFactory()
    row = RegistrationFactory(event=event, email="ewa@example.pl", first_name="Ewa", last_name="Żółć")
    asked = {"file": SimpleUploadedFile("a.csv", MEETING.encode()), "day": event.days.get().pk, "least": 30}
    kept = re.search(
        r'name="podglad" value="([^"]+)"', coordinator.post(address(event, "spotkanie"), asked).content.decode()
    )[1]
    for where, text in ((other, kept), (event, "zmyslone"), (event, kept[:-2])):
        coordinator.post(address(where, "spotkanie"), {"podglad": text, "osoba-0": row.pk})
    assert Presence.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "words"), [(b"%PDF-1.7 \x00\x01", "nie jest plik CSV"), (b"", "pusty"), (b"x" * 3_000_000, "2 MB")]
)
def test_a_file_that_is_no_list_gets_a_sentence_beside_the_field(coordinator, content, words):
    event = EventFactory()
    asked = {"file": SimpleUploadedFile("a.csv", content), "day": event.days.get().pk, "least": 30}
    page = coordinator.post(address(event, "spotkanie"), asked)
    assert (page.status_code, words in page.content.decode()) == (422, True)


def test_certificates_are_issued_one_by_one_or_all_as_work(coordinator, at_once):
    event = EventFactory(state=EventState.HELD)
    rows = [RegistrationFactory(event=event, state=RegistrationState.PRESENT) for _ in range(3)]
    coordinator.post(address(event, "zaswiadczenia"), {"osoba": rows[1].pk})
    assert Certificate.objects.get().registration == rows[1]
    goto = coordinator.post(address(event, "zaswiadczenia"), {"wszystkie": 1}).url
    job = Job.objects.get()
    assert (goto, job.state, job.result) == (
        job.get_absolute_url(), JobState.DONE, ["Nowe zaświadczenia: 2.", "W pliku: 3."],
    )  # fmt: skip
    _, reader = read(b"".join(coordinator.get(f"/panel/praca/{job.pk}/plik/").streaming_content))
    assert len(reader.pages) == 3
    page = coordinator.get(address(event, "zaswiadczenia")).content.decode()
    assert all(f"ZU {number}/2026" in page for number in (1, 2, 3))
    one = Certificate.objects.first()
    fix = f"{address(event, 'zaswiadczenia')}{one.pk}/"
    assert coordinator.post(fix, {"note": ""}).status_code == 422
    assert coordinator.post(fix, {"note": "nazwisko"}).status_code == 302
    assert "Poprawiono 03.12.2026: nazwisko" in coordinator.get(address(event, "zaswiadczenia")).content.decode()
    before = EventFactory()
    coordinator.post(address(before, "zaswiadczenia"), {"wszystkie": 1})
    assert Job.objects.count() == 1
