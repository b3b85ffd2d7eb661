"""An application is signed by a typed declaration where the rules take one, by a scan, or by a file of a signature."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from core.exceptions import Refused
from core.weaving import seen_of
from quality_mark.choices import ApplicationState, SignedBy
from quality_mark.models import Application, Intake, Rulebook
from quality_mark.use_cases import applying, papers
from registry.models import OrganisationKind
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.quality_mark.office import address, applicant_of, signed_in
from tests.registry.factories import OfferFactory

pytestmark = pytest.mark.django_db
COMPLETE = {
    "oferta": {"product": "Obiady", "quality": "Smak"},
    "cel": {"aim": "Praca", "groups": [], "results": "Pięć osób"},
    "przychody": {"year1": "2025", "total1": "1000", "own1": "500"},
    "ankieta": {},
    "oswiadczenia": {"true": "on", "rules_known": "on", "may_sign": "on"},
}


def photo():
    drawn = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(drawn, "JPEG")
    return drawn.getvalue()


CMS = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\0" * 40
SIGNED_PDF = b"%PDF-1.7\n1 0 obj<</ByteRange [0 1 2 3]>>endobj\n%%EOF"
SCANNED_PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"


@pytest.fixture
def draft():
    rules = RulebookFactory(announced=False, least_recommendations=0, takes_typed_declaration=False)
    Rulebook.objects.filter(pk=rules.pk).update(published_at=NOW)
    offer = OfferFactory(organisation__published=True)
    OrganisationKind.objects.filter(pk=offer.organisation.kind_id).update(may_hold_mark=True)
    Intake.objects.create(name="Nabór ciągły", opens_on="2026-01-01", announced_at=NOW)
    return ApplicationFactory(offer=offer, rulebook=rules, answers=COMPLETE)


@pytest.fixture
def person(draft):
    return applicant_of(draft)


def attach(browser, draft, content, name):
    return browser.post(
        address("summary", draft), {"kopia": "1", "copy-files": SimpleUploadedFile(name, content)}
    ).status_code


def test_rules_without_declarations_ask_for_a_signed_document(draft, person):
    browser = signed_in(person)
    page = browser.get(address("summary", draft)).text
    assert "Pobierz wniosek do podpisu" in page
    assert "Imię i nazwisko osoby" not in page
    answer = browser.post(address("summary", draft), {"declare-name": "Ola Nowak"})
    assert answer.status_code == 422
    assert "Zasady wymagają podpisanego dokumentu" in answer.text
    assert browser.post(address("summary", draft), {"na-papierze": "1"}).status_code == 422
    assert Application.objects.get().number == ""


def test_the_document_to_be_signed_says_everything_and_has_a_place_for_it(draft, person):
    answer = signed_in(person).get(address("to_sign", draft))
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in ("Do podpisu", "Obiady", "Podpisy osób", draft.offer.name.split()[0]):
        assert words in text
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode()


@pytest.mark.parametrize(
    ("content", "name", "signed_by"),
    [
        (photo(), "skan.jpg", SignedBy.SCAN),
        (SCANNED_PDF, "skan.pdf", SignedBy.SCAN),
        (SIGNED_PDF, "podpisany.pdf", SignedBy.SIGNATURE_FILE),
        (CMS, "wniosek.sig", SignedBy.SIGNATURE_FILE),
    ],
)
def test_a_signed_document_is_attached_and_sent(draft, person, content, name, signed_by):
    browser = signed_in(person)
    assert attach(browser, draft, content, name) == 302
    assert name in browser.get(address("summary", draft)).text
    assert browser.post(address("summary", draft), {"na-papierze": "1"}).status_code == 302
    sent = Application.objects.get()
    assert (sent.state, sent.signed_by, sent.signed_name) == (ApplicationState.SUBMITTED, signed_by, "")


def test_what_is_no_document_is_refused_beside_its_field(draft, person):
    assert attach(signed_in(person), draft, b"MZ\x90", "wniosek.exe") == 422
    assert not draft.papers.exists()


def test_a_signature_is_that_of_the_text_as_it_stands(draft, person):
    upload = SimpleUploadedFile("skan.pdf", SCANNED_PDF)
    papers.add_paper(application_id=draft.pk, code=applying.SIGNED, upload=upload, actor=person, now=NOW)
    who = {"application_id": draft.pk, "actor": person}
    seen = seen_of({"product": "Obiady"}, ["product"])
    applying.save(step="oferta", typed={"product": "Obiady i kolacje"}, seen=seen, **who, now=timezone.now())
    draft.refresh_from_db()
    assert draft.answers["oferta"]["product"] == "Obiady i kolacje"
    assert "Po podpisaniu wniosek zmieniono" in signed_in(person).get(address("summary", draft)).text
    with pytest.raises(Refused, match="wniosek zmieniono po podpisaniu"):
        applying.submit(gaps=lambda _: [], is_on_paper=True, **who, now=NOW)
