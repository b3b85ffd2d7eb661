"""The document of an application: made once, as it was sent, with a hash; and again when a worker died."""

import hashlib
import io

import pypdf
import pytest

from accounts.choices import Role
from notifications.models import OutgoingEmail
from quality_mark.applying.content import sections
from quality_mark.choices import ApplicationState
from quality_mark.models import Paper
from quality_mark.tasks.applications import draw, draw_missing
from quality_mark.use_cases.documents import without_document
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    answers = {
        "oferta": {"product": "Obiady dla szkół", "quality": "Smak\ni ciepło", "distinction": ""},
        "cel": {"aim": "Praca", "groups": ["bezdomni"], "results": "Pięć osób"},
        "przychody": {"year1": "2025", "total1": "1 000", "own1": "405,50", "year2": "", "total2": "", "own2": ""},
    }
    one = ApplicationFactory(
        state=ApplicationState.SUBMITTED,
        answers=answers,
        applicant={"name": "Spółdzielnia Żółw", "nip": "1234563218"},
        offer_facts={"name": "Obiady"},
        started_by=account(Role.REPRESENTATIVE),
    )
    one.recommendations.create(recommender="Szkoła", text="Dobrze.", signed_name="Anna", function="dyr.", given_at=NOW)
    return one


def test_the_content_is_told_in_words(sent):
    told = {title: dict(rows) for title, rows in sections(sent)}
    assert told["Cel społeczny"]["Dla kogo jest ta praca"] == "osoby w kryzysie bezdomności"
    money = told["Przychody"]["Udział przychodów własnych"].replace("\xa0", " ")
    assert money.startswith("Przychody własne to 40,55 % (405,50 zł z 1 000 zł)")
    assert told["Rekomendacje"] == {"Szkoła": "Dobrze.\nAnna, dyr."}


def test_the_document_is_made_once_and_known_by_its_hash(sent):
    draw(application_id=sent.pk)
    draw(application_id=sent.pk)
    paper = Paper.objects.get()
    content = paper.file.read()
    paper.file.close()
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    reader = pypdf.PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert sent.number in text
    assert "Spółdzielnia Żółw" in text
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert "pdfuaid:part" in xmp
    assert "pdfaid:conformance" in xmp
    letter = OutgoingEmail.objects.get()
    assert paper.sha256 in letter.body
    assert sent.number in letter.subject


def test_a_document_that_a_dead_worker_left_out_is_made_later(sent):
    ApplicationFactory()
    assert list(without_document()) == [sent.pk]
    draw_missing()
    assert list(without_document()) == []
