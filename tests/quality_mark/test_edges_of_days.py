"""Last moments: of years, of Februaries, of a clock that stood, of numbers as people type them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark import deadlines
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState as A
from quality_mark.choices import DocumentKind, MarkState
from quality_mark.models import Application, DocumentTemplate, Intake, Mark, NumberCounter, Pause
from quality_mark.register.chaining import ends_on
from quality_mark.register.numbers import number_of
from quality_mark.use_cases import applying, calling, licensing, overdue, renewing
from quality_mark.use_cases.rulebooks import announce
from tests.accounts.factories import account
from tests.quality_mark import office
from tests.quality_mark.factories import ApplicationFactory, RulebookFactory
from tests.quality_mark.judging_pages import browser, status, url
from tests.quality_mark.marks import TERMS, at, granted, holder, marked, offer
from tests.quality_mark.test_people_of_applications import LONG_AGO, of, paper_of

pytestmark = pytest.mark.django_db


def sent_at(moment, count=1):
    """Numbers of so many applications that are sent at this moment."""
    Intake.objects.get_or_create(name="Nabór", defaults={"opens_on": "2020-01-01", "announced_at": moment})
    found = []
    for _ in range(count):
        draft = ApplicationFactory(offer=offer(), started_at=moment - timedelta(days=1))
        person = office.applicant_of(draft, f"p{draft.pk}@example.pl")
        sent = applying.submit(application_id=draft.pk, gaps=lambda _: [], actor=person, now=moment)
        found.append(sent.number)
    return found


def test_a_number_is_of_the_year_in_warsaw_in_which_the_application_was_sent():
    assert sent_at(at(2026, 12, 31, 23, 59, 59)) == ["ZP/2026/001"]
    # In London it is still the old year.
    assert sent_at(datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC)) == ["ZP/2027/001"]


def test_after_999_numbers_go_on():
    NumberCounter.objects.create(year=2026, last=998)
    numbers = sent_at(at(2026, 6, 1, 12), count=3)
    assert numbers == ["ZP/2026/999", "ZP/2026/1000", "ZP/2026/1001"]
    assert [number_of(one.replace("/", "-").lower()) for one in numbers] == numbers


@pytest.mark.parametrize(
    "typed",
    [
        "zp-2026-7",
        "ZP 2026 007",
        "ZP\u00a02026\u00a0007",
        "ZP–2026–007",
        "ZP\u20112026\u2011007",
        "zp\\2026\\7",
        "ZP2026007",
    ],
)
def test_a_number_is_found_as_people_type_and_copy_it(typed):
    assert number_of(typed) == "ZP/2026/007"


@pytest.mark.parametrize(
    "typed", ["", "ZP/26/7", "XZP/2026/7", "ZP/٢٠٢٦/7", "ZP/2026/7/8", "ZP/2026/7 lub inny", "ZP" * 90]
)
def test_what_is_no_number_is_none(typed):
    assert number_of(typed) == ""


@pytest.mark.parametrize(
    ("begins", "months", "last"),
    [
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
    ],
)
def test_a_licence_is_over_with_the_last_day_of_its_last_month(begins, months, last):
    assert ends_on(begins, months) == last


def test_a_licence_that_begins_on_29_february_lasts_a_whole_year_and_the_next_one_follows():
    case = granted(rulebook__version=900, **{f"rulebook__{name}": value for name, value in TERMS.items()})
    licence = licensing.countersign(application_id=case.pk, actor=account(Role.COORDINATOR), now=at(2028, 2, 29, 12))
    assert (licence.granted_on, licence.valid_until) == (date(2028, 2, 29), date(2029, 2, 28))
    assert Mark.objects.get().valid_until == date(2029, 2, 28)


def test_a_clock_that_stood_ends_on_no_free_day():
    case = ApplicationFactory(state=A.FORMAL_OK, complete_at=at(2026, 9, 1, 12))
    ends = last_day(deadlines.procedure_ends(case, now=at(2026, 11, 1, 12)))
    assert ends == date(2026, 12, 1)
    # Three times, 11 days and a bit together, begun days counted: Sunday 13 December moves to Monday.
    for since, until in (((9, 10, 8), (9, 14, 9)), ((10, 23, 12), (10, 27, 11)), ((11, 3, 8), (11, 5, 8))):
        Pause.objects.create(application=case, since=at(2026, *since), until=at(2026, *until))
    ends = last_day(deadlines.procedure_ends(case, now=at(2026, 11, 20, 12)))
    assert ends == date(2026, 12, 14)


@pytest.mark.parametrize(("month", "day"), [(10, 24), (3, 28), (6, 10)])
def test_a_clock_that_stood_over_a_night_of_any_length_stood_one_day(month, day):
    begun = at(2026, 1, 5, 12)
    case = ApplicationFactory(state=A.ASSESSMENT, started_at=begun, submitted_at=begun, complete_at=begun)
    case.pauses.create(since=at(2026, month, day, 12), until=at(2026, month, day + 1, 12))
    assert deadlines.waited(case, now=at(2026, 12, 1, 12)) == timedelta(days=1)


def test_a_call_is_answered_until_the_last_second_of_its_last_day_in_warsaw():
    person = office.clerk()
    case = office.checked(person)
    # The seventh day is 1 November, a Sunday and a holiday: the last one is 2 November.
    sent = at(2026, 10, 25, 2, 30)
    Application.objects.filter(pk=case.pk).update(started_at=at(2026, 9, 1, 8), submitted_at=at(2026, 10, 1, 8))
    call = office.called(case, person, now=sent)
    assert call.due_at == at(2026, 11, 3)
    given = {"application_id": case.pk, "standing": lambda *_: None, "explanation": "Jest.", "actor": _applicant(case)}
    with pytest.raises(Refused, match="Termin uzupełnienia minął 2\xa0listopada\xa02026"):
        calling.answer(**given, now=at(2026, 11, 3))
    assert overdue.leave(application_id=case.pk, now=at(2026, 11, 2, 23, 59, 59)) is None
    assert calling.answer(**given, now=at(2026, 11, 2, 23, 59, 59)).state == A.FORMAL_CHECK


def _applicant(case):
    return office.applicant_of(case)


def test_a_renewal_that_is_filed_in_the_last_second_of_the_last_day_keeps_the_mark():
    mark = marked(date(2026, 3, 1), number="ZP/2025/001")
    person = holder(mark)
    draft = renewing.begin(mark_id=mark.pk, actor=person, now=at(2027, 2, 1, 12))
    given = {"application_id": draft.pk, "gaps": lambda _: [], "actor": person}
    with pytest.raises(Refused, match="wygasł"):
        applying.submit(**given, now=at(2027, 3, 1))
    assert applying.submit(**given, now=at(2027, 2, 28, 23, 59, 59)).state == A.SUBMITTED
    assert Mark.objects.get().state == MarkState.RENEWAL_SUBMITTED


@pytest.mark.parametrize("kind", [DocumentKind.DECISION, DocumentKind.REFUSAL, DocumentKind.MINUTES])
def test_rules_under_which_nothing_could_be_decided_are_not_announced(kind):
    book = RulebookFactory(announced=False)
    for one in {DocumentKind.DECISION, DocumentKind.REFUSAL, DocumentKind.MINUTES} - {kind}:
        DocumentTemplate.objects.create(rulebook=book, kind=one, title="x", body="x")
    with pytest.raises(Refused, match=kind.label):
        announce(rulebook_id=book.pk, now=at(2026, 11, 23, 12))
    DocumentTemplate.objects.create(rulebook=book, kind=kind, title="x", body="x")
    assert announce(rulebook_id=book.pk, now=at(2026, 11, 23, 12)).published_at


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_forgotten_is_not_found():
    case = ApplicationFactory(state=A.REFUSED, decided_at=LONG_AGO, submitted_at=LONG_AGO, started_at=LONG_AGO)
    paper, clerk = paper_of(case), account(Role.COORDINATOR)
    pages = [url(name, paper.pk) for name in ("paper", "case_paper")]
    assert [status(clerk, page) for page in pages] == [200, 200]
    assert of("quality_mark.applications").forget(at(2026, 11, 23, 12)) == 1
    assert [status(clerk, page) for page in pages] == [404, 404]
    # Nothing of it is left that could name a person, and no page leads to it.
    paper.refresh_from_db()
    assert (paper.name, bool(paper.gone_at)) == ("dokument", True)
    assert url("paper", paper.pk) not in browser(clerk).get(url("case", case.pk)).text
