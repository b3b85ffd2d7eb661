"""A notice becomes public or is withdrawn: what is written down, and who hears of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.exceptions import Refused
from procurement.choices import NoticeState
from procurement.models import ClauseKind, Notice, Posting
from procurement.notices import steps
from procurement.notices.words import rows_of
from procurement.tasks.notices import publish_due_notice, publish_due_notices
from procurement.use_cases import entries
from procurement.use_cases.notices import publishing, starting
from procurement.use_cases.plans import drafts, items
from procurement.use_cases.plans.publishing import publish as publish_plan
from procurement.workflow import OFFICER, TIME, notices
from tests.accounts.factories import authority
from tests.procurement.factories import NoticeFactory, PlanItemFactory, published
from tests.procurement.noticed import correct, draft, heard, kept_steps
from tests.registry.factories import (
    NOW,
    TODAY,
)

pytestmark = pytest.mark.django_db
BZP = "ocds-148610-d0ed5ac9-16e7-4b6f-a8a8-2c192101be63"


# The table


def test_every_state_is_reached_and_what_is_withdrawn_stays_so():
    reached = {NoticeState.DRAFT} | {step.target for step in notices}
    assert reached == set(NoticeState)
    assert notices.available(state=NoticeState.WITHDRAWN, actor=OFFICER) == []


def test_time_does_nothing_but_publish():
    assert {step.name for step in notices if TIME in step.actors} == {"publish"}


# From nothing to everybody


def test_published_now_it_is_known_to_the_list_and_the_letters(ola):
    notice = draft(value=Decimal(200_000))
    publishing.publish(notice_id=notice.pk, actor=ola, now=NOW)
    notice.refresh_from_db()
    assert (notice.state, notice.published_at, notice.band) == (NoticeState.PUBLISHED, NOW, "krajowe")
    assert heard() == ([notice.pk], [notice.pk])
    step = notice.steps.get()
    assert (step.name, step.source, step.target, step.made_by) == ("publish", "szkic", "ogloszone", ola)
    with pytest.raises(Refused):
        publishing.publish(notice_id=notice.pk, actor=ola, now=NOW)


def test_on_its_day_it_appears_once_whoever_asks_and_however_often(ola):
    notice, day = draft(), NOW + timedelta(days=2)
    publishing.schedule(notice_id=notice.pk, publish_at=day, actor=ola, now=NOW)
    assert heard() == ([], [])
    assert publishing.due(now=day - timedelta(seconds=1)) == []
    assert publishing.publish_due(notice_id=notice.pk, now=day - timedelta(seconds=1)) is None
    assert publishing.due(now=day) == [notice.pk]
    for _ in range(2):
        publishing.publish_due(notice_id=notice.pk, now=day)
    notice.refresh_from_db()
    assert (notice.state, notice.published_at) == (NoticeState.PUBLISHED, day)
    assert heard() == ([notice.pk], [notice.pk])
    assert kept_steps(notice) == [("schedule", ""), ("publish", "")]


def test_what_was_taken_off_the_schedule_or_thrown_away_does_not_appear(ola):
    notice = draft()
    publishing.schedule(notice_id=notice.pk, publish_at=NOW + timedelta(days=2), actor=ola, now=NOW)
    publishing.unschedule(notice_id=notice.pk, actor=ola, now=NOW)
    publishing.publish_due(notice_id=notice.pk, now=NOW + timedelta(days=3))
    notice.refresh_from_db()
    assert (notice.state, notice.publish_at) == (NoticeState.DRAFT, None)
    posting = notice.posting_id
    publishing.discard(notice_id=notice.pk)
    publish_due_notice(notice_id=posting)
    assert not Posting.objects.filter(pk=posting).exists()
    assert heard() == ([], [])


@pytest.mark.parametrize("away", [timedelta(0), timedelta(minutes=-1), timedelta(days=367)])
def test_a_moment_that_is_over_or_far_away_is_refused(ola, away):
    with pytest.raises(Refused):
        publishing.schedule(notice_id=draft().pk, publish_at=NOW + away, actor=ola, now=NOW)


def test_only_a_draft_is_thrown_away():
    notice = NoticeFactory()
    with pytest.raises(Refused, match="tylko szkic"):
        publishing.discard(notice_id=notice.pk)
    assert Notice.objects.filter(pk=notice.pk).exists()


# From a plan, from another notice


def test_from_a_position_the_plan_goes_over_and_the_process_stays(ola):
    item = PlanItemFactory(cpv=["90910000", "90919300"], remarks="Dwa budynki.")
    item.clauses.create(kind=ClauseKind.objects.get(code="art96"), groups=["bezrobotni"], people=3)
    published(item.version)
    notice = starting.start_from_position(position_id=item.position_id, actor=ola, now=NOW)
    assert (notice.subject, notice.value, notice.nature, notice.position) == (
        item.subject, item.value, item.nature, item.position,
    )  # fmt: skip
    assert notice.posting.ocid == item.position.posting.ocid
    assert notice.posting != item.position.posting
    assert list(notice.cpv_links.values_list("code_id", flat=True)) == ["90910000", "90919300"]
    assert notice.clauses.get().people == 3
    assert (notice.state, notice.authority) == (NoticeState.DRAFT, item.version.plan.authority)


def test_the_bulletins_number_is_the_process_until_everybody_has_read_another(ola):
    item = PlanItemFactory()
    published(item.version)
    notice = starting.start_from_position(position_id=item.position_id, actor=ola, now=NOW)
    correct(notice, steps.VALUE, ola, procedure_id=BZP)
    notice.posting.refresh_from_db()
    assert notice.posting.ocid == BZP
    publishing.publish(notice_id=notice.pk, actor=ola, now=NOW)
    correct(notice, steps.VALUE, ola, procedure_id=BZP.replace("d0ed5ac9", "00000000"))
    notice.posting.refresh_from_db()
    assert notice.posting.ocid == BZP


def test_a_position_of_a_plan_that_nobody_sees_gives_no_notice(ola):
    item = PlanItemFactory()
    with pytest.raises(Refused, match="planu"):
        starting.start_from_position(position_id=item.position_id, actor=ola, now=NOW)


def test_a_position_that_was_given_up_gives_no_notice(ola):
    item = published(PlanItemFactory().version).items.get()
    plan_id = item.version.plan_id
    drafts.start_draft(plan_id=plan_id, actor=ola, now=NOW)
    items.drop_item(plan_id=plan_id, position_id=item.position_id, actor=ola, now=NOW)
    publish_plan(plan_id=plan_id, actor=ola, now=NOW)
    with pytest.raises(Refused, match="zrezygnowano"):
        starting.start_from_position(position_id=item.position_id, actor=ola, now=NOW)


def test_a_number_of_the_bulletin_that_was_a_slip_is_taken_back_with_its_process(ola):
    item = published(PlanItemFactory().version).items.get()
    planned, alone = starting.start_from_position(position_id=item.position_id, actor=ola, now=NOW), draft()
    for notice in (planned, alone):
        correct(notice, steps.VALUE, ola, procedure_id=BZP)
        correct(notice, steps.VALUE, ola, procedure_id="")
        notice.posting.refresh_from_db()
    assert planned.posting.ocid == item.position.posting.ocid
    assert alone.posting.ocid.startswith("ocds-000000-")


def test_a_copy_is_a_draft_of_its_own(ola):
    old = NoticeFactory(
        bzp_number="2026/BZP 00012345/01", cpv=["55520000"], deadline_at=NOW, performed_from=TODAY, place="Rynek 1"
    )
    old.parts.create(number=2, subject="Obiady", value=5)
    old.clauses.create(kind=ClauseKind.objects.get(code="art94"), percent=40)
    new = starting.copy(notice_id=old.pk, actor=ola, now=NOW)
    assert (new.state, new.place, new.bzp_number, new.deadline_at, new.performed_from) == (
        NoticeState.DRAFT, "Rynek 1", "", None, None,
    )  # fmt: skip
    assert new.posting.ocid != old.posting.ocid
    assert [(part.number, part.subject) for part in new.parts.all()] == [(2, "Obiady")]
    assert new.clauses.get().percent == 40
    assert old.clauses.count() == 1


# Withdrawn


def test_withdrawn_with_a_reason(ola):
    notice = NoticeFactory()
    entries.refresh([notice.pk], now=NOW)
    with pytest.raises(Refused, match="dlaczego"):
        publishing.withdraw(notice_id=notice.pk, reason=" ", actor=ola, now=NOW)
    publishing.withdraw(notice_id=notice.pk, reason="Brak środków.", actor=ola, now=NOW)
    notice.refresh_from_db()
    assert (notice.state, notice.end_reason, notice.ended_at) == (NoticeState.WITHDRAWN, "Brak środków.", NOW)
    assert heard() == ([], [notice.pk])


def test_the_words_of_a_step_are_read_in_a_fixed_number_of_queries(django_assert_num_queries):
    notice = NoticeFactory(cpv=["90910000", "90919300"], authority=authority())
    notice = Notice.objects.get(pk=notice.pk)
    with django_assert_num_queries(2):
        rows_of(notice, steps.CPV)


def test_the_task_of_every_few_minutes_announces_what_is_due(ola):
    due, later = (
        NoticeFactory(state=NoticeState.SCHEDULED, publish_at=NOW.replace(year=year)) for year in (2020, 2090)
    )
    publish_due_notices()
    assert set(Notice.objects.public()) == {due}
    assert later in Notice.objects.filter(state=NoticeState.SCHEDULED)
