"""Taking back that a case was handed on, to assessors or to the commission, when it was pressed too early."""

from django.db import transaction

from core.exceptions import Refused
from quality_mark.choices import Actor
from quality_mark.office.handed import why_not
from quality_mark.use_cases.checking import must_handle, must_say_why
from quality_mark.use_cases.moving import advance, locked
from quality_mark.workflow import LAST_BACK

LEFT = "Biuro cofnęło przekazanie do oceny."


@transaction.atomic
def take_back(*, application_id, step, reason, actor, now):
    """One of the steps of LAST_BACK. Refused: without a reason, to whoever does not handle the case, once anything
    else has happened to it, once somebody has sent an assessment or a vote was opened."""
    application = locked(application_id)
    if step not in LAST_BACK:
        raise Refused("Tego kroku nie cofa się tutaj.")
    must_handle(application, actor)
    must_say_why(reason)
    if why := why_not(application, step):
        raise Refused(why)
    if step == "unassign":
        # Nobody is asked in the place of those who leave; they may be asked again.
        application.assessments.filter(left_at=None).update(left_at=now, left_why=LEFT)
    else:
        # Off every agenda that waits; whoever opens a vote waits for the case, which is locked here.
        application.agenda_items.filter(mark=None, sitting__signed_at=None, votes=None).delete()
    return advance(application_id=application_id, step=step, role=Actor.CLERK, actor=actor, note=reason, now=now)
