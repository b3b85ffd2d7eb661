"""What the first page of the desk shows. A fixed number of queries, however many events there are."""

from datetime import timedelta

from django.db.models import Count, Q

from events.choices import EventState
from events.choices import RegistrationState as State
from events.completeness import missing_of
from events.models import Enrolment, Event, Registration

# The next ones; all of them stand in the list of the admin.
MOST_EVENTS = 12
MOST_CALLS = 40
CALL_WITHIN = timedelta(days=4)
_HEAVY = ("ics", "search", "description")


def upcoming(now):
    """The next events and drafts, each with `reserve`, `awaiting`, `offered` and `papers`: people who lack papers."""
    events = list(
        Event.objects.filter(
            Q(state__in=EventState.coming(), ends_at__gt=now) | Q(state=EventState.DRAFT),
            Q(ends_at=None) | Q(ends_at__gt=now),
        )
        .defer(*_HEAVY)
        .annotate(
            reserve=Count("registrations", filter=Q(registrations__state=State.RESERVE)),
            awaiting=Count("registrations", filter=Q(registrations__state=State.AWAITING_DOCUMENTS)),
            offered=Count("registrations", filter=Q(registrations__state__in=[State.OFFERED, State.RECEIVED])),
        )
        .order_by("starts_at", "pk")[:MOST_EVENTS]
    )
    papers = _lacking_papers([event.pk for event in events])
    for event in events:
        event.papers = papers.get(event.pk, 0)
    return events


def unsettled(now):
    """Events that are over and not settled. Those announced only, without people and without a project, have nothing
    to settle."""
    over = Q(state=EventState.HELD) | Q(state__in=EventState.coming(), ends_at__lte=now)
    return Event.objects.filter(over, Q(taken__gt=0) | Q(edition__isnull=False))


def to_settle(now):
    """The oldest first."""
    return list(unsettled(now).defer(*_HEAVY).order_by("ends_at", "pk")[:MOST_EVENTS])


def to_check():
    """(how many forms wait, the longest waiting few)."""
    waiting = Enrolment.objects.to_check()
    return waiting.count(), list(waiting.select_related("edition").defer("answers")[:5])


def to_call(now):
    """People whose place ends soon unless something comes, the most urgent first; and those without an address, whom
    no letter reaches."""
    coming = Registration.objects.filter(event__state__in=EventState.coming(), event__ends_at__gt=now)
    ending = Q(state__in=State.waiting(), hold_until__lte=now + CALL_WITHIN)
    unreached = Q(email="", state__in=[*State.waiting(), State.RESERVE])
    rows = coming.filter(ending | unreached).select_related("event").defer("needs", "diet", "answers")
    return list(rows.order_by("hold_until", "pk")[:MOST_CALLS])


def _lacking_papers(event_ids):
    rows = Registration.objects.seated().filter(event__in=event_ids, participant__isnull=False)
    papers = {}
    for one in rows.select_related("participant__edition", "enrolment"):
        if missing_of(one.participant, one.enrolment):
            papers[one.event_id] = papers.get(one.event_id, 0) + 1
    return papers
