"""What the passing of days does to marks: ends, renewals, reminders, each at the right midnight of Warsaw."""

from datetime import date, timedelta

import pytest

from accounts.choices import Role
from notifications.models import OutgoingEmail
from quality_mark.choices import Actor, ApplicationState, MarkState, Standing
from quality_mark.models import Application, Mark, MarkStep
from quality_mark.register.standing import on_day
from quality_mark.use_cases.moving import advance
from quality_mark.use_cases.nightly import turn_marks
from registry.models import CatalogueEntry, OfferMark
from registry.use_cases.nightly import turn_the_page
from tests.accounts.factories import account
from tests.quality_mark.marks import DAY, at, holder, marked, renewal

pytestmark = pytest.mark.django_db


def standing(mark, day):
    stand = on_day(Mark.objects.told().get(pk=mark.pk), day)
    return (stand.status, stand.since) if stand else None


def state():
    return Mark.objects.get().state


@pytest.mark.parametrize("last", [date(2027, 3, 27), date(2027, 3, 28), date(2026, 10, 24), date(2026, 10, 25)])
def test_a_mark_ends_with_its_last_day_also_when_the_clocks_change(last):
    mark = marked(last - timedelta(days=364), now=at(last.year, last.month, last.day, 12))
    assert mark.valid_until == last
    following = last + DAY
    turn_marks(now=at(last.year, last.month, last.day, 23, 59, 59))
    assert state() == MarkState.RENEWAL_OPEN
    turn_marks(now=at(following.year, following.month, following.day, 0, 0, 1))
    assert state() == MarkState.EXPIRED
    assert standing(mark, last)[0] == Standing.VALID
    assert standing(mark, following) == (Standing.EXPIRED, following)


def test_the_verification_waits_for_no_job():
    mark = marked(date(2026, 3, 1))
    assert standing(mark, date(2027, 2, 28)) == (Standing.VALID, date(2026, 3, 1))
    assert standing(mark, date(2027, 3, 1)) == (Standing.EXPIRED, date(2027, 3, 1))
    assert standing(mark, date(2026, 2, 28)) is None
    counted = Mark.objects.standing_on(date(2027, 3, 1)).values_list("standing", flat=True)
    assert list(counted) == [Standing.EXPIRED]


def test_a_job_that_comes_days_later_ends_the_mark_as_of_its_last_day():
    mark = marked(date(2026, 3, 1))
    turn_marks(now=at(2027, 3, 9, 0, 1))
    assert standing(mark, date(2027, 3, 20)) == (Standing.EXPIRED, date(2027, 3, 1))
    assert OfferMark.objects.get().valid_until == date(2027, 2, 28)


def test_reminders_go_out_once_each_and_the_renewal_opens_sixty_days_before():
    mark = marked(date(2026, 3, 1))
    holder(mark)
    told = []
    for left in range(62, 0, -1):
        day = mark.valid_until - timedelta(days=left)
        for _ in range(2):
            turn_marks(now=at(day.year, day.month, day.day, 0, 1))
        if OutgoingEmail.objects.count() > len(told):
            told.append(left)
    assert told == [60, 30, 14]
    assert list(MarkStep.objects.values_list("name", flat=True)) == ["open_renewal"]


def test_a_missed_reminder_is_not_made_up_for_by_three():
    mark = marked(date(2026, 3, 1))
    holder(mark)
    turn_marks(now=at(2027, 2, 20, 0, 1))
    turn_marks(now=at(2027, 2, 21, 0, 1))
    assert OutgoingEmail.objects.count() == 1
    assert Mark.objects.get().reminded_days == 14


def test_a_mark_whose_renewal_was_filed_in_time_stays_valid_while_it_runs():
    mark = marked(date(2026, 3, 1))
    one = renewal(mark, ApplicationState.FORMAL_CHECK, submitted_at=at(2027, 2, 20, 12))
    Mark.objects.update(state=MarkState.RENEWAL_SUBMITTED)
    MarkStep.objects.create(
        mark=mark, name="file_renewal", source="active", target="renewal_submitted", role="x", at=at(2027, 2, 20, 12)
    )
    now = at(2027, 3, 10, 0, 1)
    turn_marks(now=now)
    assert state() == MarkState.RENEWAL_SUBMITTED
    assert standing(mark, date(2027, 3, 10)) == (Standing.VALID, date(2026, 3, 1))
    # Until tomorrow: between midnight and the next night job the badge stands as well.
    assert OfferMark.objects.get().valid_until == date(2027, 3, 11)
    turn_the_page(now=now)
    assert CatalogueEntry.objects.get().mark
    # It comes to nothing: the mark ends on that day, not on the last one of its licence.
    Application.objects.filter(pk=one.pk).update(state=ApplicationState.COMMISSION, complete_at=at(2027, 2, 21, 12))
    head = account(Role.DIRECTOR)
    advance(application_id=one.pk, step="refuse", role=Actor.DIRECTOR, actor=head, note="x", now=at(2027, 3, 15, 10))
    assert state() == MarkState.RENEWAL_OPEN
    assert OfferMark.objects.get().valid_until == date(2027, 3, 14)
    assert not CatalogueEntry.objects.get().mark
    turn_marks(now=at(2027, 3, 16, 0, 1))
    assert state() == MarkState.EXPIRED
    assert standing(mark, date(2027, 3, 14))[0] == Standing.VALID
    assert standing(mark, date(2027, 3, 20)) == (Standing.EXPIRED, date(2027, 3, 15))
    assert OfferMark.objects.get().valid_until == date(2027, 3, 14)


def test_the_rules_may_say_that_it_ends_all_the_same():
    mark = marked(date(2026, 3, 1), rulebook__valid_while_renewed=False, rulebook__reminder_days=[60])
    assert not mark.licences.get().application.rulebook.valid_while_renewed
    renewal(mark, ApplicationState.FORMAL_CHECK, submitted_at=at(2027, 2, 20, 12))
    Mark.objects.update(state=MarkState.RENEWAL_SUBMITTED)
    MarkStep.objects.create(
        mark=mark, name="file_renewal", source="active", target="renewal_submitted", role="x", at=at(2027, 2, 20, 12)
    )
    turn_marks(now=at(2027, 3, 1, 0, 1))
    assert state() == MarkState.EXPIRED


def test_one_mark_that_cannot_be_moved_keeps_no_other_from_its_midnight(caplog):
    broken, whole = marked(date(2025, 9, 1)), marked(date(2025, 9, 1))
    # A badge of another number stands in the way of writing this one to the registry.
    OfferMark.objects.filter(offer=broken.offer).update(granted_on=date(2025, 9, 2), number="inny")
    turn_marks(now=at(2026, 12, 1, 0, 1))
    whole.refresh_from_db()
    broken.refresh_from_db()
    assert (whole.state, broken.state) == (MarkState.EXPIRED, MarkState.ACTIVE)
    assert "was not brought" in caplog.text


def test_a_night_with_nothing_to_do_writes_nothing():
    marked(date(2026, 3, 1))
    before = MarkStep.objects.count()
    assert turn_marks(now=at(2026, 6, 1, 0, 1)) == 0
    assert MarkStep.objects.count() == before
