"""Pages of assessors and of the office that assigns: what they show and what they take."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.choices import Role
from quality_mark.use_cases import assigning, visiting
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import HOSTILE, browser, sheet, status, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def case():
    return judging.case()


def test_the_case_is_shown_only_after_the_declaration(case, clerk):
    case.answers = {"cel": {"aim": "Pomagamy sąsiadom."}}
    case.save()
    people = judging.assessors()
    assigning.assign(application_id=case.pk, assessor_ids=[one.pk for one in people], actor=clerk, now=NOW)
    client, page = browser(people[0]), url("assessment", case.assessments.get(assessor=people[0]).pk)
    assert "Pomagamy sąsiadom." not in client.get(page).content.decode()
    refused = client.post(page, {"co": "konflikt", "conflict": "tak"})
    assert (refused.status_code, "na czym polega konflikt" in refused.content.decode()) == (422, True)
    assert client.post(page, {"co": "konflikt", "conflict": "nie"}).status_code == 302
    assert "Pomagamy sąsiadom." in client.get(page).content.decode()


def test_scores_of_the_other_are_hidden_until_both_are_in_however_one_asks(case, clerk):
    one, other = judging.assigned(case, judging.assessors(), clerk).values()
    judging.scored(other, 4, 3)
    visiting.comment(application_id=case.pk, text="Tajna opinia.", actor=other.assessor, now=NOW)
    client = browser(one.assessor)
    assert client.get(url("assessment", other.pk)).status_code == 404
    assert client.post(url("assessment", other.pk), sheet(case, 1, 1, wyslij="1")).status_code == 404
    office = browser(clerk)
    for page, seen_by in ((url("assessment", one.pk), client), (url("assigning_case", case.pk), office)):
        shown = seen_by.get(page).content.decode()
        assert "70,00" not in shown
        assert "Bo tak." not in shown
    assert "Tajna opinia." not in client.get(url("assessment", one.pk)).content.decode()
    assert client.post(url("assessment", one.pk), sheet(case, 3, 4, wyslij="1")).status_code == 302
    shown = client.get(url("assessment", one.pk)).content.decode()
    assert "Bo tak." in shown
    assert "Tajna opinia." in shown
    assert other.assessor.email not in shown


def test_a_draft_keeps_what_was_typed_and_tells_what_is_missing(case, clerk):
    one, _ = judging.assigned(case, judging.assessors(), clerk).values()
    client, page = browser(one.assessor), url("assessment", one.pk)
    assert client.post(page, sheet(case, 4, "", zapisz="1")).status_code == 302
    refused = client.post(page, sheet(case, 5, "", comment="Dobre.", wyslij="1"))
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "Wybierz ocenę." in shown
    assert shown.count("(nieobowiązkowe)") == 2  # the summary, and what a conflict is about
    one.refresh_from_db()
    assert (one.sent_at, one.comment, one.scores.first().value) == (None, "Dobre.", 5)


@pytest.mark.parametrize("typed", HOSTILE)
def test_an_assessor_types_anything(case, clerk, typed):
    one, _ = judging.assigned(case, judging.assessors(), clerk).values()
    client, page = browser(one.assessor), url("assessment", one.pk)
    assert client.post(page, sheet(case, typed, typed, wyslij="1", comment=typed)).status_code == 422
    assert client.post(page, {"co": typed}).status_code == 404
    assert client.post(page, {"co": "uwaga", "text": typed}).status_code in (302, 422)
    picture = SimpleUploadedFile("a.jpg", typed.encode())
    visit = client.post(url("assessment_visit", one.pk), {"visited_on": typed, "note": typed, "photos": [picture]})
    assert visit.status_code == 422
    dated = {"visited_on": "2026-11-20", "note": "Byłem.", "photos": [picture]}
    assert client.post(url("assessment_visit", one.pk), dated).status_code == 422
    assert not case.visits.exists()


def test_photos_of_a_visit_are_for_those_who_judge(case, clerk):
    one, other = judging.assigned(case, judging.assessors(), clerk).values()
    holder = hold(account(email="zarzad@example.pl"), Role.REPRESENTATIVE, organisation=case.offer.organisation)
    paper = case.papers.create(
        code="zdjecie-z-wizyty", name="a.jpg", content_type="image/jpeg", size=3, sha256="0" * 64,
        is_of_office=True, is_shown=False, uploaded_at=NOW, file=SimpleUploadedFile("a.jpg", b"abc"),
    )  # fmt: skip
    answers = {
        person: status(person, url("case_paper", paper.pk))
        for person in (one.assessor, clerk, holder.user, judging.assessors(1, start=8)[0])
    }
    assert list(answers.values()) == [200, 200, 404, 404]
    assert status(holder.user, url("paper", paper.pk)) == 404
    assigning.take_off(assessment_id=other.pk, reason="Urlop.", actor=clerk, now=NOW)
    assert browser(other.assessor).get(url("case_paper", paper.pk)).status_code == 404


def test_the_office_assigns_with_those_who_are_suggested(case, clerk):
    people = judging.assessors(3)
    client, page = browser(clerk), url("assigning_case", case.pk)
    shown = client.get(page).content.decode()
    assert shown.count("checked") == 2
    wrong = {"co": "przydziel", "due_on": "2026-12-10", "assessors": [people[0].pk]}
    assert client.post(page, wrong).status_code == 422
    assert client.post(page, wrong | {"assessors": [people[0].pk, people[1].pk]}).status_code == 302
    assert case.assessments.count() == 2
