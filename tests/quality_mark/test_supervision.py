"""Suspension and hearing, revocation, complaints and corrected decisions, reports, reviews: never one's own case."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState, Ground, MarkState, Outcome, Standing
from quality_mark.models import Application, Complaint, Mark, MisuseReport, Review
from quality_mark.register.standing import on_day
from quality_mark.use_cases import complaints, supervision, watching
from registry.models import CatalogueEntry, OfferMark
from tests.accounts.factories import account, hold
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.marks import at, holder, marked, renewal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def mark():
    return marked()


@pytest.fixture
def head():
    return account(Role.DIRECTOR)


def suspended(mark, head, now=NOW):
    return supervision.suspend(mark_id=mark.pk, reason="Znak na innym produkcie.", actor=head, now=now)


def revoked(mark, head, now=NOW, ground=Ground.REQUEST):
    return supervision.revoke(
        mark_id=mark.pk, reason="Fałszywe dane.", public_note="Odebrany po kontroli.", ground=ground, actor=head,
        now=now,
    )  # fmt: skip


def told(mark, day=TODAY):
    return on_day(Mark.objects.told().get(pk=mark.pk), day).status


def test_a_suspended_mark_is_shown_nowhere_and_its_holder_is_heard(mark, head):
    person = holder(mark)
    suspended(mark, head)
    assert told(mark) == Standing.SUSPENDED
    assert told(mark, TODAY - timedelta(days=1)) == Standing.VALID
    assert OfferMark.objects.get().state == "zawieszony"
    assert not CatalogueEntry.objects.get().mark
    assert OutgoingEmail.objects.get().to == person.email
    said = supervision.explain(mark_id=mark.pk, text="To pomyłka drukarni.", actor=person, now=NOW)
    assert said.explained_at == NOW
    with pytest.raises(Refused, match="minął"):
        supervision.explain(mark_id=mark.pk, text="Za późno", actor=person, now=NOW + timedelta(days=40))


def test_a_mark_comes_back_and_is_valid_since_that_day(mark, head):
    suspended(mark, head)
    later = NOW + timedelta(days=3)
    supervision.resume(mark_id=mark.pk, note="Wyjaśnione.", actor=head, now=later)
    stand = on_day(Mark.objects.told().get(), later.date())
    assert (stand.status, stand.since) == (Standing.VALID, date(2026, 11, 26))
    assert told(mark, TODAY + timedelta(days=1)) == Standing.SUSPENDED
    assert CatalogueEntry.objects.get().mark
    assert mark.suspensions.get().ended_at == later


def test_a_renewal_that_waited_goes_on_when_the_mark_comes_back(mark, head):
    renewal(mark, ApplicationState.FORMAL_CHECK)
    Mark.objects.update(state=MarkState.RENEWAL_SUBMITTED)
    suspended(mark, head)
    supervision.resume(mark_id=mark.pk, actor=head, now=NOW)
    assert Mark.objects.get().state == MarkState.RENEWAL_SUBMITTED


def test_nobody_is_revoked_before_they_were_heard_or_had_the_time(head):
    mark = marked(rulebook__asks_opinion=False)
    with pytest.raises(Refused, match="Najpierw zawieś"):
        revoked(mark, head, ground=Ground.MISUSE)
    suspended(mark, head)
    with pytest.raises(Refused, match="czas na wyjaśnienia do 7.grudnia.2026"):
        revoked(mark, head, NOW + timedelta(days=1), Ground.MISUSE)
    revoked(mark, head, NOW + timedelta(days=20), Ground.MISUSE)
    assert told(mark, TODAY + timedelta(days=20)) == Standing.REVOKED
    assert Mark.objects.values_list("public_note", "revoked_for").get() == ("Odebrany po kontroli.", Ground.MISUSE)
    assert OfferMark.objects.get().state == "odebrany"
    assert mark.suspensions.get().ended_at


def test_a_revoked_mark_stays_so_after_its_last_day(mark, head):
    revoked(mark, head)
    assert told(mark, date(2028, 1, 1)) == Standing.REVOKED


def test_two_presses_are_one_suspension_and_one_revocation(mark, head):
    suspended(mark, head)
    suspended(mark, head)
    assert mark.suspensions.count() == 1
    supervision.explain(mark_id=mark.pk, text="x", actor=holder(mark), now=NOW)
    revoked(mark, head)
    revoked(mark, head)
    assert mark.steps.filter(name="revoke").count() == 1


@pytest.mark.parametrize("verb", ["suspend", "resume", "revoke", "unrevoke", "review"])
def test_nobody_acts_in_a_case_of_an_organisation_of_their_own(mark, verb):
    person = account(Role.DIRECTOR)
    hold(person, Role.COORDINATOR)
    hold(person, Role.REPRESENTATIVE, organisation=mark.offer.organisation)
    given = {
        "suspend": {"reason": "x"},
        "resume": {},
        "revoke": {"reason": "x", "public_note": "x"},
        "unrevoke": {"note": "x"},
        "review": {"is_good": True},
    }[verb]
    with pytest.raises(Refused, match="w którego imieniu"):
        getattr(watching if verb == "review" else supervision, verb)(mark_id=mark.pk, **given, actor=person, now=NOW)
    assert Mark.objects.get().state == MarkState.ACTIVE


def test_a_coordinator_takes_no_mark_away(mark):
    with pytest.raises(Refused, match="kogoś innego"):
        revoked(mark, account(Role.COORDINATOR))


def test_a_complaint_in_time_goes_to_the_body_that_the_rules_name(head):
    mark = marked(rulebook__complaint_body="Marszałek Województwa", rulebook__reminder_days=[60])
    person = holder(mark)
    revoked(mark, head)
    filed = complaints.complain_about_mark(mark_id=mark.pk, text="Nie zgadzam się.", actor=person, now=NOW)
    assert filed.body == "Marszałek Województwa"
    with pytest.raises(Refused, match="już złożona"):
        complaints.complain_about_mark(mark_id=mark.pk, text="Znowu", actor=person, now=NOW)
    with pytest.raises(Refused, match="Termin na skargę minął"):
        complaints.complain_about_mark(mark_id=mark.pk, text="x", actor=person, now=NOW + timedelta(days=30))


def test_an_upheld_complaint_gives_the_mark_back_step_by_step(mark, head):
    revoked(mark, head)
    filed = complaints.complain_about_mark(mark_id=mark.pk, text="Nie.", actor=holder(mark), now=NOW)
    done = {"complaint_id": filed.pk, "actor": head, "now": NOW + timedelta(days=5)}
    complaints.decide(outcome=Outcome.UPHELD, answer="Skarga zasadna.", **done)
    complaints.decide(outcome=Outcome.DISMISSED, answer="Drugie naciśnięcie.", **done)
    assert Complaint.objects.get().outcome == Outcome.UPHELD
    assert (Mark.objects.get().state, Mark.objects.get().public_note) == (MarkState.SUSPENDED, "")
    supervision.resume(mark_id=mark.pk, actor=head, now=NOW + timedelta(days=6))
    assert told(mark, TODAY + timedelta(days=7)) == Standing.VALID
    assert told(mark, TODAY + timedelta(days=1)) == Standing.REVOKED


@pytest.mark.parametrize(
    ("state", "complete_at", "after"),
    [
        (ApplicationState.REFUSED, NOW - timedelta(days=9), ApplicationState.COMMISSION),
        (ApplicationState.REFUSED, None, ApplicationState.FORMAL_CHECK),  # refused in its formal check
        (ApplicationState.LEFT_UNEXAMINED, None, ApplicationState.FORMAL_CHECK),
    ],
)
def test_an_upheld_complaint_about_an_application_opens_it_again(head, state, complete_at, after):
    one = ApplicationFactory(state=state, complete_at=complete_at)
    criterion = one.rulebook.formalcriterion_set.first()
    verdict = one.verdicts.create(criterion=criterion, is_met=False, at=NOW)
    person = account(Role.REPRESENTATIVE, organisation=one.offer.organisation)
    filed = complaints.complain_about_application(application_id=one.pk, text="Nie.", actor=person, now=NOW)
    complaints.decide(complaint_id=filed.pk, outcome=Outcome.UPHELD, answer="Tak.", actor=head, now=NOW)
    assert Application.objects.get().state == after
    verdict.refresh_from_db()
    assert verdict.is_met == (False if after == ApplicationState.COMMISSION else None)


def test_a_dismissed_complaint_changes_nothing(mark, head):
    revoked(mark, head)
    filed = complaints.complain_about_mark(mark_id=mark.pk, text="Nie.", actor=holder(mark), now=NOW)
    complaints.decide(complaint_id=filed.pk, outcome=Outcome.DISMISSED, answer="Nie.", actor=head, now=NOW)
    assert told(mark) == Standing.REVOKED


def test_a_report_is_kept_whether_or_not_its_number_is_real(mark):
    given = {"place": "sklep", "message": "Naklejka na wszystkim.", "now": NOW}
    known = watching.report_misuse(number=f" {mark.number.lower()} ", **given)
    forged = watching.report_misuse(number="ZP/1999/XYZ\u202e", **given)
    assert (known.mark, forged.mark) == (mark, None)
    clerk = account(Role.COORDINATOR)
    watching.settle_report(report_id=known.pk, outcome="Rozmowa z podmiotem.", actor=clerk, now=NOW)
    assert MisuseReport.objects.filter(settled_at=None).get() == forged


def test_a_mark_is_looked_at_once_a_year(mark):
    clerk = account(Role.COORDINATOR)
    watching.review(mark_id=mark.pk, is_good=True, actor=clerk, now=NOW)
    with pytest.raises(Refused, match="w tym roku"):
        watching.review(mark_id=mark.pk, is_good=True, actor=clerk, now=NOW)
    watching.review(mark_id=mark.pk, is_good=False, note="Zmiana.", actor=clerk, now=NOW + timedelta(days=60))
    assert set(Review.objects.values_list("year", flat=True)) == {2026, 2027}


def test_a_mark_that_is_over_is_not_reviewed(mark, client):
    clerk = account(Role.COORDINATOR)
    client.force_login(clerk)
    page = reverse("quality_mark:mark_desk", args=[mark.pk])
    assert "Przegląd roczny" in client.get(page).content.decode()
    Mark.objects.update(state=MarkState.EXPIRED)
    assert "Przegląd roczny" not in client.get(page).content.decode()
    with pytest.raises(Refused, match="już nie obowiązuje"):
        watching.review(mark_id=mark.pk, is_good=True, actor=clerk, now=NOW)


@pytest.mark.parametrize(("begun", "last"), [((2026, 10, 18), "02.11.2026"), ((2027, 10, 18), "02.11.2027")])
def test_a_hearing_or_a_complaint_that_would_end_on_all_saints_day_ends_on_the_next_working_day(head, begun, last):
    now, mark = at(*begun, 12), marked()
    suspended(mark, head, now)
    until = mark.suspensions.get().hearing_until
    assert f"{last_day(until):%d.%m.%Y}" == last
    person, just = holder(mark), until - timedelta(seconds=1)
    assert supervision.explain(mark_id=mark.pk, text="Jeszcze w terminie.", actor=person, now=just).explained_at
    with pytest.raises(Refused, match="minął"):
        supervision.explain(mark_id=mark.pk, text="Za późno.", actor=person, now=until)
    with pytest.raises(Refused, match=f"minął 2.listopada.{begun[0]}"):
        complaints.complain_about_mark(mark_id=mark.pk, text="Za późno.", actor=person, now=until)
    assert complaints.complain_about_mark(mark_id=mark.pk, text="W terminie.", actor=person, now=just)
