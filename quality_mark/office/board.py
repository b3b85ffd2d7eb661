"""The coordinators' board: what the filters find, in order of the deadline, and what each line says."""

from django.db.models import Count
from django.utils import timezone

from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState
from quality_mark.forms.office import ALL, MINE, NOBODY, SENT
from quality_mark.models import Application, Message
from quality_mark.office.clock import clock_of
from quality_mark.register.numbers import number_of
from registry.admin.words import holding

RUNNING = [state for state in ApplicationState.running() if state != ApplicationState.DRAFT]
# More words than these narrow nothing and cost time.
MOST_WORDS = 6


def found(chosen, *, user, now):
    """The applications that the cleaned filters ask for, those with the nearest deadline first."""
    rows = Application.objects.sent()
    state = chosen["stan"]
    if state != ALL:
        rows = rows.filter(state__in=[state] if state else RUNNING)
    if chosen["kto"] == MINE:
        rows = rows.filter(handled_by=user)
    elif chosen["kto"] == NOBODY:
        rows = rows.filter(handled_by=None)
    if chosen["po_terminie"]:
        rows = rows.filter(due_at__lte=now)
    text = " ".join(chosen["q"].split()[:MOST_WORDS])
    if number := number_of(text):
        rows = rows.filter(number=number)
    elif text:
        rows = holding(rows, text, "number", "applicant__name", "applicant__nip", "offer__name")
    return rows.order_by("due_at", "pk")


def counts():
    """{state: how many} of all that were sent, whatever the filters say."""
    return dict(Application.objects.sent().order_by().values_list("state").annotate(count=Count("pk")))


def tabs(chosen, numbers):
    """[{label, url, current, count}]: what is running, every state that has something, and all."""
    running = sum(numbers.get(state, 0) for state in RUNNING)
    states = [(state.value, state.label, numbers[state]) for state in SENT if numbers.get(state)]
    lines = [("", "w toku", running), *states, (ALL, "wszystkie", sum(numbers.values()))]
    return [
        {"label": label, "url": f"?stan={key}" if key else "?", "current": key == chosen, "count": count}
        for key, label, count in lines
    ]


def with_names(ids):
    """The applications of one page in their order, with everything that a line names and nothing of what was sent."""
    rows = Application.objects.defer("answers", "revisions", "offer_facts").select_related(
        "handled_by", "offer__organisation__institution", "offer__organisation__unit"
    )
    found = rows.prefetch_related("pauses", "rulebook").in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]


def known_count(chosen, numbers):
    """How many there are without asking again, or None when more than the state narrows them."""
    if chosen["q"] or chosen["kto"] or chosen["po_terminie"]:
        return None
    state = chosen["stan"]
    if state == ALL:
        return sum(numbers.values())
    return sum(numbers.get(one, 0) for one in ([state] if state else RUNNING))


def lines(applications, *, now):
    """What stands in each line of a page."""
    unanswered = waiting_for_answer([one.pk for one in applications])
    return [
        {
            "application": one,
            "organisation": one.applicant.get("name") or str(one.offer.organisation),
            "last_day": last_day(one.due_at) if one.due_at else None,
            "is_late": bool(one.due_at and one.due_at <= now),
            "is_today": bool(one.due_at and last_day(one.due_at) == timezone.localdate(now)),
            "clock": clock_of(one, now=now),
            "has_message": one.pk in unanswered,
        }
        for one in applications
    ]


def waiting_for_answer(ids):
    """Those of these applications whose last message came from the applicant."""
    last = Message.objects.filter(application__in=ids).order_by("application", "-at", "-pk").distinct("application")
    return {one.application_id for one in last.only("application_id", "is_of_office") if not one.is_of_office}
