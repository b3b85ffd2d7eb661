"""Every upload is shown to the scanner before it is kept; without an answer nothing is kept."""

import io
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.choices import Role
from config import env
from core import scanning
from core.files.named import file_fields
from events.forms.fields import FilesField
from quality_mark.models import Paper, RequiredPaper, Rulebook
from tests.accounts.factories import account
from tests.core.clamd import EICAR, speaking
from tests.quality_mark.factories import ApplicationFactory, RulebookFactory
from tests.quality_mark.office import applicant_of

CLEAN = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF"


def upload(content, name="plik.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def packed(name, content, kind=""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind:
            archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return file.getvalue()


IN_PDF = b"%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n" + zlib.compress(EICAR) + b"\nendstream\nendobj\n%%EOF"
APPS = "core accounts notifications registry events procurement quality_mark".split()
INFECTED = {
    "bare": EICAR,
    "zip": packed("eicar.com", EICAR),
    "zip in zip": packed("a.zip", packed("eicar.com", EICAR)),
    "docx": packed("word/embeddings/oleObject1.bin", EICAR, kind="docx"),
    "pdf": IN_PDF,
}


class Form(forms.Form):
    file = forms.FileField()
    several = FilesField(required=False)
    picture = forms.ImageField(required=False)


def form_with(**files):
    return Form({}, {"file": upload(CLEAN), **files})


@pytest.fixture
def scanner(settings):
    settings.CLAMD_TIMEOUT = 5
    with speaking() as (address, seen):
        settings.CLAMD_URL = address
        yield seen


def test_a_clean_file_passes_whole_and_can_be_read_again(scanner):
    content = CLEAN + bytes(range(256)) * 5000
    form = form_with(file=upload(content))
    assert form.is_valid()
    assert scanner == [content]
    assert form.cleaned_data["file"].read() == content


@pytest.mark.parametrize("content", INFECTED.values(), ids=INFECTED.keys())
def test_an_infected_file_is_refused_beside_the_field_and_logged_without_itself(scanner, content, caplog):
    form = form_with(file=upload(content, "Nowak.pdf"))
    assert form.errors == {"file": [scanning.INFECTED]}
    assert "Eicar-Test" in caplog.text
    assert "Nowak" not in caplog.text
    assert "X5O" not in caplog.text


def test_a_picture_that_carries_something_is_refused_beside_its_field(scanner):
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "JPEG")
    form = form_with(picture=upload(drawn.getvalue() + EICAR, "zdjecie.jpg"))
    assert form.errors == {"picture": [scanning.INFECTED]}
    assert form_with(picture=upload(drawn.getvalue(), "zdjecie.jpg")).is_valid()


def test_each_of_several_files_is_shown(scanner):
    form = form_with(several=[upload(CLEAN), upload(EICAR)])
    assert form.errors == {"several": [scanning.INFECTED]}
    assert len(scanner) == 3


def test_without_a_scanner_files_are_kept_and_administrators_are_told(settings):
    settings.CLAMD_URL = ""
    assert form_with(file=upload(IN_PDF)).is_valid()
    assert "CLAMD_URL jest puste" in scanning.standing()


@pytest.mark.parametrize(
    "how",
    [
        {"dies_after": 10},
        {"answer": b"stream: Eicar-Te"},
        {"answer": b"\n"},
        {"answer": b"stream: maybe\n"},
        {"answer": b"\xff\xfe\n"},
        {"answer": b"stream: Can't allocate memory ERROR\n"},
        {"answer": b"INSTREAM size limit exceeded. ERROR\n"},
        {"is_silent": True},
    ],
    ids=[
        "killed",
        "killed in mid-answer",
        "silent",
        "half a sentence",
        "nonsense",
        "out of memory",
        "told to take less",
        "slow",
    ],
)
def test_a_file_that_nobody_could_look_at_is_refused_politely(settings, how, caplog):
    settings.CLAMD_TIMEOUT = 0.5
    with speaking(**how) as (address, _):
        settings.CLAMD_URL = address
        form = form_with(file=upload(CLEAN * 100_000))
        assert form.errors == {"file": [scanning.AWAY]}
    assert "did not answer" in caplog.text


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.sock"])
def test_a_scanner_that_is_not_there_keeps_files_out_and_says_so(settings, address):
    settings.CLAMD_URL, settings.CLAMD_TIMEOUT = address, 1
    with pytest.raises(ValidationError, match="Spróbuj ponownie za chwilę"):
        scanning.refuse_infected(upload(CLEAN))
    assert "nie odpowiada" in scanning.standing()


