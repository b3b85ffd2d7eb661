"""How licences of a mark follow one another: without a gap, but for one that the rules make."""

from dateutil.relativedelta import relativedelta

from quality_mark.choices import ApplicationKind, Standing
from quality_mark.models import Mark
from quality_mark.register.standing import DAY, on_day


def begins_on(application, today):
    """The first day of the licence of this application when the second side signs today.

    It hangs on how the mark stands by its dates and rules, not on whether the night job has been there yet: a mark
    that is valid, or kept valid by this renewal, goes on without a gap; of one that has ended it begins today.
    """
    if application.kind == ApplicationKind.FIRST:
        return today
    follows, stand = _standing(application, today)
    return max(follows, today) if stand.status == Standing.EXPIRED else follows


def ends_on(begins, months):
    """The last day of a licence of so many months: the day before the one of the same number; where the last month has
    no such day, its last one (29 February and a year are over with 28 February)."""
    after = begins + relativedelta(months=months)
    return after if after.day < begins.day else after - DAY


def known_start(application, today):
    """(the earliest first day or None, whether it is sure): what an agreement says before anybody has signed it."""
    if application.kind == ApplicationKind.FIRST:
        return None, False
    follows, stand = _standing(application, today)
    if stand.status == Standing.EXPIRED:
        return None, False
    return follows, bool(application.rulebook.valid_while_renewed)


def _standing(application, today):
    mark = Mark.objects.told().get(pk=application.mark_id)
    return mark.valid_until + DAY, on_day(mark, today)
