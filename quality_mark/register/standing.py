"""How a mark stood on a day, from its licences and the log of its steps.

It hangs on no night job: a licence is over when its last day is, at midnight in Warsaw, whether or not somebody has
written that down yet.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from quality_mark.choices import ApplicationState, MarkState, Standing

DAY = timedelta(days=1)
# After one of these a mark is valid anew, and "since" counts from there.
AGAIN = (MarkState.SUSPENDED, MarkState.EXPIRED, MarkState.REVOKED)
# In these a mark outlives its last day while its renewal runs: a suspension must not make a gap of its own.
WAITING = (MarkState.RENEWAL_SUBMITTED, MarkState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Stand:
    """`status` since the day `since`; `valid_until` is the last day of the last licence."""

    status: Standing
    since: date
    valid_until: date

    @property
    def is_valid(self):
        return self.status == Standing.VALID


def on_day(mark, day):
    """The Stand of a mark on `day`, or None on a day before it was granted.

    Reads `licences`, `steps` and `renewals` with their rulebooks: prefetch them (MarkQuerySet.told()).
    """
    periods = periods_of(mark)
    if day < periods[0][0]:
        return None
    ends = max(until for _, until in periods)
    state, since = _state_on(mark, day)
    if state == MarkState.REVOKED:
        return Stand(Standing.REVOKED, since, ends)
    last = max((until for start, until in periods if start <= day), default=periods[0][1])
    if state == MarkState.EXPIRED:
        return Stand(Standing.EXPIRED, _expired_since(mark, last, day), ends)
    if last < day and not (state in WAITING and stays_valid(mark, day)):
        return Stand(Standing.EXPIRED, _expired_since(mark, last, day), ends)
    if state == MarkState.SUSPENDED:
        return Stand(Standing.SUSPENDED, since, ends)
    return Stand(Standing.VALID, _valid_since(mark, periods, day), ends)


def holds(mark, licence, day):
    """Whether the certificate of this licence says on `day` what is true: its mark is valid, and the licence is not
    one of those before the last that ran out."""
    stand = on_day(mark, day)
    # The last one may be kept by a renewal.
    goes_on = licence.valid_until >= day or licence.valid_until == mark.valid_until
    return stand is not None and stand.is_valid and goes_on


def periods_of(mark):
    """[(first day, last day)] in order."""
    return [(one.granted_on, one.valid_until) for one in mark.licences.all()] or [(mark.since, mark.valid_until)]


def stays_valid(mark, day):
    """Whether a renewal that runs keeps the mark valid after its last day, by the rules of that renewal."""
    return any(
        one.rulebook.valid_while_renewed and one.submitted_at and timezone.localdate(one.submitted_at) <= day
        and (one.state in ApplicationState.running() or timezone.localdate(one.decided_at) > day)
        for one in mark.renewals.all()
    )  # fmt: skip


def _steps_until(mark, day):
    return [one for one in mark.steps.all() if timezone.localdate(one.at) <= day]


def _state_on(mark, day):
    """(state, since which day). What was suspended or revoked on a day counts for all of it."""
    steps = _steps_until(mark, day)
    if steps:
        return steps[-1].target, timezone.localdate(steps[-1].at)
    return (mark.state, mark.since) if not mark.steps.all() else (MarkState.ACTIVE, periods_of(mark)[0][0])


def _expired_since(mark, last, day):
    """The day after the last licence; later when a renewal kept the mark valid and came to nothing."""
    dropped = [
        timezone.localdate(one.at)
        for one in _steps_until(mark, day)
        if one.name == "drop_renewal" or (one.name == "expire" and one.source in WAITING)
    ]
    kept = [moment for moment in dropped if moment > last and stays_valid(mark, last + DAY)]
    return max([last + DAY, *kept])


def _valid_since(mark, periods, day):
    """The first day of the licences that follow one another without a gap, or the day when the mark came back."""
    since = end = None
    for start, until in periods:
        if start > day:
            break
        if since is None or start > end + DAY:
            since = start
        end = until
    steps = _steps_until(mark, day)
    back = [
        timezone.localdate(one.at)
        for before, one in zip([None, *steps], steps, strict=False)
        if _comes_back(before, one)
    ]
    return max([since, *back[-1:]])


def _comes_back(before, step):
    """What ended and was back on the same day was valid on every day: a renewal of the last minute, and the night."""
    if step.source not in AGAIN or step.target in AGAIN:
        return False
    is_same_day = before is not None and timezone.localdate(before.at) == timezone.localdate(step.at)
    return not (is_same_day and step.name == "file_renewal")
