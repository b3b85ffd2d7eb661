"""Documents of a notice are what they are inside, whatever their name says."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from core.exceptions import Refused
from procurement.choices import NoticeState
from procurement.models import NoticeDocument
from procurement.notices import files
from procurement.use_cases.notices.documents import add_document, drop_document
from tests.procurement.factories import NoticeFactory
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in names.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def open_xml(folder, **more):
    return packed(**{"[Content_Types].xml": "<Types/>", f"{folder}document.xml": "<x/>"} | more)


def open_document(kind):
    return packed(mimetype=f"application/vnd.oasis.opendocument.{kind}")


def stream(name):
    return OLE + bytes(512) + name.encode("utf-16-le")


def upload(content, name="a.pdf"):
    return SimpleUploadedFile(name, content)


def add(notice, content=None, **given):
    document = upload(content) if content is not None else None
    return add_document(notice_id=notice.pk, upload=document, actor=None, now=NOW, **{"title": "Opis"} | given)


@pytest.fixture
def notice():
    return NoticeFactory(state=NoticeState.DRAFT)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"%PDF-1.7\n%%EOF", "pdf"),
        (b"{\\rtf1 a}", "rtf"),
        (open_xml("word/"), "docx"),
        (open_xml("xl/"), "xlsx"),
        (open_xml("ppt/"), "pptx"),
        (open_document("text"), "odt"),
        (open_document("spreadsheet"), "ods"),
        (open_document("presentation"), "odp"),
        (stream("WordDocument"), "doc"),
        (stream("Workbook"), "xls"),
        (stream("PowerPoint Document"), "ppt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_known_kinds_are_told_by_content(notice, content, suffix):
    document = add(notice, content, title="")
    assert document.file.name.endswith(f".{suffix}")
    assert document.title == "a"
    with default_storage.open(document.file.name) as stored:
        assert stored.read() == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "pusty"),
        (b"<html><script>alert(1)</script>", "nie jest PDF"),
        (b"MZ\x90\x00", "nie jest PDF"),
        (b"PK\x03\x04 cut off", "nie jest PDF"),
        (packed(readme="x"), "nie jest PDF"),
        (open_xml("other/"), "nie jest PDF"),
        (OLE + bytes(600), "nie jest PDF"),
        (open_xml("word/", **{"word/vbaProject.bin": "x"}), "makra"),
        (stream("Workbook") + "_VBA_PROJECT".encode("utf-16-le"), "makra"),
        (packed(mimetype="application/vnd.oasis.opendocument.text", **{"Basic/Standard/Module1.xml": "x"}), "makra"),
    ],
    ids=range(10),
)
def test_anything_else_is_refused_and_leaves_no_file(notice, media, content, why):
    with pytest.raises(Refused, match=why) as refusal:
        add(notice, content)
    assert refusal.value.field == "file"
    assert not NoticeDocument.objects.exists()
    assert not media.exists()


def test_a_file_has_a_limit(notice, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 20)
    assert add(notice, b"%PDF-" + bytes(15))
    with pytest.raises(Refused, match="25 MB"):
        add(notice, b"%PDF-" + bytes(16))


@pytest.mark.parametrize("given", [{}, {"content": b"%PDF-1.7", "url": "https://example.pl"}])
def test_a_file_or_a_link_and_not_both(notice, given):
    with pytest.raises(Refused, match="jedno z dwojga"):
        add(notice, **given)


def test_a_link_needs_a_name(notice):
    with pytest.raises(Refused, match="Nazwij"):
        add(notice, url="https://example.pl", title=" ")


def test_a_correction_without_a_reason_leaves_no_file(media):
    notice = NoticeFactory()
    with pytest.raises(Refused, match="dlaczego"):
        add(notice, b"%PDF-1.7")
    assert not NoticeDocument.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_file_goes_with_its_row_and_a_second_time_does_no_harm(notice, at_once):
    document = add(notice, b"%PDF-1.7")
    for _ in range(2):
        drop_document(notice_id=notice.pk, document_id=document.pk, actor=None, now=NOW)
    assert not default_storage.exists(document.file.name)


def test_a_document_of_another_notice_stays(notice):
    others = add(NoticeFactory(state=NoticeState.DRAFT), b"%PDF-1.7")
    drop_document(notice_id=notice.pk, document_id=others.pk, actor=None, now=NOW)
    assert NoticeDocument.objects.filter(pk=others.pk).exists()
