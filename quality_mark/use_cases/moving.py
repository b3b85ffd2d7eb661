"""The only door for a change of state: one step of one application, or of one mark, in the caller's transaction."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate as _day

from core.exceptions import Refused
from quality_mark import access, deadlines, workflow
from quality_mark.calendar import end_of
from quality_mark.choices import Actor, ApplicationKind, ApplicationState, MarkState
from quality_mark.models import Application, Mark, MarkStep, Pause, Step
from quality_mark.use_cases.recording import record

# Constraints that hold an offer to one of each.
ONES = ("quality_mark_app_one_running", "quality_mark_mark_one_living")
ONE_RUNNING = (
    "Dla tej oferty jest już otwarty inny wniosek. Najpierw podmiot musi go wycofać albo trzeba go rozpatrzyć."
)
ONE_LIVING = "Ta oferta ma już inny znak, który trwa."
# From these a mark goes on to wait for a renewal that runs.
WAITED_BY = (MarkState.ACTIVE, MarkState.RENEWAL_OPEN, MarkState.EXPIRED)
DECIDED = (*ApplicationState.over(), ApplicationState.GRANTED)


def locked(application_id):
    """The application with what its steps need to know; whoever comes at the same time waits."""
    applications = Application.objects.select_for_update(of=("self",)).select_related(
        "rulebook", "offer__organisation__institution", "offer__organisation__unit", "offer__organisation__kind"
    )
    return applications.get(pk=application_id)


def locked_mark(mark_id):
    """The same for a mark, with everything that tells how it stands and under which rules."""
    Mark.objects.select_for_update().get(pk=mark_id)
    return Mark.objects.told().prefetch_related("licences__application__rulebook").get(pk=mark_id)


@transaction.atomic
def advance(*, application_id, step, role, actor=None, note="", paper=None, now):
    """Move one application one step. Returns it, with `latest` the row of its log.

    `role` is the Actor as which `actor` acts; time acts without anybody. Refused: not from this state, not this
    person's step, or the case of an organisation of their own. What a step needs beside it ("all papers there?") is
    asked by the verb that calls this one, on the row that it has locked.
    """
    application = locked(application_id)
    move = workflow.applications.resolve(step, state=application.state, actor=role)
    if role != Actor.TIME:
        access.check(actor, role, application)
    source, application.state = application.state, move.target
    _stood_still(application, move.target, now)
    application.decided_at = now if move.target in DECIDED else None
    if move.target == ApplicationState.FORMAL_OK and application.complete_at is None:
        application.complete_at = now
    if move.target == ApplicationState.FORMAL_CHECK and source == ApplicationState.FORMAL_OK:
        application.complete_at = None
    waits = _pause(application, step, now)
    # What the applicant is asked beside a call has no last day; the clock stands until they answer.
    asked = waits and application.state in workflow.JUDGED
    application.due_at = None if asked else deadlines.due_at(application, since=now)
    _kept(application, ONE_RUNNING, "state", "decided_at", "complete_at", "due_at", "number", "submitted_at")
    application.latest = Step.objects.create(
        application=application,
        name=step,
        source=source,
        target=move.target,
        actor=actor,
        role=role,
        note=note,
        paper=paper,
        at=now,
    )
    if application.kind == ApplicationKind.RENEWAL:
        _mark_follows(application, actor=actor, now=now)
    return application


@transaction.atomic
def advance_mark(*, mark_id, step, role, actor=None, note="", paper=None, now):
    """The same for a mark. Who may do it is asked by the verbs that call this one: they know the application."""
    mark = Mark.objects.select_for_update(of=("self",)).get(pk=mark_id)
    move = workflow.marks.resolve(step, state=mark.state, actor=role)
    # Whoever has waited at the lock comes after whoever was served, also with an earlier moment in hand.
    now = max(now, mark.steps.aggregate(last=Max("at"))["last"] or now)
    source, mark.state, mark.since = mark.state, move.target, _day(now)
    _kept(mark, ONE_LIVING, "state", "since")
    mark.latest = MarkStep.objects.create(
        mark=mark, name=step, source=source, target=move.target, actor=actor, role=role, note=note, paper=paper, at=now
    )
    return mark


def _kept(row, words, *fields):
    """Save these fields. Refused when an offer would have two of what it has one of: what was over comes back after a
    complaint, and the offer has meanwhile begun anew."""
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") not in ONES:
            raise
        raise Refused(words) from error


def _mark_follows(application, *, actor, now):
    """A mark waits for its renewal from the submission until the renewal has ended; back again when it is restored.

    One that has ended waits again where the rules keep a mark valid for a renewal that was filed in time: a complaint
    has brought that back, or the night job stood before it in the queue.
    """
    mark = Mark.objects.select_for_update().get(pk=application.mark_id)
    state, filed = mark.state, application.submitted_at
    is_kept = application.rulebook.valid_while_renewed and filed and _day(filed) <= mark.valid_until
    is_over = state == MarkState.EXPIRED or mark.valid_until < _day(now)
    given = {"mark_id": mark.pk, "actor": actor, "note": application.number}
    has_failed = application.state in ApplicationState.over() and application.state != ApplicationState.ACTIVE
    runs = application.state in ApplicationState.running() and application.state != ApplicationState.DRAFT
    if has_failed and state == MarkState.RENEWAL_SUBMITTED:
        advance_mark(step="drop_renewal", role=Actor.APPLICANT, now=now, **given)
    elif runs and state in WAITED_BY and (is_kept or not is_over):
        if is_over and state != MarkState.EXPIRED:
            # What the night job has not written down yet: the log is the same whether or not it was there.
            advance_mark(step="expire", role=Actor.TIME, mark_id=mark.pk, now=end_of(mark.valid_until))
        advance_mark(step="file_renewal", role=Actor.APPLICANT, now=now, **given)
    else:
        return
    if mark.valid_until <= _day(now):
        # From here on its badge hangs on this renewal alone.
        record(mark.pk, now=now)


def go_on(application, now):
    """The applicant has answered what was asked in the middle of judging: from now on the clock runs again."""
    if application.state in workflow.JUDGED and application.pauses.filter(until=None).update(until=now):
        application.due_at = deadlines.due_at(application, since=now)
        application.save(update_fields=["due_at"])


def _stood_still(application, target, now):
    """From a decision until it was taken back there was nothing to be done: that time is not the office's."""
    since = application.decided_at
    if since and since < now and application.complete_at and target not in DECIDED:
        Pause.objects.create(application=application, since=since, until=now)


def _pause(application, step, now):
    """While the applicant is waited for, the clock of the procedure stands. Whether it does."""
    waits = application.state == ApplicationState.CORRECTION or step == "more"
    if waits and application.complete_at:
        Pause.objects.get_or_create(application=application, until=None, defaults={"since": now})
    elif not waits:
        application.pauses.filter(until=None).update(until=now)
    return waits
