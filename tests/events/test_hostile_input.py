"""What nobody types by accident, in every field of every page of events: never a 5xx."""

import io
import zipfile
from html.parser import HTMLParser

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.choices import Role
from core import links
from core.exceptions import Refused
from core.signed_files import taken
from events import steps
from events.choices import EventState
from events.coordination.uploads import material_type
from events.meetings import read
from events.models import EventQuestion, FormQuestion, Registration
from registry.use_cases.pictures import drawn_anew
from tests.accounts.factories import account
from tests.events.enrolling import accepted, draft, edition
from tests.events.factories import NOW, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
WORDS = {
    "nul": "a\0b",
    "long": "Ż" * 10_000,
    "digits": "9" * 5_000,
    "superscript": "²",
    "emoji": "👩‍👩‍👧 \u202eabc\u202c",
    "last day": "9999-12-31",
    "formula": '=cmd|" /C calc"!A0',
    "nothing": "",
}
ANSWERS = ["text", "long_text", "choice", "several", "yes_no", "date", "file", "declaration"]


def archive(name, version=20):
    """A ZIP whose directory lies about itself."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, "x")
    content = bytearray(file.getvalue())
    place = content.rindex(b"PK\x01\x02")
    content[place + 6] = version
    return bytes(content)


FILES = {
    "empty": b"",
    "not a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "half a picture": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "not a PDF": b"%PDF-1.7 <script>alert(1)</script>",
    "zip of another version": archive("META-INF/signatures.xml", version=99),
    "zip whose names are no text": archive("META-INF/\xb3\xb3.xml").replace("³³".encode(), b"\xff\xfe\xff\xfe"),
    "half a zip": archive("META-INF/signatures.xml")[:-8],
    "csv": b"Name,Email,Duration\r\n" + b'"' * 2000,
    "csv with a long cell": b"Name,Duration\n" + b"a" * 200_000 + b",5\n",
}


class Forms(HTMLParser):
    """The forms of a page: [(action, {name of a field: its type}, [(name, value) of its buttons])]."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.found.append((given.get("action") or "", {}, []))
        elif tag == "button" and given.get("name") and self.found:
            self.found[-1][2].append((given["name"], given.get("value", "")))
        elif tag in ("input", "select", "textarea") and given.get("name") and self.found:
            self.found[-1][1][given["name"]] = given.get("type") or tag


def forms_of(html):
    parser = Forms()
    parser.feed(html)
    return parser.found


