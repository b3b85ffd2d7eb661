# ruff: noqa: F811 - fixtures of the applicant's pages
"""The applicant's bad days: the register changes under a case, files are too large, and everybody presses twice."""

import io
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.exceptions import Refused
from quality_mark.applying.missing import gaps
from quality_mark.choices import ApplicationState
from quality_mark.models import Application, Intake, Paper, Step
from quality_mark.use_cases import agreements, applying, checking, licensing
from registry.models import Institution, OrganisationKind
from registry.use_cases import merging, offers, organisations
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.office import address, applicant_of, clerk, signed_in
from tests.quality_mark.test_applicant_pages import complete, draft, person, rules  # noqa: F401 - fixtures
from tests.quality_mark.test_signing_applications import COMPLETE
from tests.registry.factories import OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
A = ApplicationState
RUNNING = [state for state in A.running() if state != A.DRAFT]
FROZEN = {"applicant": {"name": "Spółdzielnia Stara", "nip": ""}, "offer_facts": {"name": "Obiady"}}


def case_of(state, **given):
    offer = OfferFactory(organisation__published=True)
    OrganisationKind.objects.filter(pk=offer.organisation.kind_id).update(may_hold_mark=True)
    frozen = FROZEN if state != A.DRAFT else {}
    return ApplicationFactory(state=state, offer=offer, **frozen | given)


def seen_by_both(case, person):
    """The pages of the applicant and of the office, both there."""
    applicant = signed_in(person).get(address("application", case), follow=True)
    office = signed_in(clerk()).get(address("case", case))
    assert (applicant.status_code, office.status_code) == (200, 200)
    return applicant.text.replace("\xa0", " "), office.text.replace("\xa0", " ")


@pytest.mark.parametrize("state", RUNNING)
def test_a_new_name_in_the_register_leaves_the_case_as_it_was_sent(state):
    case = case_of(state)
    person = applicant_of(case)
    Institution.objects.filter(pk=case.offer.organisation.institution_id).update(name="Spółdzielnia Nowa")
    for page in seen_by_both(case, person):
        assert "Podmiot nazywa się teraz w rejestrze: Spółdzielnia Nowa." in page
        assert "Spółdzielnia Stara" in page
    case.refresh_from_db()
    assert case.applicant["name"] == "Spółdzielnia Stara"


@pytest.mark.parametrize("state", [A.DRAFT, *RUNNING])
def test_a_case_goes_with_its_offer_when_two_cards_become_one(state):
    case = case_of(state)
    person, dropped = applicant_of(case), case.offer.organisation
    keep = OrganisationFactory(published=True, kind=dropped.kind)
    merging.merge(keep_id=keep.pk, drop_id=dropped.pk, now=NOW)
    case = Application.objects.get(pk=case.pk)
    assert case.offer.organisation == keep
    if state != A.DRAFT:
        assert keep.party.name in seen_by_both(case, person)[1]
    gone = applying.withdraw(application_id=case.pk, actor=person, now=NOW)
    assert gone.state == A.WITHDRAWN


def removed(case):
    organisations.remove(organisation_id=case.offer.organisation_id, now=NOW)


def hidden(case):
    organisations.withdraw(organisation_id=case.offer.organisation_id, now=NOW)


def taken_off(case):
    offers.remove_offer(offer_id=case.offer_id, now=NOW)


@pytest.mark.parametrize("state", RUNNING)
@pytest.mark.parametrize(
    ("close", "words"),
    [
        (removed, "nie ma już w rejestrze"),
        (hidden, "nie ma teraz w katalogu"),
        (taken_off, "Oferty nie ma już na karcie"),
    ],
)
def test_when_organisation_or_offer_is_gone_both_sides_are_told_and_it_can_be_withdrawn(state, close, words):
    case = case_of(state)
    person = applicant_of(case)
    close(case)
    assert all(words in page for page in seen_by_both(case, person))
    assert case.offer.name in signed_in(person).get("/panel/znak/").text
    assert applying.withdraw(application_id=case.pk, actor=person, now=NOW).state == A.WITHDRAWN


