"""Pages that hold a list beside something else ask the same, however long the list is."""

import pytest

from accounts.choices import Role
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Complaint, Member, MisuseReport, Review, SignDownload, SignFile, Suspension, Term
from quality_mark.use_cases.moving import advance
from tests.accounts.factories import account
from tests.quality_mark import office
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, queries, url
from tests.quality_mark.marks import DAY, holder, marked

pytestmark = pytest.mark.django_db


def with_case(count):
    """A case that went back and forth so many times, with as many messages and papers."""
    clerk = office.clerk(f"ola{count}@example.pl")
    case = office.checked(clerk)
    person = office.applicant_of(case, f"p{count}@example.pl")
    for number in range(count):
        advance(application_id=case.pk, step="untake", role="biuro", actor=clerk, note="x", now=NOW)
        advance(application_id=case.pk, step="take", role="biuro", actor=clerk, now=NOW)
        case.messages.create(is_of_office=False, author=person, text=f"{number}", at=NOW)
        case.papers.create(
            code="pismo", file="x.pdf", name="a.pdf", content_type="application/pdf", size=1, sha256="0" * 64,
            uploaded_at=NOW, is_of_office=True,
        )  # fmt: skip
        case.recommendations.create(recommender=f"Szkoła {number}", text="Polecam.", given_at=NOW)
    return [
        (clerk, url("case", case.pk)), (clerk, url("case_messages", case.pk)), (clerk, url("formal_check", case.pk)),
        (person, url("application", case.pk)), (person, url("own_messages", case.pk)),
    ]  # fmt: skip


def with_mark(count):
    """A mark that has seen everything so many times, and the pages of the office with lists of their own."""
    mark, clerk = marked(number=f"ZP/2025/{count:03}"), account(Role.COORDINATOR, email=f"k{count}@example.pl")
    term = Term.objects.create(
        name="x", starts_on=NOW.date() - DAY * 400 * count, ends_on=NOW.date() - DAY * 400 * count
    )
    for number in range(count):
        MisuseReport.objects.create(mark=mark, place="x", message="x", reported_at=NOW)
        done = {"decided_at": NOW, "outcome": "oddalona", "answer": "x"}
        Complaint.objects.create(mark=mark, text="x", filed_at=NOW, **done)
        Review.objects.create(mark=mark, year=2000 + number, is_good=True, at=NOW)
        times = {"since": NOW, "hearing_until": NOW + DAY, "ends_by": NOW + DAY, "ended_at": NOW}
        Suspension.objects.create(mark=mark, reason="x", **times)
        person = account(email=f"{count}-{number}@example.pl")
        SignDownload.objects.create(mark=mark, person=person, files=1, at=NOW)
        SignFile.objects.create(title="x", file="x.svg", suffix="svg", size=1, uploaded_at=NOW, uploaded_by=person)
        Member.objects.create(term=term, person=person, joined_on=term.starts_on)
        mark.steps.create(name="suspend", source="active", target="active", actor=person, role="dyrektor", at=NOW)
    return [
        (clerk, url("mark_desk", mark.pk)), (clerk, url("sign_files")), (clerk, url("term", term.pk)),
        (clerk, url("marks")), (holder(mark), url("own_mark", mark.pk)),
    ]  # fmt: skip


@pytest.mark.parametrize("made", [with_case, with_mark])
def test_a_long_page_asks_as_often_as_a_short_one(made):
    asked = {}
    for count in (1, 12):
        for place, (person, page) in enumerate(made(count)):
            client = browser(person)
            client.get(page)
            asked.setdefault(place, []).append((queries(client, page), page))
    assert [both for both in asked.values() if both[0][0] != both[1][0]] == []


def test_the_board_and_the_register_are_pages_of_thirty():
    for number in range(31):
        office.case_in(A.SUBMITTED, number=f"ZP/2026/{number + 100}")
    text = browser(account(Role.COORDINATOR)).get(url("case_board")).text
    assert text.count("/panel/znak/sprawy/") < 40