@pytest.fixture(autouse=True)
def _quiet(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STAFF_SECOND_FACTOR = tmp_path, "optional"
    settings.SIGNUPS_PER_HOUR = 100_000
    with time_machine.travel(NOW, tick=False):
        yield


def ask_everything(owner, model, **more):
    for number, answer in enumerate(ANSWERS):
        choices = ["a", "b"] if answer in ("choice", "several") else []
        name = next(field.name for field in model._meta.fields if isinstance(owner, field.related_model or ()))
        model.objects.create(
            **{name: owner}, code=f"q{number}", label="Pytanie", answer=answer, choices=choices, **more
        )


def addresses():
    """{address: whether a coordinator opens it}."""
    fields = ["pesel", "data_urodzenia", "plec", "wyksztalcenie", "rynek_pracy", "adres", "telefon"]
    one = edition(slug="edycja", person_fields=fields)
    ask_everything(one.forms.get(kind="osoba"), FormQuestion)
    ask_everything(one.forms.get(kind="instytucja"), FormQuestion)
    mine, taken_in = draft(one), accepted(one)
    person = taken_in.delegations.get().participant
    opened = EventFactory(slug="otwarte", attendance="hybrydowo", online_url="https://x.example/", asks_diet=True)
    ask_everything(opened, EventQuestion)
    project = EventFactory(slug="projektowe", edition=one)
    ask_everything(project, EventQuestion)
    held = EventFactory(slug="odbyte", edition=one, state=EventState.HELD)
    sign_up = RegistrationFactory(event=opened)
    of_project = RegistrationFactory(event=held, participant=person, enrolment=taken_in)
    waiting = RegistrationFactory(event=project, participant=person, enrolment=taken_in, state="rezerwa")
    columns = dict.fromkeys(steps.COLUMNS[steps.ADDRESS], "")
    changes = {"old": columns, "new": columns | {"town": "Oława"}}
    update = taken_in.updates.create(kind="adres", effective_on=NOW.date(), sent_at=NOW, changes=changes)
    token = {name: links.token(*of) for name, of in {
        "draft": ("enrolment", mine), "accepted": ("enrolment", taken_in), "person": ("participant", person),
        "sign_up": ("registration", sign_up), "check": ("check-in", of_project),
    }.items()}  # fmt: skip
    visitor = [
        ("enrolment_start", "edycja"), ("signup", "otwarte"), ("signup", "projektowe"),
        *(("enrolment_step", token["draft"], step) for step in ("instytucja", "adres", "kontakt", "pytania")),
        ("enrolment_signatories", token["draft"]), ("enrolment_people", token["draft"]),
        ("enrolment_summary", token["draft"]), ("enrolment_state", token["accepted"]),
        ("people_update", token["accepted"]), ("address_update", token["accepted"]),
        ("participation", token["person"]), ("own_registration", token["sign_up"]), ("own_change", token["sign_up"]),
    ]  # fmt: skip
    office = [
        ("desk_home",), ("desk", "projektowe"), ("desk_person", "projektowe", waiting.pk),
        ("desk_step", "projektowe", "move"), ("desk_step", "projektowe", "cancel"), ("desk_copy", "projektowe"),
        ("desk_needs", "projektowe"), ("desk_adding", "projektowe"), ("desk_adding", "otwarte"),
        ("desk_pasting", "projektowe"), ("desk_pasting", "otwarte"), ("desk_message", "otwarte"),
        ("close_edition", "edycja"), ("review_queue",), ("review", taken_in.pk), ("update_review", update.pk),
        ("check_in", "odbyte"), ("walk_in", "odbyte"), ("let_in", "odbyte", of_project.pk),
        ("check_in_by_code", token["check"]), ("attendance_list", "odbyte"), ("attendance_scans", "odbyte"),
        ("meeting_file", "odbyte"), ("certificates", "odbyte"), ("event_missing", "odbyte"),
        ("edition_missing", "edycja"), ("settling", "odbyte"), ("event_counts",), ("funding_export", "edycja"),
        ("text_preview", one.texts.first().pk), ("form_preview", one.forms.first().pk),
    ]  # fmt: skip
    roster = reverse("events:signup", args=["projektowe"]) + f"?zgloszenie={token['accepted']}"
    asked = {reverse(f"events:{name}", args=args): False for name, *args in visitor} | {roster: False}
    return asked | {reverse(f"events:{name}", args=args): True for name, *args in office}


def clients():
    office = Client(raise_request_exception=False)
    office.force_login(account(Role.COORDINATOR), settings.AUTHENTICATION_BACKENDS[0])
    return {True: office, False: Client(raise_request_exception=False)}


def drawn(client, address):
    cache.clear()
    return forms_of(client.get(address).text)


def sent(client, address, data):
    cache.clear()
    answer = client.post(address, data)
    for close in getattr(answer, "_resource_closers", []):
        close()
    return answer.status_code


@pytest.mark.parametrize("kind", WORDS)
def test_no_words_in_any_field_break_a_page(kind):
    who, word, broken = clients(), WORDS[kind], []
    for address, is_office in addresses().items():
        client = who[is_office]
        for action, fields, buttons in drawn(client, address):
            data = {name: word for name, type_ in fields.items() if type_ != "file"}
            goes = action if action.startswith("/") else address
            for button in dict(buttons).items() or [()]:
                status = sent(client, goes, data | dict([button] if button else []))
                broken += [(goes, button, status)] if status >= 500 else []
    assert broken == []


@pytest.mark.parametrize("kind", WORDS)
def test_no_words_in_any_address_break_a_page(kind):
    who, broken = clients(), []
    names = ("q", "stan", "page", "dzien", "kto", "from", "to", "powiat", "edition", "wedlug", "kategoria", "kanal",
             "zgloszenie", "instytucja", "sposob", "czyje", "kind", "audience", "online")  # fmt: skip
    more = [reverse(f"events:{name}") for name in ("event_list", "calendar_file", "event_feed", "own_signups")]
    more.append(reverse("events:event_export", args=["csv"]))
    for address, is_office in (addresses() | dict.fromkeys(more, True)).items():
        for asked in ({"q": WORDS[kind]}, {"to": WORDS[kind]}, dict.fromkeys(names, WORDS[kind])):
            answer = who[is_office].get(address.partition("?")[0], asked)
            broken += [(address, answer.status_code)] if answer.status_code >= 500 else []
    assert broken == []


@pytest.mark.parametrize("kind", FILES)
def test_no_file_breaks_a_page(kind):
    who, broken = clients(), []
    for address, is_office in addresses().items():
        client = who[is_office]
        for _, fields, _ in drawn(client, address):
            names = [name for name, type_ in fields.items() if type_ == "file"]
            if not names:
                continue
            files = {name: SimpleUploadedFile("../..\\a\u202e.pdf", FILES[kind]) for name in names}
            status = sent(client, address, files | {"krok": "zapisz", "least": "1", "dzien": "x"})
            broken += [(address, status)] if status >= 500 else []
    assert broken == []


# what the walk above does not come to, because another field of the form is wrong too


@pytest.fixture
def office(client):
    client.force_login(account(Role.COORDINATOR), settings.AUTHENTICATION_BACKENDS[0])
    return client


def desk(event, page):
    return f"/panel/wydarzenia/{event.slug}/{page}/"


def test_a_reason_with_a_nul_is_kept_without_it(office):
    one = RegistrationFactory()
    assert office.post(desk(one.event, f"osoba/{one.pk}"), {"krok": "reject", "powod": "a\0b"}).status_code == 302
    assert one.steps.get().note == "a b"


@pytest.mark.parametrize("number", ["²", "9" * 5_000, "-1", "١"])
def test_a_person_of_no_number_is_not_on_the_list(office, number):
    event = EventFactory(edition=edition())
    answer = office.post(desk(event, "dopisz"), {"q": "ola", "dla": "ola", "osoba": number})
    assert (answer.status_code, answer.context["refused"]) == (422, "Wybierz osobę z listy pod polem.")


def test_words_with_a_nul_find_nobody(office):
    event = EventFactory(edition=edition())
    assert office.post(desk(event, "dopisz"), {"q": "o\0la", "dla": "x", "osoba": "1"}).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_outside_of_the_calendar_is_a_mistake_beside_its_field(office, day):
    event = EventFactory()
    assert office.get("/panel/statystyki-wydarzen/", {"to": day}).context["form"].errors == {
        "to": ["Rok musi być między 1990 a 2099."]
    }
    copied = office.post(desk(event, "kopiuj"), {"starts_on": day})
    assert (copied.status_code, copied.context["form"].errors) == (
        422, {"__all__": ["Rok musi być między 1990 a 2099."]},
    )  # fmt: skip
    formset = {"dni-TOTAL_FORMS": "1", "dni-INITIAL_FORMS": "0", "dni-0-is_all_day": "on", "dni-0-day": day}
    assert office.post(desk(event, "krok/move"), formset).status_code == 422
    whole_years = formset | {"dni-0-day": "2027-01-01", "dni-0-last_day": day}
    assert office.post(desk(event, "krok/move"), whole_years).status_code == 422


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


def test_a_form_pressed_twice_keeps_one_file(client, tmp_path):
    event = EventFactory()
    EventQuestion.objects.create(event=event, code="plik", label="Oświadczenie", answer="file")
    who = {"first_name": "Ewa", "last_name": "Nowak", "email": "ewa@example.pl", "klucz": "k" * 16}
    for _ in range(2):
        assert client.post(f"/wydarzenia/{event.slug}/zapisy/", with_file(**who)).status_code == 302
    assert len(stored(tmp_path)) == 1
    assert event.registrations.get().answers["plik"].endswith(stored(tmp_path)[0])


def test_an_institution_that_is_stopped_leaves_no_file_behind(client, settings, tmp_path):
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
    assert len(stored(tmp_path)) == 1
