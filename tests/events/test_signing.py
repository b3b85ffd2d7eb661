"""The form on paper: the PDF that is signed, and what comes back."""

import io
import zipfile

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from core.signed_files import ASICE, CMS, JPEG, MAX_BYTES, PDF, XML
from events.models import EditionLogo, Paper
from tests.events.enrolling import PDF_SCAN, address, edition, letters, photo, scan, submitted, to_sign

pytestmark = pytest.mark.django_db
XADES = b'<?xml version="1.0"?><a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>'
SIGNED_DATA = b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x00"


def container():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("mimetype", ASICE)
        archive.writestr("META-INF/signatures001.xml", XADES)
    return kept.getvalue()


def send(client, enrolment, *files):
    return client.post(address(enrolment, "enrolment_state"), {"files": list(files)})


def kept(paper):
    with paper.file.open() as file:
        return file.read()


def alternatives(element):
    """The words in place of pictures, of an element of the structure tree and all below it."""
    element = element.get_object()
    if isinstance(element, list):
        return [words for one in element for words in alternatives(one)]
    if not isinstance(element, dict):
        return []
    below = alternatives(element["/K"]) if "/K" in element else []
    return [str(element["/Alt"]), *below] if "/Alt" in element else below


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_pdf_says_everything_is_tagged_and_can_be_read_aloud(client):
    one = edition()
    logo = EditionLogo(edition=one, words="Znak Unii Europejskiej")
    logo.picture.save("ue.png", photo("ue.png", (300, 100), "PNG"))
    enrolment = to_sign(client, one)
    content = client.get(address(enrolment, "enrolment_pdf")).content
    text = text_of(content)
    for words in (
        "Fundacja Zielony Próg", "podmiot ekonomii społecznej", "FEDS.07.05-IP.02-0001/26",
        "Projekt współfinansowany ze środków Unii Europejskiej", "Maria Przykładowa", "prezeska zarządu",
        "Ola Kowalska", "pracownik", "Jan Przykładowy", "Dane są prawdziwe.", "wersja 1, obowiązuje od",
        "Gdzie działacie?", "Wrocław", "podpis", "miejscowość i data",
    ):  # fmt: skip
        assert words in text.replace("\N{NO-BREAK SPACE}", " "), words
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata.title == "Formularz zgłoszeniowy: Fundacja Zielony Próg"
    assert reader.trailer["/Root"]["/Lang"].startswith("pl")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Znak Unii Europejskiej" in alternatives(reader.trailer["/Root"]["/StructTreeRoot"])
    page = pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("L")
    assert page.size == (596, 842)
    assert sum(page.histogram()[:128]) > 3000


def test_three_hundred_people_stand_on_the_pdf_under_repeated_headings(client):
    enrolment = to_sign(client)
    client.post(
        address(enrolment, "enrolment_people"),
        {"lines": "\n".join(f"Osoba{n} Nazwiskowa; pracownik; o{n}@example.pl; 601 202 303" for n in range(299))},
    )
    client.post(address(enrolment, "enrolment_summary"))
    content = client.get(address(enrolment, "enrolment_pdf")).content
    text = text_of(content)
    assert "Osoby delegowane (300)" in text
    assert "Osoba298 Nazwiskowa" in text
    assert text.count("Imię i nazwisko Rola Stanowisko") >= 5


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("skan.pdf", PDF_SCAN, PDF),
        ("skan.jpg", PDF_SCAN, PDF),  # whatever its name says
        ("formularz.asice", container(), ASICE),
        ("formularz.xml", b"\xef\xbb\xbf" + XADES, XML),
        ("formularz.pdf.sig", SIGNED_DATA, CMS),
    ],
)
def test_a_scan_or_a_signed_file_is_known_by_its_content(client, name, content, kind):
    enrolment = to_sign(client)
    assert send(client, enrolment, SimpleUploadedFile(name, content)).status_code == 302
    [paper] = Paper.objects.all()
    assert (paper.content_type, kept(paper), name in paper.file.name) == (kind, content, False)
    enrolment.refresh_from_db()
    assert enrolment.state == "do-sprawdzenia"


