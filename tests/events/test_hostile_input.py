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

from accounts.choices import Role
from core import links
from events.choices import EventState
from events.enrolment import steps
from events.models import EventQuestion, FormQuestion
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
def _quiet(settings):
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
    # A server reads 8 kB of an address.
    who, broken, text = clients(), [], WORDS[kind][:1_300]
    names = ("q", "stan", "page", "dzien", "kto", "from", "to", "powiat", "edition", "wedlug", "kategoria", "kanal",
             "zgloszenie", "instytucja", "sposob", "czyje", "kind", "audience", "online")  # fmt: skip
    more = [reverse(f"events:{name}") for name in ("event_list", "calendar_file", "event_feed", "own_signups")]
    more.append(reverse("events:event_export", args=["csv"]))
    for address, is_office in (addresses() | dict.fromkeys(more, True)).items():
        for asked in ({"q": text}, {"to": text}, dict.fromkeys(names, text)):
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