@pytest.mark.parametrize(
    ("close", "words"),
    [
        (removed, "Podmiotu nie ma już"),
        (hidden, "Oferty nie ma teraz"),
        (taken_off, "Oferty nie ma teraz"),
    ],
)
def test_a_draft_whose_offer_is_gone_is_kept_and_says_why_it_waits(close, words):
    case = case_of(A.DRAFT, answers=COMPLETE, rulebook__announced=True)
    person = applicant_of(case)
    close(case)
    with pytest.raises(Refused, match=words):
        applying.submit(application_id=case.pk, gaps=lambda _: [], actor=person, now=NOW)
    for name in ("applicant", "summary", "papers", "recommendations"):
        assert signed_in(person).get(address(name, case)).status_code == 200
    assert Application.objects.get().answers == COMPLETE


def test_no_licence_is_made_for_an_offer_that_is_gone_and_the_case_stays(rules):
    case = case_of(A.GRANTED)
    person, ola = applicant_of(case), clerk()
    agreements.prepare(application_id=case.pk, now=NOW)
    agreements.sign_by_declaration(application_id=case.pk, name="Ola Nowak", actor=person, now=NOW)
    offers.remove_offer(offer_id=case.offer_id, now=NOW)
    with pytest.raises(Refused, match="Tej oferty już nie ma"):
        licensing.countersign(application_id=case.pk, actor=ola, now=NOW)
    case.refresh_from_db()
    assert case.state == A.GRANTED


def test_what_the_applicant_writes_after_withdrawing_is_refused_and_nothing_is_lost(draft, person):
    browser = signed_in(person)
    place = address("step", draft, step="cel")
    browser.post(place, {"aim": "Praca"})
    applying.withdraw(application_id=draft.pk, actor=person, now=NOW)
    answer = browser.post(place, {"aim": "Praca i płaca", "page": "x"})
    assert answer.status_code == 422
    assert "Praca i płaca" in answer.text
    for name in ("papers", "recommendations", "summary"):
        answer = browser.post(address(name, draft), {"zapytaj": "1", "ask-recommender": "a", "ask-email": "a@b.pl"})
        assert answer.status_code < 500
    assert (Paper.objects.count(), draft.recommendations.count()) == (0, 0)


class Photo(io.RawIOBase):
    """A photo of so many megabytes as a form sends it, never whole in memory."""

    HEAD = (
        b'--x\r\nContent-Disposition: form-data; name="dodaj"\r\n\r\nwyciag\r\n--x\r\nContent-Disposition: form-data; '
        b'name="wyciag-files"; filename="zdjecie.jpg"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff'
    )
    TAIL = b"\r\n--x--\r\n"

    def __init__(self, megabytes):
        self.left, self.before, self.after = megabytes << 20, self.HEAD, self.TAIL
        self.size = self.left + len(self.HEAD) + len(self.TAIL)

    def read(self, size=-1):
        size = 65_536 if size is None or size < 0 else size
        if self.before:
            taken, self.before = self.before[:size], self.before[size:]
        elif self.left:
            taken, self.left = bytes(min(size, self.left)), self.left - min(size, self.left)
        else:
            taken, self.after = self.after[:size], self.after[size:]
        return taken