def test_what_the_scanner_calls_the_file_does_not_matter(settings):
    settings.CLAMD_TIMEOUT = 5
    with speaking(answer=b"instream(local): Eicar-Test FOUND\n") as (address, _):
        settings.CLAMD_URL = address
        assert form_with().errors == {"file": [scanning.INFECTED]}


def test_a_scanner_behind_a_file_socket(settings, tmp_path):
    settings.CLAMD_TIMEOUT = 5
    with speaking(tmp_path / "clamd.sock") as (address, seen):
        settings.CLAMD_URL = address
        assert form_with(file=upload(EICAR)).errors == {"file": [scanning.INFECTED]}
        assert scanning.standing() == ""
        assert seen[0] == EICAR


def test_what_no_scanner_takes_is_refused_without_asking(scanner, monkeypatch):
    monkeypatch.setattr(scanning, "MOST_MEGABYTES", 0)
    assert form_with().errors == {"file": [scanning.TOO_LARGE]}
    assert scanner == []


@pytest.mark.parametrize("address", ["http://clamav", "tcp://clamav", "unix://clamd.sock", "clamav:3310"])
def test_an_odd_address_of_a_scanner_stops_the_start(monkeypatch, address):
    monkeypatch.setenv("CLAMD_URL", address)
    with pytest.raises(ImproperlyConfigured):
        env.socket_address("CLAMD_URL")


def test_known_addresses_of_a_scanner(monkeypatch):
    for address in ("unix:///run/clamav/clamd.sock", "tcp://clamav:3310", ""):
        monkeypatch.setenv("CLAMD_URL", address)
        assert env.socket_address("CLAMD_URL") == address


def all_of(kind):
    for one in kind.__subclasses__():
        yield one
        yield from all_of(one)


@pytest.mark.django_db
def test_no_form_of_the_portal_has_a_file_field_that_is_not_scanned(coordinator):
    coordinator.get("/admin/")  # all urls, and with them all forms
    own = [form for form in all_of(forms.BaseForm) if not form.__module__.startswith(("django.", "tests."))]
    fields = [(form, one) for form in own for one in form.base_fields.values() if isinstance(one, forms.FileField)]
    assert len(fields) >= 10
    assert [form for form, one in fields if scanning.refuse_infected not in one.validators] == []


def test_file_fields_that_the_admin_makes_of_models_are_scanned():
    fields = [field for model in apps.get_models() for field in file_fields(model)]
    assert [field for field in fields if scanning.refuse_infected not in field.formfield().validators] == []


def test_no_code_takes_an_upload_past_a_form():
    root = Path(scanning.__file__).parent.parent
    code = [path for app in APPS for path in (root / app).rglob("*.py")]
    assert len(code) > 500
    assert [
        path for path in code if re.search(r"request\.FILES(\[|\.get|\.items|\.values)", path.read_text("utf-8"))
    ] == []


@pytest.mark.django_db
def test_a_paper_of_an_application_with_a_virus_is_refused_and_nothing_is_kept(client, scanner):
    draft = RulebookFactory(announced=False)
    RequiredPaper.objects.create(rulebook=draft, code="wyciag", title="Wyciąg z rejestru")
    Rulebook.objects.update(published_at=timezone.now())
    case = ApplicationFactory(rulebook=draft)
    client.force_login(applicant_of(case))
    sent = {"dodaj": "wyciag", "wyciag-files": [upload(CLEAN), upload(IN_PDF)]}
    response = client.post(reverse("quality_mark:papers", args=[case.pk]), sent)
    assert response.status_code == 422
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_a_register_in_the_admin_with_a_virus_is_refused_beside_its_field(client, scanner):
    client.force_login(account(Role.COORDINATOR))
    sent = {"file": upload(b"nazwa;nip\n" + EICAR, "rejestr.csv"), "new_source": "Wykaz"}
    response = client.post(reverse("admin:registry_importrun_add"), sent)
    assert scanning.INFECTED in response.content.decode()


@pytest.mark.django_db
def test_administrators_see_on_their_first_page_whether_files_are_scanned(client, settings, scanner):
    client.force_login(account(Role.ADMINISTRATOR))
    assert "CLAMD_URL" not in client.get("/admin/").content.decode()
    settings.CLAMD_URL = ""
    assert "CLAMD_URL" in client.get("/admin/").content.decode()
    settings.PRIVACY_APPROVED_ON = None
    assert "PRIVACY_APPROVED_ON" in client.get("/admin/").content.decode()
    client.force_login(account(Role.COORDINATOR))
    assert "CLAMD_URL" not in client.get("/admin/").content.decode()
