"""What the last moment of a call to complete brings: a reminder before it, and afterwards the end of the case."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from core.templatetags.portal import date_words
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState, DocumentKind
from quality_mark.models import Application, Call
from quality_mark.office import letters
from quality_mark.papers.mark_letter import complaint_words
from quality_mark.use_cases.checking import must_handle
from quality_mark.use_cases.moving import advance, locked
from quality_mark.use_cases.office_papers import keep_letter
from quality_mark.use_cases.telling import tell_applicant

log = logging.getLogger(__name__)


@transaction.atomic
def leave(*, application_id, actor=None, note="", now):
    """Leave an application unexamined whose call nobody has answered in time, once, with a letter and its PDF.

    Without `actor` the clock does it, and an application that is not overdue any more is left alone: None. Refused to
    a coordinator: before the last moment.
    """
    application = locked(application_id)
    is_due = application.state == ApplicationState.CORRECTION and application.due_at and application.due_at <= now
    if actor:
        must_handle(application, actor)
        if application.state == ApplicationState.CORRECTION and not is_due:
            raise Refused("Termin uzupełnienia jeszcze nie minął.")
    elif not is_due:
        return None
    due = last_day(application.due_at or now)
    paper = None
    if is_due:
        paper = keep_letter(
            application,
            DocumentKind.UNEXAMINED,
            "Pozostawienie bez rozpatrzenia",
            actor=actor,
            now=now,
            due=date_words(due),
            note=note,
            more=[complaint_words(application.rulebook, now)],
        )
    moved = advance(
        application_id=application.pk,
        step="leave",
        role=Actor.CLERK if actor else Actor.TIME,
        actor=actor,
        note=note,
        paper=paper,
        now=now,
    )
    tell_applicant(letters.LEFT, moved, key=moved.latest.pk, due=due, now=now)
    return moved


def leave_overdue(*, now):
    """What the clock does: each application in a transaction of its own. Returns how many were left."""
    late = Application.objects.filter(state=ApplicationState.CORRECTION, due_at__lte=now).order_by("due_at", "pk")
    count = 0
    for pk in list(late.values_list("pk", flat=True)):
        try:
            count += leave(application_id=pk, now=now) is not None
        except Exception:  # one case that cannot be left keeps no other from it
            log.exception("Application %s was not left unexamined", pk)
    return count


@transaction.atomic
def remind(*, now):
    """A letter some days before the last day of a call, as the rules say, once. Calls that were sent a day ago or less
    need none.
    """
    today = timezone.localdate(now)
    waiting = Call.objects.filter(
        answered_at=None,
        withdrawn_at=None,
        application__state=ApplicationState.CORRECTION,
        due_at__gt=now,
        sent_at__lt=now - timedelta(days=1),
    )
    of = "application__offer__organisation"
    waiting = waiting.select_related("application__rulebook", f"{of}__institution", f"{of}__unit")
    near = [one for one in waiting if (last_day(one.due_at) - today).days <= one.application.rulebook.warning_days]
    for one in near:
        tell_applicant(
            letters.CALL_REMINDER, one.application, key=one.pk, page="own_call", due=last_day(one.due_at), now=now
        )
