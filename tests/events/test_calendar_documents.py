"""The month's schedule as a document, photos and materials behind their doors, the demo's calendar."""

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from accounts.choices import Role
from core.changes import KEPT
from core.exceptions import Refused
from events.choices import EventState, FormKind, TextKind
from events.models import CalendarChange, Edition, EditionLogo, Event, EventPhoto, Material, Registration
from events.tasks.calendar import forget_changes
from events.use_cases.calendar.derived import refresh
from events.use_cases.calendar.photos import add_photo, remove_photo
from events.use_cases.demo.seed import seed_calendar, seed_events
from tests.accounts.factories import account
from tests.events.factories import END, NOW, START, EditionFactory, EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


@pytest.fixture
def coordinator():
    client = Client()
    client.force_login(account(Role.COORDINATOR, email="k@example.pl"), settings.AUTHENTICATION_BACKENDS[0])
    return client


def document(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.content))


def words(page):
    return " ".join(page.extract_text().replace("\xa0", " ").split())


def test_the_schedule_is_an_accessible_document_with_its_heading_on_each_page(client):
    for number in range(60):
        start = START + timedelta(hours=number)
        EventFactory(title=f"Żółte spotkanie {number}", starts_at=start, ends_at=start + timedelta(hours=2))
    EventFactory(title="*Gwiazdki* #i znaki", state=EventState.CANCELLED, cancel_reason="Choroba.")
    pdf = document(client, "/wydarzenia/2026/12.pdf")
    root = pdf.trailer["/Root"]
    assert pdf.metadata.title == "Harmonogram wydarzeń: grudzień 2026"
    assert root["/Lang"] == "pl"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert len(pdf.pages) > 2
    for page in pdf.pages:
        assert "Dzień Godziny Wydarzenie Miejsce Dla kogo" in words(page)
    whole = " ".join(map(words, pdf.pages))
    assert "61 wydarzeń" in whole
    assert "Żółte spotkanie 59" in whole
    assert "Odwołane. *Gwiazdki* #i znaki" in whole
    assert "3 grudnia, czwartek 9.00–14.00" in whole


def test_the_document_of_an_empty_month_says_so(client):
    assert "W czerwcu 2026 nie ma żadnych wydarzeń." in words(document(client, "/wydarzenia/2026/06.pdf").pages[0])


def test_characters_that_no_font_has_do_not_stop_the_document(client):
    EventFactory(
        title="Święto \N{PARTY POPPER}\N{CJK UNIFIED IDEOGRAPH-4E2D} \ufeffroku\x0b",
        place_name="\N{GRINNING FACE} Sala",
    )
    whole = words(document(client, "/wydarzenia/2026/12.pdf").pages[0])
    assert "Święto □□ roku" in whole
    assert "□ Sala" in whole


def picture(size=(2000, 1000), kind="JPEG"):
    content = io.BytesIO()
    image = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x010F] = "Aparat"
    image.save(content, kind, exif=exif)
    return SimpleUploadedFile("IMG_Anna_Nowak.jpg", content.getvalue())


def test_a_photo_is_drawn_anew_and_shown_with_its_words(client, media):
    event = EventFactory()
    photo = add_photo(event_id=event.pk, upload=picture(), words="Dwie osoby przy  stole.", now=NOW)
    assert photo.words == "Dwie osoby przy stole."
    page = client.get(event.get_absolute_url()).content.decode()
    name = photo.picture.name.rpartition("/")[2]
    assert "Anna" not in name
    small = f"/wydarzenia/zdjecia/{photo.pk}/{name.removesuffix('.webp')}-s.webp"
    assert f'<img src="{small}" width="480" height="240" alt="Dwie osoby przy stole."' in page
    for address, size in ((small, (480, 240)), (f"/wydarzenia/zdjecia/{photo.pk}/{name}", (1600, 800))):
        response = client.get(address)
        image = Image.open(io.BytesIO(response.content))
        assert (response["Content-Type"], image.format, image.size) == ("image/webp", "WEBP", size)
        assert not image.getexif()
    assert client.get(f"/wydarzenia/zdjecia/{photo.pk}/inne.webp").status_code == 404


@pytest.mark.parametrize(
    ("upload", "words", "field"),
    [
        (picture(), "  ", "words"),
        (picture(), "a" * 301, "words"),
        (SimpleUploadedFile("a.jpg", b"%PDF-1.7 nie zdjecie"), "Dwie osoby.", "picture"),
        (SimpleUploadedFile("a.jpg", b"x" * (10 * 1024 * 1024 + 1)), "Dwie osoby.", "picture"),
        (SimpleUploadedFile("a.jpg", b""), "Dwie osoby.", "picture"),
    ],
    ids=["no words", "too many words", "no picture", "too big", "empty"],
)
def test_a_photo_that_cannot_be_taken_leaves_nothing(media, upload, words, field):
    event = EventFactory()
    with pytest.raises(Refused) as refusal:
        add_photo(event_id=event.pk, upload=upload, words=words, now=NOW)
    assert refusal.value.field == field
    assert not EventPhoto.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_removed_photo_takes_its_files_along(media, at_once):
    photo = add_photo(event_id=EventFactory().pk, upload=picture(), words="Dwie osoby.", now=NOW)
    assert len([path for path in media.rglob("*.webp")]) == 2
    remove_photo(photo_id=photo.pk, now=NOW)
    remove_photo(photo_id=photo.pk, now=NOW)
    assert not [path for path in media.rglob("*.webp")]


