"""Until when whoever acts next has time, by the rules under which the case was begun."""

from datetime import timedelta

from django.utils import timezone

from quality_mark.calendar import after_days, after_months, end_of
from quality_mark.choices import ApplicationState as A


def due_at(application, *, since):
    """The moment at which the time of the present state is over, or None. A call to complete brings its own."""
    rules = application.rulebook
    if application.state in (A.SUBMITTED, A.FORMAL_CHECK):
        return in_days(rules, since, rules.formal_days)
    if application.state in (A.FORMAL_OK, A.ASSESSMENT, A.COMMISSION):
        return procedure_ends(application, now=since)
    if application.state == A.GRANTED:
        return in_days(rules, since, rules.signing_days)
    if application.state == A.CORRECTION:
        return application.due_at
    return None


def in_days(rules, since, days):
    return end_of(after_days(timezone.localdate(since), days, working=rules.working_days))


def procedure_ends(application, *, now):
    """The end of the procedure: months from completeness, longer by the time in which the applicant was waited for."""
    if application.complete_at is None:
        return None
    begins, rules = timezone.localdate(application.complete_at), application.rulebook
    return end_of(after_months(begins, rules.procedure_months, more=waited(application, now=now)))


def waited(application, *, now):
    """How long the clock stood, in whole days begun, by the clock on the wall: a long night is no day more."""
    wall = timezone.make_naive
    spans = [wall(one.until or now) - wall(one.since) for one in application.pauses.all()]
    return timedelta(days=sum(-(-span // timedelta(days=1)) for span in spans if span > timedelta()))
