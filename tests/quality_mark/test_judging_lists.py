"""Lists of those who judge, with as many queries at thirty rows as at one, and what stands in their panel."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.choices import Role
from quality_mark.choices import ApplicationState as A
from quality_mark.models import AgendaItem, Assessment, Sitting, Term, Verdict
from quality_mark.templatetags.deadlines import clock_words
from quality_mark.use_cases import minutes, votes
from quality_mark.voting import Choice
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, queries, url, voting

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def director():
    return account(Role.DIRECTOR)


@pytest.fixture
def case():
    return judging.case()


def fill(name, clerk, people, book, count):
    """So many rows on the page of this name."""
    term = Term.objects.get()
    for _ in range(count):
        if name == "assigning" or name == "assessments":
            case = judging.case(A.ASSESSMENT, book)
        elif name == "decisions":
            case = judging.case(A.FORMAL_CHECK, book)
            criterion = book.formalcriterion_set.first()
            Verdict.objects.create(application=case, criterion=criterion, is_met=False, at=NOW)
            continue
        else:
            case = judging.case(A.COMMISSION, book)
        for person in people:
            case.assessments.create(assessor=person, asked_at=NOW, due_on=NOW.date(), declared_at=NOW)
        if name in ("commission", "sitting"):
            sitting = Sitting.objects.filter(link="x").first() if name == "sitting" else None
            sitting = sitting or Sitting.objects.create(term=term, starts_at=NOW, link="x", called_at=NOW)
            item = AgendaItem.objects.create(sitting=sitting, application=case, position=sitting.items.count() + 1)
            item.votes.create(number=1, is_secret=True, seats=3, opens_at=NOW)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("assessments", 0), ("assigning", "clerk"), ("commission", "clerk"), ("commission", "chair"),
        ("sitting", "clerk"), ("sitting", "chair"), ("decisions", "director"), ("panel", "chair"), ("panel", 0),
    ],
)  # fmt: skip
def test_a_list_asks_as_much_of_the_database_for_thirty_rows_as_for_one(clerk, director, name, who):
    people, book = judging.assessors(), judging.rules()
    _, members = judging.commission_of(clerk)
    person = {"clerk": clerk, "director": director, "chair": members[0].person}.get(who) or people[who]
    filled = "commission" if (name, who) == ("panel", "chair") else "assessments" if name == "panel" else name
    fill(filled, clerk, people, book, 1)
    client = browser(person)
    page = {"panel": "/panel/", "sitting": lambda: url("sitting", Sitting.objects.get().pk)}.get(name)
    page = page() if callable(page) else page or url(name)
    client.get(page)
    few = queries(client, page)
    fill(filled, clerk, people, book, 29)
    assert queries(client, page) == few


def test_one_case_asks_as_much_whoever_judged_it(clerk, director):
    counts = []
    for number in (2, 6):
        book = judging.rules(assessors=number)
        case = judging.case(A.ASSESSMENT, book)
        for person in [account(Role.ASSESSOR, email=f"{uuid4().hex}@example.pl") for _ in range(number)]:
            row = case.assessments.create(assessor=person, asked_at=NOW, due_on=NOW.date(), declared_at=NOW)
            judging.scored(row, 4, 4)
        last = Assessment.objects.filter(application=case).select_related("assessor").last()
        client = browser(last.assessor)
        client.get(url("assessment", last.pk))
        counts.append(queries(client, url("assessment", last.pk)))
    assert counts[0] == counts[1]


def test_what_waits_for_each_role_stands_in_their_panel(clerk, director):
    case, members, vote = voting(clerk, is_secret=False)
    judging.case()
    waiting = judging.case(A.ASSESSMENT)
    [assessor] = judging.assessors(1)
    waiting.assessments.create(assessor=assessor, asked_at=NOW, due_on=NOW.date() + timedelta(days=9))
    shown = {
        person: browser(person).get("/panel/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
        for person in (clerk, members[0].person, assessor, director)
    }
    assert "Do przydziału oceniającym: 1 wniosek o znak" in shown[clerk]
    assert f"Zagłosuj w sprawie {case.number}" in shown[members[0].person]
    votes.close(vote_id=vote.pk, actor=clerk, now=NOW)
    minutes.draft(sitting_id=vote.item.sitting_id, actor=clerk, now=NOW)
    assert "Podpisz protokół posiedzenia z 23\xa0listopada\xa02026" in browser(members[0].person).get("/panel/").text
    assert "Podpisz protokół" not in browser(members[1].person).get("/panel/").content.decode()
    assert f"Oceń wniosek {waiting.number}" in shown[assessor]
    assert "Wnioski do rozstrzygnięcia" in shown[director]


def test_the_clock_of_the_procedure_is_seen_wherever_a_case_is_judged(clerk, director):
    running = {"complete_at": NOW - timedelta(days=10), "due_at": NOW + timedelta(days=82)}
    [assessor] = judging.assessors(1)
    judged = judging.case(A.ASSESSMENT, **running)
    row = judged.assessments.create(assessor=assessor, asked_at=NOW, due_on=NOW.date())
    heard, _ = judging.case(A.COMMISSION, **running), judging.case(A.COMMISSION, **running)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [heard], clerk, members=members)
    item = sitting.items.get()
    judging.voted(item, dict.fromkeys(members, Choice.FOR), clerk)
    judging.signed(sitting, members[0].person)
    pages = {
        assessor: [url("assessments"), url("assessment", row.pk)],
        clerk: [url("assigning"), url("assigning_case", judged.pk), url("commission"), url("sitting", sitting.pk)],
        members[1].person: [url("sitting", sitting.pk), url("agenda_item", item.pk)],
        director: [url("decisions"), url("decision", heard.pk)],
    }
    clock = re.compile(r"czas na rozpatrzenie: został\w* \d+ dni, do 15 lutego 2027")
    for person, addresses in pages.items():
        for address in addresses:
            shown = browser(person).get(address).text.replace("\N{NO-BREAK SPACE}", " ")
            assert clock.search(shown), address


def test_the_clock_stands_while_the_applicant_is_waited_for_and_tells_when_it_is_over():
    case = judging.case(A.ASSESSMENT, complete_at=NOW - timedelta(days=100), due_at=NOW)
    assert "przekroczony o" in clock_words(case)
    case.pauses.create(since=NOW - timedelta(days=60), until=NOW - timedelta(days=10))
    assert "został" in clock_words(case)
    checked = judging.case(A.FORMAL_CHECK, due_at=NOW)
    assert clock_words(checked).startswith("ocena formalna do")
    assert clock_words(judging.case(A.REFUSED)) == ""
