"""Pages of the day and after it, as a coordinator uses them: queries, double clicks, bad input, files."""

import io
import re
from datetime import timedelta

import pypdf
import pypdfium2
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.choices import JobState, Role
from accounts.models import Job
from core import links
from events.choices import EventState, RegistrationState
from events.models import Certificate, EditionLogo, Event, Presence, Registration
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.events.factories import (
    END,
    START,
    DelegationFactory,
    EditionFactory,
    EventFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
AT = START + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STAFF_SECOND_FACTOR = "optional"
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def office(client, settings):
    client.force_login(account(Role.COORDINATOR), settings.AUTHENTICATION_BACKENDS[0])
    return client


def address(event, page="obecnosc"):
    return f"/panel/wydarzenia/{event.slug}/{page}/"


def press(office, event, **buttons):
    return office.post(address(event), {"dzien": event.days.first().pk} | buttons)


def test_one_press_marks_and_leads_back_to_the_list(office):
    row = RegistrationFactory()
    answer = press(office, row.event, obecny=row.pk, q="nowak", kto="brakuje")
    assert answer.url == f"{address(row.event)}?dzien={row.event.days.get().pk}&kto=brakuje&q=nowak"
    press(office, row.event, obecny=row.pk)
    assert Presence.objects.count() == 1
    press(office, row.event, pozniej=row.pk)
    assert Presence.objects.get().kind == "spozniony"
    press(office, row.event, cofnij=row.pk)
    press(office, row.event, nieobecny=row.pk)
    row.refresh_from_db()
    assert (Presence.objects.count(), row.state) == (0, "nieobecny")


def test_a_late_request_of_an_old_page_is_told_and_does_nothing(office):
    row = RegistrationFactory()
    page = office.get(address(row.event)).content.decode()
    seen = re.search(r'name="seen" value="([0-9.]+)"', page)[1]
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        press(office, row.event, obecny=row.pk)
        press(office, row.event, cofnij=row.pk)
    with time_machine.travel(AT + timedelta(minutes=2), tick=False):
        press(office, row.event, obecny=row.pk, seen=seen)
        assert "W międzyczasie ktoś zmienił" in office.get(address(row.event)).content.decode()
    assert Presence.objects.count() == 0


@pytest.mark.parametrize("value", ["", "x", "0", "-1", "99999999999", "٣", "1'"])
def test_nonsense_in_a_press_is_a_404(office, value):
    row = RegistrationFactory()
    assert press(office, row.event, obecny=value).status_code == 404
    assert press(office, row.event, obecny=row.pk, seen=value).status_code == 302


def test_a_press_for_a_day_that_is_gone_marks_no_other_day(office):
    row = RegistrationFactory()
    for page in (address(row.event), f"{address(row.event)}nowa-osoba/", f"{address(row.event)}{row.pk}/",
                 f"/panel/odprawa/{links.token('check-in', row)}/"):  # fmt: skip
        typed = {"dzien": 9999, "obecny": row.pk, "name": "Jan Przykładowy"}
        assert "Tego dnia nie ma już w wydarzeniu" in office.post(page, typed, follow=True).content.decode(), page
    assert (Presence.objects.count(), Registration.objects.count()) == (0, 1)


def test_a_person_of_another_event_is_not_marked_here(office):
    row, other = RegistrationFactory(), RegistrationFactory()
    assert press(office, row.event, obecny=other.pk).status_code == 404


def test_searching_finds_names_and_institutions_without_accents(office):
    event = EventFactory()
    RegistrationFactory(event=event, first_name="Łucja", last_name="Żółć", institution_name="Gmina Ślęża")
    RegistrationFactory(event=event, last_name="Inna")
    for q in ("zolc lucja", "SLEZA", "Żó"):
        page = office.get(address(event), {"q": q}).content.decode()
        assert "Żółć Łucja" in page, q
        assert "Inna Ewa" not in page, q
    nothing = office.get(address(event), {"q": "Nieznany <b>"}).content.decode()
    assert "Nikt taki nie jest zapisany" in nothing
    assert "?dzien=" in nothing


def test_who_is_there_and_who_is_missing_are_counted(office):
    event = EventFactory()
    there = RegistrationFactory(event=event, last_name="Jest")
    RegistrationFactory(event=event, last_name="Brak")
    RegistrationFactory(event=event, last_name="Rezerwa", state=RegistrationState.RESERVE)
    press(office, event, obecny=there.pk)
    page = office.get(address(event)).content.decode()
    assert "3 osoby na liście, 1 jest, 1 brakuje" in page
    assert "lista rezerwowa" in page
    only = office.get(address(event), {"kto": "brakuje"}).content.decode()
    assert ("Brak Ewa" in only, "Jest Ewa" in only, "Rezerwa Ewa" in only) == (True, False, False)


def test_a_person_without_a_place_is_let_in_on_a_page_of_its_own(office):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    row = RegistrationFactory(event=event, state=RegistrationState.RESERVE)
    goto = press(office, event, wpusc=row.pk).url
    assert goto == f"{address(event)}{row.pk}/?dzien={event.days.get().pk}"
    assert "Wszystkie miejsca są zajęte" in office.get(goto).content.decode()
    refused = office.post(goto, {"reason": ""})
    assert (refused.status_code, "Napisz, dlaczego dodajesz miejsce" in refused.content.decode()) == (422, True)
    assert office.post(goto, {"reason": "Jest krzesło"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, Event.objects.get().capacity) == ("obecny", 2)


def test_a_walk_in_at_a_full_event_is_asked_for_a_reason_and_keeps_what_was_typed(office):
    event = EventFactory(capacity=1)
    typed = {"name": "Jan Przykładowy", "institution": "Gmina Przykład", "contact": "jan@example.pl"}
    day = {"dzien": event.days.get().pk}
    page = office.get(f"{address(event)}nowa-osoba/?q=Jan")
    assert 'value="Jan"' in page.content.decode()
    assert "Dlaczego dodajesz miejsce" not in page.content.decode()
    RegistrationFactory(event=event)
    refused = office.post(f"{address(event)}nowa-osoba/", typed | day)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert all(f'value="{value}"' in text for value in typed.values())
    assert office.post(f"{address(event)}nowa-osoba/", typed | day | {"reason": "Jest krzesło"}).status_code == 302
    assert Registration.objects.get(last_name="Przykładowy").state == "obecny"
    broken = office.post(f"{address(event)}nowa-osoba/", day | {"name": "Jan", "reason": "x"})
    assert "Podaj imię i nazwisko" in broken.content.decode()


def test_the_code_of_a_confirmation_opens_the_person_for_coordinators_only(office, client, settings):
    settings.SITE_URL = "https://portal.example"
    row = RegistrationFactory(needs="tłumacz PJM")
    svg = office.get(f"/zapis/{links.token('registration', row)}/kod.svg")
    assert (svg["Content-Type"], svg["Cache-Control"]) == ("image/svg+xml", "private, no-store")
    assert "<title>Kod wejścia: Spotkanie sieciujące" in svg.content.decode()
    door = f"/panel/odprawa/{links.token('check-in', row)}/"
    page = office.get(door).content.decode()
    assert (str(row) in page, "tłumacz PJM" in page, "Obecny" in page) == (True, True, True)
    assert office.post(door, {"obecny": row.pk, "dzien": row.event.days.get().pk}).status_code == 302
    assert Presence.objects.get().registration == row
    assert "obecność zaznaczona o 9:05" in office.get(door).content.decode()
    assert office.get(f"/panel/odprawa/{links.token('registration', row)}/").status_code == 404
    client.logout()
    assert client.get(door).url.startswith("/konto/logowanie/")
    client.force_login(account(), settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(door).status_code == 404


def test_a_short_list_is_a_pdf_at_once_and_a_long_one_is_work_with_progress(office, at_once):
    edition = EditionFactory()
    for content in (picture(), b"\x89PNG\r\n\x1a\n broken", b"<svg xmlns='http://www.w3.org/2000/svg'"):
        EditionLogo.objects.create(edition=edition, words="UE", picture=SimpleUploadedFile("ue.png", content))
    event = EventFactory(edition=edition, title="Warsztat")
    for name in ("Żak", "Łoś", "Ląd", "Adam"):
        RegistrationFactory(event=event, first_name="Ewa", last_name=name, institution_name="Fundacja #1 *")
    RegistrationFactory(event=event, last_name="Rezerwowa", state=RegistrationState.RESERVE)
    answer = office.post(address(event, "lista-obecnosci"), {"blank": 2, "big": "on", "contact": "on"})
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
    job = Job.objects.get(pk=re.search(r"/panel/praca/(\d+)/", office.post(
        address(event, "lista-obecnosci"), {"blank": 0}).url)[1])  # fmt: skip
    assert (job.state, job.total, job.error) == (JobState.DONE, 64, "")
    file = office.get(f"/panel/praca/{job.pk}/plik/")
    text, reader = read(b"".join(file.streaming_content))
    assert "Liczba osób na liście: 64" in text
    assert len(reader.pages) > 1
    assert all("Imię i nazwisko" in page.extract_text() for page in reader.pages)


def test_several_days_are_signed_side_by_side_or_each_on_its_own_list(office):
    days = [(START + timedelta(number), END + timedelta(number)) for number in range(5)]
    event = EventFactory(days=days[:2])
    RegistrationFactory(event=event)
    text, reader = read(office.post(address(event, "lista-obecnosci"), {"blank": 0}).content)
    assert (len(reader.pages), text.count("Podpis ")) == (1, 2)
    one, _ = read(office.post(address(event, "lista-obecnosci"), {"blank": 0, "day": event.days.last().pk}).content)
    assert ("4 grudnia 2026" in one, "3 grudnia 2026" in one) == (True, False)
    halves, _ = read(office.post(address(event, "lista-obecnosci"), {"blank": 0, "halves": "on"}).content)
    assert halves.count("przed przerwą") == 2
    long = EventFactory(days=days)
    _, reader = read(office.post(address(long, "lista-obecnosci"), {"blank": 0}).content)
    assert len(reader.pages) == 5


@pytest.mark.parametrize("given", [{"blank": -1}, {"blank": 101}, {"blank": "x"}, {"blank": 1, "day": "7777"}])
def test_a_list_that_cannot_be_made_says_so_beside_the_field(office, given):
    event = EventFactory(days=[(START, END), (START + timedelta(1), END + timedelta(1))])
    assert office.post(address(event, "lista-obecnosci"), given).status_code == 422


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(file, "PNG")
    return file.getvalue()


def read(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\xa0", " ").split()), reader


def test_a_scan_is_known_by_its_content_and_seen_by_coordinators_only(office, client, settings):
    event = EventFactory()
    wrong = office.post(address(event, "skany"), {"document": SimpleUploadedFile("lista.pdf", b"GIF89a")})
    assert (wrong.status_code, "To nie jest plik PDF" in wrong.content.decode()) == (422, True)
    assert office.post(address(event, "skany"), {}).status_code == 422
    huge = SimpleUploadedFile("lista.pdf", b"%PDF-" + b"0" * 11_000_000)
    assert "najwyżej 10 MB" in office.post(address(event, "skany"), {"document": huge}).content.decode()
    good = SimpleUploadedFile("Kowalska podpisy.pdf", b"%PDF-1.7")
    assert office.post(address(event, "skany"), {"document": good}).status_code == 302
    scan = event.scans.get()
    assert "Kowalska" not in scan.file.name
    shown = office.get(f"{address(event, 'skany')}{scan.pk}/")
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("application/pdf", b"%PDF-1.7")
    other = EventFactory()
    assert office.get(f"{address(other, 'skany')}{scan.pk}/").status_code == 404
    office.post(address(other, "skany"), {"usun": scan.pk})
    assert event.scans.count() == 1
    office.post(address(event, "skany"), {"usun": scan.pk})
    assert event.scans.count() == 0
    assert client.get(f"{address(event, 'skany')}{scan.pk}/").status_code == 404


MEETING = (
    "Name,User Email,Join Time,Leave Time,Duration (Minutes)\n"
    "Ewa Żółć,ewa@example.pl,12/03/2026 09:00:00 AM,12/03/2026 10:00:00 AM,60\n"
    "Jan Krótki,jan@example.pl,12/03/2026 09:00:00 AM,12/03/2026 09:10:00 AM,10\n"
    "Anna Kowalska (Fundacja),,12/03/2026 09:00:00 AM,12/03/2026 09:50:00 AM,50\n"
    "Obcy Gość,,12/03/2026 09:00:00 AM,12/03/2026 10:00:00 AM,60\n"
)


def test_a_file_of_a_meeting_is_first_shown_and_then_written_as_chosen(office):
    event = EventFactory()
    ewa, jan, anna = (
        RegistrationFactory(event=event, first_name="Ewa", last_name="Żółć", email="ewa@example.pl"),
        RegistrationFactory(event=event, first_name="Jan", last_name="Krótki", email="jan@example.pl"),
        RegistrationFactory(event=event, first_name="Anna", last_name="Kowalska"),
    )
    asked = {"file": SimpleUploadedFile("a.csv", MEETING.encode()), "day": event.days.get().pk, "least": 30}
    page = office.post(address(event, "spotkanie"), asked)
    text = page.content.decode()
    assert Presence.objects.count() == 0
    assert [title in text for title in ("Rozpoznane osoby: 2", "Wątpliwe: 1", "Nieznane: 1")] == [True] * 3
    assert f'name="osoba-0" value="{ewa.pk}" checked' in text
    assert f'name="osoba-1" value="{jan.pk}">' in text
    assert "za krótko" in text
    kept = re.search(r'name="podglad" value="([^"]+)"', text)[1]
    chosen = {"podglad": kept, "osoba-0": ewa.pk, "osoba-2": anna.pk, "osoba-3": jan.pk}
    for _ in range(2):
        assert office.post(address(event, "spotkanie"), chosen).status_code == 302
    written = set(Presence.objects.values_list("registration", "source", "minutes"))
    assert written == {(ewa.pk, "spotkanie", 60), (anna.pk, "spotkanie", 50)}


def test_a_preview_of_another_event_or_forged_writes_nothing(office):
    event, other = EventFactory(), EventFactory()
    row = RegistrationFactory(event=event, email="ewa@example.pl", first_name="Ewa", last_name="Żółć")
    asked = {"file": SimpleUploadedFile("a.csv", MEETING.encode()), "day": event.days.get().pk, "least": 30}
    kept = re.search(
        r'name="podglad" value="([^"]+)"', office.post(address(event, "spotkanie"), asked).content.decode()
    )[1]
    for where, text in ((other, kept), (event, "zmyslone"), (event, kept[:-2])):
        office.post(address(where, "spotkanie"), {"podglad": text, "osoba-0": row.pk})
    assert Presence.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "words"), [(b"%PDF-1.7 \x00\x01", "nie jest plik CSV"), (b"", "pusty"), (b"x" * 3_000_000, "2 MB")]
)
def test_a_file_that_is_no_list_gets_a_sentence_beside_the_field(office, content, words):
    event = EventFactory()
    asked = {"file": SimpleUploadedFile("a.csv", content), "day": event.days.get().pk, "least": 30}
    page = office.post(address(event, "spotkanie"), asked)
    assert (page.status_code, words in page.content.decode()) == (422, True)


def test_certificates_are_issued_one_by_one_or_all_as_work(office, at_once):
    event = EventFactory(state=EventState.HELD)
    rows = [RegistrationFactory(event=event, state=RegistrationState.PRESENT) for _ in range(3)]
    office.post(address(event, "zaswiadczenia"), {"osoba": rows[1].pk})
    assert Certificate.objects.get().registration == rows[1]
    goto = office.post(address(event, "zaswiadczenia"), {"wszystkie": 1}).url
    job = Job.objects.get()
    assert (goto, job.state, job.result) == (
        job.get_absolute_url(), JobState.DONE, ["Nowe zaświadczenia: 2.", "W pliku: 3."],
    )  # fmt: skip
    _, reader = read(b"".join(office.get(f"/panel/praca/{job.pk}/plik/").streaming_content))
    assert len(reader.pages) == 3
    page = office.get(address(event, "zaswiadczenia")).content.decode()
    assert all(f"ZU {number}/2026" in page for number in (1, 2, 3))
    one = Certificate.objects.first()
    fix = f"{address(event, 'zaswiadczenia')}{one.pk}/"
    assert office.post(fix, {"note": ""}).status_code == 422
    assert office.post(fix, {"note": "nazwisko"}).status_code == 302
    assert "Poprawiono 03.12.2026: nazwisko" in office.get(address(event, "zaswiadczenia")).content.decode()
    before = EventFactory()
    office.post(address(before, "zaswiadczenia"), {"wszystkie": 1})
    assert Job.objects.count() == 1


def test_the_page_of_settling_leads_through_what_is_left(office):
    row = RegistrationFactory()
    page = address(row.event, "rozliczenie")
    press(office, row.event, obecny=row.pk)
    office.post(page, {"odbylo": 1})
    assert "nie jest zakończona" in office.get(page).content.decode()
    office.post(page, {"rozlicz": 1})
    assert Event.objects.get().state == "odbyte"
    press(office, row.event, zakoncz=1)
    office.post(page, {"rozlicz": 1})
    assert Event.objects.get().state == "rozliczone"
    assert office.post(page, {"cofnij": 1, "note": ""}).status_code == 422
    office.post(page, {"cofnij": 1, "note": "Brakło osoby"})
    assert Event.objects.get().state == "odbyte"


def test_who_may_not_be_counted_and_why_and_a_letter_once_a_day(office):
    edition = EditionFactory(slug="des", person_fields=["pesel", "plec"])
    event = EventFactory(edition=edition)
    given = DelegationFactory(
        enrolment__edition=edition, participant__declared=True, participant__pesel="90010112349",
        participant__pesel_fingerprint="a" * 64, participant__first_name="Ola", participant__last_name="Bezpłciowa",
    )  # fmt: skip
    silent = DelegationFactory(enrolment__edition=edition, participant__email="", participant__last_name="Cicha")
    for one in (given, silent):
        RegistrationFactory(event=event, participant=one.participant, enrolment=one.enrolment)
    RegistrationFactory(event=event, last_name="Spoza")
    for page in (address(event, "braki"), "/panel/projekty/des/braki/"):
        text = office.get(page).content.decode()
        assert "Ola Bezpłciowa" in text
        assert "płeć" in text
        assert "90010112349" not in text
        assert "Wyślij przypomnienie (1 osoba)" in text
        assert "bez adresu e-mail: 1" in text
    text = office.get(address(event, "braki")).content.decode()
    assert "osoba nie jest zgłoszona w projekcie" in text
    assert "28 dni" in text
    office.post(address(event, "braki"))
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        again = office.post("/panel/projekty/des/braki/", follow=True)
    assert "dostały już dzisiaj przypomnienie" in again.content.decode()
    letter = OutgoingEmail.objects.get()
    assert letter.to == given.participant.email
    assert f"/udzial/{links.token('participant', given.participant)}/" in letter.body
    assert "- płeć" in letter.body
    assert "90010112349" not in letter.body


def test_pages_ask_the_database_as_often_for_thirty_people_as_for_one(office):
    edition = EditionFactory(slug="des")
    event = EventFactory(edition=edition, state=EventState.HELD)
    pages = [
        address(event), address(event, "lista-obecnosci"), address(event, "skany"), address(event, "zaswiadczenia"),
        address(event, "braki"), address(event, "rozliczenie"), "/panel/projekty/des/braki/",
        "/panel/projekty/des/sm-efs.csv", "/panel/statystyki-wydarzen/",
    ]  # fmt: skip

    def add(number):
        for _ in range(number):
            one = DelegationFactory(enrolment__edition=edition)
            row = RegistrationFactory(
                event=event, state=RegistrationState.PRESENT, participant=one.participant, enrolment=one.enrolment
            )
            Presence.objects.create(registration=row, day=event.days.get(), source="odprawa", marked_at=AT)
            Certificate.objects.create(
                registration=row, number=str(row.pk), code=str(row.pk), facts={"hours": 5.0}, issued_at=AT
            )
            event.scans.create(added_at=AT, file="a.pdf", content_type="application/pdf")

    def queries():
        counts = {}
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert office.get(page).status_code == 200
            counts[page] = len(asked)
        return counts

    add(1)
    office.get(pages[0])
    one = queries()
    add(29)
    assert queries() == one
    assert max(one.values()) <= 14


def test_the_panel_leads_to_the_list_of_today_and_to_what_is_unsettled(office, client, settings):
    today = EventFactory(title="Warsztat dzisiaj")
    EventFactory(title="Warsztat jutro", days=[(START + timedelta(1), END + timedelta(1))])
    held = EventFactory(title="Warsztat dawny", state=EventState.HELD)
    RegistrationFactory(event=held)
    page = office.get("/panel/").content.decode()
    assert f'href="{address(today)}"' in page
    assert "Wydarzenia do rozliczenia: 1" in page
    assert "Warsztat dawny" not in page  # named on the page behind that line
    assert "Warsztat dawny" in office.get("/panel/wydarzenia/").content.decode()
    assert "Warsztat jutro" not in page
    assert "/panel/statystyki-wydarzen/" in page
    client.force_login(account(Role.REPRESENTATIVE), settings.AUTHENTICATION_BACKENDS[0])
    assert "Warsztat" not in client.get("/panel/").content.decode()