def test_a_photo_of_60_megabytes_is_refused_in_a_sentence_and_takes_no_memory(draft, person):
    browser, photo = signed_in(person), Photo(60)
    first = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF")
    browser.post(address("papers", draft), {"dodaj": "wyciag", "wyciag-files": first})
    tracemalloc.start()
    answer = browser.generic(
        "POST",
        address("papers", draft),
        **{
            "wsgi.input": photo,
            "CONTENT_LENGTH": str(photo.size),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status_code == 422
    assert "ma 61 MB, a może mieć najwyżej 25 MB" in answer.text
    assert "a.pdf" in answer.text
    assert Paper.objects.count() == 1
    assert peak < 20 << 20


def test_photos_of_several_pages_come_at_once_and_a_wrong_one_takes_no_other_with_it(draft, person):
    browser = signed_in(person)
    good = [SimpleUploadedFile(f"strona{n}.pdf", b"%%PDF-1.%d\n%%%%EOF" % n) for n in (1, 2)]
    answer = browser.post(address("papers", draft), {"dodaj": "wyciag", "wyciag-files": good})
    assert answer.status_code == 302
    third = [SimpleUploadedFile("strona3.pdf", b"%PDF-1.3\n%%EOF"), SimpleUploadedFile("wirus.exe", b"MZ")]
    answer = browser.post(address("papers", draft), {"dodaj": "wyciag", "wyciag-files": third})
    assert answer.status_code == 422
    assert "wirus.exe" in answer.text
    assert list(Paper.objects.values_list("name", flat=True)) == ["strona1.pdf", "strona2.pdf", "strona3.pdf"]
    many = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7\n%%EOF") for n in range(21)]
    assert browser.post(address("papers", draft), {"dodaj": "wyciag", "wyciag-files": many}).status_code == 422


@pytest.mark.parametrize("text", ["Zwykłe słowa", "🧑‍🍳 obiady\r\nرحب", "ż" * 3999, "= 1+1"])
def test_a_draft_that_is_complete_can_always_be_sent(draft, person, text):
    complete(draft, person)
    browser = signed_in(person)
    for step, fields in (("oferta", ["product", "quality"]), ("cel", ["aim", "results"])):
        page = browser.get(address("step", draft, step=step))
        browser.post(address("step", draft, step=step), {"seen": page.context["seen"]} | dict.fromkeys(fields, text))
    assert gaps_of(draft) == []
    page = browser.get(address("summary", draft)).text
    assert "Złóż wniosek" in page
    assert browser.post(address("summary", draft), {"declare-name": "Ola"}).status_code == 302
    assert browser.post(address("summary", draft), {"declare-name": "Ola"}).status_code == 302
    sent = Application.objects.get()
    assert (sent.state, Step.objects.filter(name="submit").count()) == (A.SUBMITTED, 1)
    assert browser.get(address("summary", draft)).status_code == 200


def gaps_of(draft):
    return [gap.text for gap in gaps(Application.objects.get(pk=draft.pk))]


def test_a_draft_outlives_its_intake_and_goes_into_the_next_one(draft, person):
    complete(draft, person)
    Intake.objects.update(closes_on="2026-02-01")
    page = signed_in(person).get(address("summary", draft)).text
    assert "Nabór wniosków się skończył" in page
    following = Intake.objects.create(name="Wiosna", opens_on="2026-01-01", announced_at=NOW)
    sent = applying.submit(application_id=draft.pk, gaps=gaps, actor=person, now=NOW)
    assert (sent.state, Application.objects.get().intake) == (A.SUBMITTED, following)


def test_two_coordinators_at_a_case_that_was_withdrawn_are_told(draft, person):
    case = case_of(A.SUBMITTED)
    applying.withdraw(application_id=case.pk, actor=applicant_of(case, "inny@example.pl"), now=NOW)
    with pytest.raises(Refused):
        checking.take(application_id=case.pk, actor=clerk(), now=NOW)


@pytest.mark.parametrize("number", [1, 9])
def test_pages_of_a_draft_ask_the_same_however_much_is_in_it(draft, person, number, django_assert_num_queries):
    for place in range(number):
        draft.recommendations.create(recommender=f"Szkoła {place}", text="Polecam.", given_at=NOW)
        draft.papers.create(
            code="wyciag", file="x.pdf", name="a.pdf", content_type="application/pdf", size=1, sha256="0" * 64,
            uploaded_at=NOW,
        )  # fmt: skip
    browser = signed_in(person)
    for name, count in (("papers", 10), ("recommendations", 9), ("summary", 17)):
        with django_assert_num_queries(count):
            assert browser.get(address(name, draft)).status_code == 200
