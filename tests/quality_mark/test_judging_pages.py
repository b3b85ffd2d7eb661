"""Pages of assessors, of the office, of the commission and of the director: what they show and what they take."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from quality_mark.choices import ApplicationState as A
from quality_mark.models import AgendaItem, Assessment, Ballot, Sitting, Term, Verdict, Vote
from quality_mark.use_cases import assessing, visiting, votes
from quality_mark.voting import Choice
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW

pytestmark = pytest.mark.django_db
HOSTILE = ["\x00", "0001-01-01", "9999-12-31", "9" * 400, "-1", "٣", "<script>", "a" * 10_000, "1e9"]


def url(name, *args):
    return reverse(f"quality_mark:{name}", args=args)


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def status(person, page):
    """What the person gets; a file is read to its end, which closes it."""
    response = browser(person).get(page)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def director():
    return account(Role.DIRECTOR)


@pytest.fixture
def case():
    return judging.case()


def sheet(case, *values, **more):
    typed = {"co": "ocena"}
    for one, value in zip(case.rulebook.substantivecriterion_set.all(), values, strict=True):
        typed |= {f"value_{one.code}": value, f"reason_{one.code}": f"Powód {value}."}
    return typed | more


def test_the_case_is_shown_only_after_the_declaration(case, clerk):
    case.answers = {"cel": {"aim": "Pomagamy sąsiadom."}}
    case.save()
    people = judging.assessors()
    assessing.assign(application_id=case.pk, assessor_ids=[one.pk for one in people], actor=clerk, now=NOW)
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
    assert "Wybierz ocenę." in refused.content.decode()
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
    assessing.take_off(assessment_id=other.pk, reason="Urlop.", actor=clerk, now=NOW)
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


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_office_types_anything(case, clerk, typed):
    client = browser(clerk)
    for what in ("przydziel", "dobierz", "odsun", "kapitula", "skrot", "wyjasnienia", "uwaga", typed):
        given = {"co": what, "assessors": [typed], "due_on": typed, "osoba": typed, "ocena": typed, "text": typed}
        assert client.post(url("assigning_case", case.pk), given | {"reason": typed}).status_code in (302, 422)
    for what in ("posiedzenie", "kadencja"):
        given = {"co": what, "day": typed, "time": typed, "link": typed, "name": typed, "starts_on": typed}
        assert client.post(url("commission"), given).status_code == 422
    term, _ = judging.commission_of(clerk)
    given = {"person": typed, "as_what": typed, "osoba": typed}
    assert client.post(url("term", term.pk), given).status_code == 422
    assert client.post(url("term", term.pk), given | {"co": "koniec"}).status_code == 404
    sitting = judging.sitting_with(term, [judging.case(A.COMMISSION)], clerk)
    for what in ("dodaj", "wyzej", "zdejmij", "obecnosc"):
        given = {"co": what, "wniosek": typed, "punkt": typed, f"miejsce_{term.members.first().pk}": typed}
        assert client.post(url("sitting", sitting.pk), given).status_code == 302
    item = sitting.items.get()
    for what in ("glos", "wylaczenie", "otworz", "zamknij", "wyjasnienia"):
        given = {"co": what, "choice": typed, "reason": typed, "jak": typed}
        assert client.post(url("agenda_item", item.pk), given).status_code in (302, 422)


def voting(clerk, **given):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    vote = votes.open_vote(item_id=sitting.items.get().pk, actor=clerk, now=timezone.now(), **given)
    return case, members, vote


def test_a_member_votes_once_and_no_page_tells_how(clerk):
    case, members, vote = voting(clerk, is_secret=True)
    client, page = browser(members[1].person), url("agenda_item", vote.item_id)
    assert "Oddaj głos" in client.get(page).content.decode()
    assert client.post(page, {"co": "glos"}).status_code == 422
    assert client.post(page, {"co": "glos", "choice": "za"}).status_code == 302
    assert client.post(page, {"co": "glos", "choice": "przeciw"}).status_code == 302
    assert Vote.objects.values_list("votes_for", "votes_against").get() == (1, 0)
    for person in (clerk, members[0].person, members[1].person):
        shown = browser(person).get(page).content.decode()
        assert "za 1" not in shown
        assert str(members[1]) in shown


def test_who_is_no_member_of_the_term_sees_and_casts_nothing(clerk):
    case, members, vote = voting(clerk, is_secret=False)
    stranger = browser(account(Role.COMMISSION, email="obca@example.pl"))
    for page in (url("agenda_item", vote.item_id), url("sitting", vote.item.sitting_id)):
        assert stranger.get(page).status_code == 404
        assert stranger.post(page, {"co": "glos", "choice": "za"}).status_code == 404
    hold(members[2].person, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    own = browser(members[2].person)
    assert own.get(url("agenda_item", vote.item_id)).status_code == 404
    assert own.post(url("agenda_item", vote.item_id), {"co": "glos", "choice": "za"}).status_code == 404
    plain = browser(members[1].person)
    assert plain.post(url("sitting", vote.item.sitting_id), {"co": "podpisz"}).status_code == 404
    assert plain.post(url("agenda_item", vote.item_id), {"co": "zamknij"}).status_code == 302
    assert not Ballot.objects.exists()
    assert Vote.objects.get().closed_at is None


def test_a_sitting_is_planned_called_held_and_signed_by_pages(clerk):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    office, chair = browser(clerk), browser(members[0].person)
    day = timezone.localdate()
    planned = {"co": "posiedzenie", "day": day.isoformat(), "time": "00:01", "place": "Sala 1"}
    assert office.post(url("commission"), planned | {"place": ""}).status_code == 422
    assert office.post(url("commission"), planned).status_code == 302
    sitting = Sitting.objects.get()
    page = url("sitting", sitting.pk)
    assert chair.get(page).status_code == 404  # not called yet
    office.post(page, {"co": "dodaj", "wniosek": case.pk})
    office.post(page, {"co": "zwolaj"})
    item = url("agenda_item", sitting.items.get().pk)
    chair.post(page, {"co": "obecnosc"} | {f"miejsce_{one.pk}": one.pk for one in members[:2]})
    chair.post(item, {"co": "otworz", "jak": "jawne"})
    for one in members[:2]:
        browser(one.person).post(item, {"co": "glos", "choice": "za"})
    chair.post(item, {"co": "zamknij"})
    chair.post(page, {"co": "protokol"})
    assert status(members[1].person, url("sitting_minutes", sitting.pk)) == 404
    chair.post(page, {"co": "podpisz"})
    assert status(members[1].person, url("sitting_minutes", sitting.pk)) == 200
    sitting.refresh_from_db()
    assert (sitting.signed_by, sitting.items.get().votes.get().result) == (members[0].person, "tak")


def test_the_director_decides_several_at_once_and_what_was_typed_stays(clerk, director):
    book = judging.rules()
    cases = [judging.case(A.COMMISSION, book) for _ in range(2)]
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, cases, clerk, members=members)
    for item in sitting.items.all():
        judging.voted(item, dict.fromkeys(members, Choice.FOR), clerk)
    judging.signed(sitting, members[0].person)
    client, chosen = browser(director), [one.pk for one in cases]
    refused = client.post(url("decisions"), {"wniosek": chosen, "step": "grant", "reason": ""})
    assert (refused.status_code, refused.content.decode().count("checked")) == (422, 3)
    assert client.get(url("decision", chosen[0])).status_code == 200
    assert client.post(url("decisions"), {"wniosek": chosen, "step": "grant", "reason": "Tak."}).status_code == 302
    assert {one.state for one in case_rows(cases)} == {A.GRANTED}
    assert client.get(url("decision", chosen[0])).status_code == 404
    again = client.post(url("decisions"), {"wniosek": chosen, "step": "refuse", "reason": "Nie."})
    assert again.status_code == 422


def case_rows(cases):
    return type(cases[0]).objects.filter(pk__in=[one.pk for one in cases])


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_director_types_anything(clerk, director, typed):
    case = judging.case(A.COMMISSION)
    judging.recommended(case, clerk)
    client = browser(director)
    for given in ({"wniosek": [typed]}, {"wniosek": [case.pk], "step": typed, "reason": typed}):
        assert client.post(url("decisions"), given).status_code == 422
    assert client.post(url("decision", case.pk), {"step": typed, "reason": typed}).status_code == 422


def test_the_applicant_reads_the_letter_and_no_name_of_whoever_judged(clerk, director):
    case = judging.case()
    holder = hold(account(email="zarzad@example.pl"), Role.REPRESENTATIVE, organisation=case.offer.organisation)
    people = judging.assessors()
    for one in judging.assigned(case, people, clerk).values():
        judging.scored(one, 4, 4)
    assessing.put(application_id=case.pk, actor=clerk, now=NOW)
    judging.recommended(case, clerk)
    judging.decided(case, "grant", director, reason="Dobra jakość.")
    client = browser(holder.user)
    shown = client.get(url("application", case.pk)).content.decode()
    assert "Dobra jakość." in shown
    assert status(holder.user, url("paper", case.papers.get().pk)) == 200
    assert not [one for one in (*people, director, clerk) if one.email in shown]
    assert "80,00" not in shown


def queries(client, page):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


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
    assert f"Oceń wniosek {waiting.number}" in shown[assessor]
    assert "Wnioski do rozstrzygnięcia" in shown[director]
