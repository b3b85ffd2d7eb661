"""Taking a mark away: heard, the commission asked, decided, with papers; and put right after a complaint."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from quality_mark.choices import DocumentKind, Ground, MarkState, Outcome
from quality_mark.decisions.waiting import waiting
from quality_mark.models import AgendaItem, Draw, Mark, Paper
from quality_mark.use_cases import commission, complaints, drawing, opinions, supervision, watching
from quality_mark.voting import Choice, Result
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, url
from tests.quality_mark.marks import content, holder, marked

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=20)


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def head():
    return account(Role.DIRECTOR)


@pytest.fixture
def mark(head):
    """Suspended, with the commission asked."""
    mark = marked(rulebook=judging.rules(complaint_body="Marszałek Województwa"))
    supervision.suspend(mark_id=mark.pk, reason="Znak na innym produkcie.", actor=head, now=NOW)
    opinions.ask(mark_id=mark.pk, actor=head, now=NOW)
    return mark


def revoked(mark, head, now=LATER):
    return supervision.revoke(
        mark_id=mark.pk, reason="Nie wyjaśniono.", public_note="Odebrany.", ground=Ground.MISUSE, actor=head, now=now
    )


def on_agenda(mark, clerk):
    """(item, members) of a called sitting at which everybody is present."""
    term, members = judging.commission_of(clerk)
    sitting = commission.plan_sitting(term_id=term.pk, starts_at=NOW, place="Sala 1", actor=clerk)
    item = opinions.add_to_agenda(sitting_id=sitting.pk, mark_id=mark.pk, actor=clerk)
    commission.call(sitting_id=sitting.pk, actor=clerk, now=NOW)
    commission.mark_present(sitting_id=sitting.pk, taken={m.pk: m.pk for m in members}, actor=clerk, now=NOW)
    return item, members


def advised(mark, clerk, choice=Choice.FOR):
    item, members = on_agenda(mark, clerk)
    judging.voted(item, dict.fromkeys(members, choice), clerk)
    judging.signed(item.sitting, members[0].person)
    return item


def test_a_mark_is_taken_away_only_after_the_commission_has_said_what_it_thinks(mark, head, clerk):
    with pytest.raises(Refused, match="Kapituła nie wydała jeszcze opinii"):
        revoked(mark, head)
    item, members = on_agenda(mark, clerk)
    judging.voted(item, dict.fromkeys(members, Choice.AGAINST), clerk)
    with pytest.raises(Refused, match="Kapituła nie wydała jeszcze opinii"):
        revoked(mark, head)  # the minutes are not signed
    judging.signed(item.sitting, members[0].person)
    # The opinion does not bind: the director decides.
    assert revoked(mark, head).number == mark.number
    assert Mark.objects.values_list("state", "revoked_for").get() == (MarkState.REVOKED, Ground.MISUSE)


def test_an_opinion_on_a_mark_is_no_recommendation_of_its_application(mark, head, clerk):
    advised(mark, clerk)
    assert not waiting(head, NOW).exists()


def test_the_commission_is_asked_of_a_suspended_mark_once_and_at_one_sitting(mark, head, clerk):
    asked = opinions.ask(mark_id=mark.pk, actor=head, now=LATER)
    assert asked.opinion_asked_at == NOW
    item, _ = on_agenda(mark, clerk)
    other = commission.plan_sitting(term_id=item.sitting.term_id, starts_at=NOW, place="Sala 2", actor=clerk)
    with pytest.raises(Refused, match="innego posiedzenia"):
        opinions.add_to_agenda(sitting_id=other.pk, mark_id=mark.pk, actor=clerk)
    untouched = marked()
    for verb in (
        lambda: opinions.ask(mark_id=untouched.pk, actor=head, now=NOW),
        lambda: opinions.add_to_agenda(sitting_id=other.pk, mark_id=untouched.pk, actor=clerk),
    ):
        with pytest.raises(Refused, match="nie jest zawieszony"):
            verb()


def test_a_mark_that_came_back_is_voted_on_no_more(mark, head, clerk):
    item, members = on_agenda(mark, clerk)
    supervision.resume(mark_id=mark.pk, note="Wyjaśniono.", actor=head, now=NOW)
    item = AgendaItem.objects.get(pk=item.pk)
    with pytest.raises(Refused, match="nie jest już zawieszony"):
        judging.voted(item, {members[0]: Choice.FOR}, clerk)


def test_ones_own_mark_is_for_somebody_else_at_every_step(mark, clerk, head):
    item, members = on_agenda(mark, clerk)
    for person in (clerk, head, members[1].person):
        hold(person, Role.REPRESENTATIVE, organisation=mark.offer.organisation)
    for verb in (
        lambda: opinions.ask(mark_id=mark.pk, actor=head, now=NOW),
        lambda: opinions.add_to_agenda(sitting_id=item.sitting_id, mark_id=mark.pk, actor=clerk),
        lambda: judging.voted(item, {}, clerk),
        lambda: judging.voted(item, {members[1]: Choice.AGAINST}, members[0].person),
    ):
        with pytest.raises(Refused, match="w którego imieniu"):
            verb()


def test_each_decision_leaves_a_paper_that_the_holder_reads(mark, head, clerk):
    person = holder(mark)
    advised(mark, clerk)
    revoked(mark, head)
    filed = complaints.complain_about_mark(mark_id=mark.pk, text="Nie.", actor=person, now=LATER)
    complaints.decide(complaint_id=filed.pk, outcome=Outcome.UPHELD, answer="Zasadna.", actor=head, now=LATER)
    supervision.resume(mark_id=mark.pk, note="Wyjaśniono.", actor=head, now=LATER)
    steps = dict(mark.steps.values_list("name", "paper__code"))
    assert steps == {
        "suspend": DocumentKind.SUSPENSION, "revoke": DocumentKind.REVOCATION, "unrevoke": DocumentKind.CORRECTED,
        "resume": DocumentKind.CORRECTED,
    }  # fmt: skip
    papers = Paper.objects.filter(pk__in=mark.steps.values("paper"))
    assert all(content(one.file).startswith(b"%PDF-") and one.is_shown for one in papers)
    page = browser(person).get(url("own_mark", mark.pk)).content.decode()
    assert all(one.name in page for one in papers)
    answer = browser(person).get(url("paper", papers[0].pk))
    assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")
    [letter] = OutgoingEmail.objects.filter(template="quality_mark/email/complaint_decided")
    assert (letter.to, "uwzględniona" in letter.subject, "Zasadna." in letter.body) == (person.email, True, True)


def test_pages_lead_from_the_suspension_to_the_opinion(mark, head, clerk):
    desk = url("mark_desk", mark.pk)
    other = marked(rulebook=mark.licences.get().application.rulebook)
    supervision.suspend(mark_id=other.pk, reason="Kontrola.", actor=head, now=NOW)
    director, office = browser(head), browser(clerk)
    assert "Poproś Kapitułę o opinię" in director.get(url("mark_desk", other.pk)).content.decode()
    assert director.post(url("mark_opinion", other.pk)).status_code == 302
    assert "Kapitułę poproszono o opinię" in director.get(url("mark_desk", other.pk)).content.decode()
    assert mark.number in office.get(url("commission")).content.decode()
    term, members = judging.commission_of(clerk)
    sitting = commission.plan_sitting(term_id=term.pk, starts_at=NOW, place="Sala 1", actor=clerk)
    for typed in ("", "abc", "999999", "9" * 400):
        assert office.post(url("sitting", sitting.pk), {"co": "dodaj-znak", "znak": typed}).status_code == 302
    assert not sitting.items.exists()
    office.post(url("sitting", sitting.pk), {"co": "dodaj-znak", "znak": mark.pk})
    office.post(url("sitting", sitting.pk), {"co": "zwolaj"})
    shown = browser(members[0].person).get(url("agenda_item", sitting.items.get().pk)).content.decode()
    assert "Znak na innym produkcie." in shown
    assert f"Odebranie znaku {mark.number}" in shown.replace("\N{NO-BREAK SPACE}", " ")
    commission.mark_present(sitting_id=sitting.pk, taken={m.pk: m.pk for m in members}, actor=clerk, now=NOW)
    closed = judging.voted(sitting.items.get(), dict.fromkeys(members, Choice.FOR), clerk)
    assert closed.result == Result.YES
    judging.signed(sitting, members[0].person)
    assert "Kapituła jest za odebraniem znaku" in director.get(desk).content.decode()


def test_marks_are_drawn_once_a_year_from_those_not_reviewed(clerk, head):
    first, second, reviewed = marked(), marked(), marked()
    watching.review(mark_id=reviewed.pk, is_good=True, actor=clerk, now=NOW)
    one = drawing.draw(count=1, actor=clerk, now=NOW)
    two = drawing.draw(count=5, actor=clerk, now=NOW)
    assert {*one.marks.all()} | {*two.marks.all()} == {first, second}
    with pytest.raises(Refused, match="Nie ma znaków"):
        drawing.draw(count=1, actor=clerk, now=NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="kogoś innego"):
        drawing.draw(count=1, actor=head, now=NOW)
    office = browser(clerk)
    for typed in ("", "0", "-1", "9" * 400, "x", "101"):
        assert office.post(url("mark_draw"), {"count": typed}).status_code == 302
    assert Draw.objects.count() == 2
    assert office.get(url("marks")).content.decode().count("wylosowany do kontroli") == 2