def test_photos_of_a_draft_are_for_coordinators_only(client, coordinator):
    photo = add_photo(event_id=EventFactory(state=EventState.DRAFT).pk, upload=picture(), words="Dwie osoby.", now=NOW)
    address = f"/wydarzenia/zdjecia/{photo.pk}/{photo.picture.name.rpartition('/')[2]}"
    assert (client.get(address).status_code, coordinator.get(address).status_code) == (404, 200)


def material(event, **fields):
    return Material.objects.create(event=event, file=ContentFile(b"%PDF-1.7 tekst", "Lista Anny.pdf"), **fields)


def test_a_material_is_given_to_whom_it_is_meant(client, coordinator):
    event, draft = EventFactory(), EventFactory(state=EventState.DRAFT)
    public = material(event, title="Żółta prezentacja")
    private = material(event, title="Ćwiczenia", is_public=False, is_after=True)
    hidden = material(draft, title="Plan")
    response = client.get(f"/wydarzenia/materialy/{public.pk}/")
    assert b"".join(response.streaming_content) == b"%PDF-1.7 tekst"
    assert response["Content-Disposition"] == 'inline; filename="zolta-prezentacja.pdf"'
    for row in (private, hidden):
        assert client.get(f"/wydarzenia/materialy/{row.pk}/").status_code == 404
        allowed = coordinator.get(f"/wydarzenia/materialy/{row.pk}/")
        assert b"".join(allowed.streaming_content)
    page = client.get(event.get_absolute_url()).content.decode()
    assert f'<a href="/wydarzenia/materialy/{public.pk}/">Żółta prezentacja</a>' in page
    assert "Ćwiczenia" not in page
    assert "1 plik dostaną osoby z miejscem na wydarzeniu." in page


def test_whatever_is_no_pdf_is_never_opened_in_the_name_of_the_portal(client):
    row = material(EventFactory(), title="Arkusz", content_type="text/html")
    response = client.get(f"/wydarzenia/materialy/{row.pk}/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_a_material_whose_file_is_gone_is_not_found(client, media):
    row = material(EventFactory(), title="Arkusz")
    (media / row.file.name).unlink()
    assert client.get(f"/wydarzenia/materialy/{row.pk}/").status_code == 404


def test_the_signs_of_the_funds_stand_on_the_page_with_words(client):
    edition = EditionFactory()
    logo = EditionLogo.objects.create(
        edition=edition, picture=ContentFile(b"<svg/>", "ue.svg"), words="Flaga Unii Europejskiej"
    )
    page = client.get(EventFactory(edition=edition).get_absolute_url()).content.decode()
    assert f'<img src="/wydarzenia/znaki/{logo.pk}/" alt="Flaga Unii Europejskiej"' in page
    response = client.get(f"/wydarzenia/znaki/{logo.pk}/")
    assert (response["Content-Type"], response.content) == ("image/svg+xml", b"<svg/>")
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_demo_has_a_calendar_with_every_case_and_the_real_events(client):
    seed_calendar(seed=7, now=NOW)
    real = Event.objects.exclude(source_url="")
    assert (real.count(), set(real.values_list("state", flat=True))) == (32, {EventState.HELD})
    assert "Dni Ekonomii Społecznej" in client.get("/wydarzenia/2019/11/").content.decode()
    invented = Event.objects.filter(source_url="")
    assert {EventState.PUBLISHED, EventState.MOVED, EventState.CANCELLED, EventState.HELD} == set(
        invented.values_list("state", flat=True)
    )
    full = Event.objects.get(title="Marketing bez budżetu")
    assert (full.taken, full.capacity, full.registrations.in_reserve().count()) == (12, 12, 3)
    assert set(Registration.objects.values_list("email", flat=True)) == {f"osoba{n}@example.pl" for n in range(1, 16)}
    night = Event.objects.get(title="Noc otwartych pracowni").days.get()
    assert night.ends_at.date() > night.starts_at.date()
    edition = Edition.objects.get()
    assert {text.kind for text in edition.texts.valid_on(NOW.date())} == set(TextKind.values)
    assert {form.kind for form in edition.forms.valid_on(NOW.date())} == set(FormKind.values)
    assert not Event.objects.filter(ics="").exists()


def test_the_demo_repeated_changes_nothing_and_the_same_seed_gives_the_same_rows():
    def rows():
        return list(Event.objects.order_by("slug").values_list("slug", "uid", "title", "starts_at", "capacity"))

    assert seed_events(count=30, seed=7, now=NOW) > 50
    first = rows()
    assert seed_events(count=30, seed=7, now=NOW + timedelta(hours=1)) == 0
    assert rows() == first
    Registration.objects.all().delete()
    Event.objects.all().delete()
    seed_events(count=30, seed=7, now=NOW)
    assert rows() == first


def test_old_notes_of_changes_are_forgotten_and_the_newest_stay():
    CalendarChange.objects.bulk_create(CalendarChange() for _ in range(KEPT + 50))
    newest = CalendarChange.objects.latest("pk").pk
    forget_changes()
    assert CalendarChange.objects.filter(pk=newest).exists()
    assert CalendarChange.objects.count() == KEPT


def test_the_search_column_is_made_of_lemmas(client):
    event = EventFactory(title="Wycena usług", starts_at=START, ends_at=END)
    refresh(event_ids=[event.pk], now=NOW)
    assert "Wycena usług" in client.get("/wydarzenia/?q=wycenę+usługi").content.decode().replace("<mark>", "").replace(
        "</mark>", ""
    )