def test_photos_of_pages_are_made_small_and_stand_in_order(client):
    enrolment = to_sign(client)
    send(client, enrolment, photo("strona10.jpg"), photo("strona9.png", (2500, 100), "PNG"), photo("Strona1.jpg"))
    papers = list(Paper.objects.order_by("page"))
    assert [(one.page, one.content_type) for one in papers] == [(1, JPEG), (2, JPEG), (3, JPEG)]
    assert [Image.open(io.BytesIO(kept(one))).size for one in papers] == [(1800, 2400), (2400, 96), (1800, 2400)]
    assert len({one.sending for one in papers}) == 1


def test_a_photo_is_kept_without_the_place_where_it_was_taken(client):
    enrolment = to_sign(client)
    drawn, place = io.BytesIO(), Image.Exif()
    place[0x010F] = "Aparat"
    place.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (100, 50), "white").save(drawn, "JPEG", exif=place)
    send(client, enrolment, SimpleUploadedFile("a.jpg", drawn.getvalue()))
    assert dict(Image.open(io.BytesIO(kept(Paper.objects.get()))).getexif()) == {}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("skan.pdf", b"MZ\x90\x00 to jest program", "nie jest tym, na co wygląda"),
        ("skan.pdf", b"%PDF-1.7 urwany", "nie jest tym, na co wygląda"),
        ("zdjecie.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100, "nie jest tym, na co wygląda"),
        ("a.asice", b"PK\x03\x04 nie zip", "nie jest tym, na co wygląda"),
        ("strona.html", b"<html><script>alert(1)</script></html>", "nie jest tym, na co wygląda"),
        ("pusty.pdf", b"", "pust"),
    ],
)
def test_a_file_that_is_not_what_it_says_gets_a_sentence_beside_the_field(client, settings, name, content, words):
    enrolment = to_sign(client)
    answer = send(client, enrolment, SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    [said] = answer.context["form"].errors["files"]
    assert words in said
    enrolment.refresh_from_db()
    assert (enrolment.state, Paper.objects.count()) == ("do-podpisu", 0)
    assert list(settings.MEDIA_ROOT.rglob("strona*")) == []


def test_a_scan_of_40_mb_gets_a_sentence_that_says_what_to_do(client):
    enrolment = to_sign(client)
    answer = send(client, enrolment, scan("wielki.pdf", PDF_SCAN + b"\0" * (40 * 1024 * 1024)))
    assert answer.status_code == 422
    [said] = answer.context["form"].errors["files"]
    assert said.startswith("Plik „wielki.pdf” ma 41 MB, a może mieć najwyżej 25 MB. Zeskanuj strony w niższej")
    assert MAX_BYTES == 25 * 1024 * 1024


def test_one_bad_page_among_good_ones_keeps_none(client, settings):
    enrolment = to_sign(client)
    assert send(client, enrolment, photo("1.jpg"), scan("2.pdf", b"nic")).status_code == 422
    assert Paper.objects.count() == 0
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_sending_without_a_file_is_said(client):
    enrolment = to_sign(client)
    answer = client.post(address(enrolment, "enrolment_state"), {})
    assert answer.context["form"].errors["files"] == ["Wybierz plik albo zdjęcia stron."]


def test_sending_twice_is_one_sending_and_one_letter(client):
    enrolment = submitted(client)
    assert send(client, enrolment, scan()).status_code == 302
    assert (Paper.objects.count(), len(letters("enrolment_submitted"))) == (1, 2)  # two addresses


def test_a_page_is_shown_to_its_own_institution_and_to_no_other(client):
    enrolment, other = submitted(client), to_sign(client)
    paper = Paper.objects.get()
    answer = client.get(address(enrolment, "enrolment_paper", paper.pk))
    assert b"".join(answer.streaming_content) == PDF_SCAN
    for closable in answer._resource_closers:
        closable()
    assert client.get(address(other, "enrolment_paper", paper.pk)).status_code == 404
