"""The formal check: who handles a case, a yes or no to every formal criterion, and passing on when all are met."""

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from notifications.outbox import enqueue
from quality_mark import access
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState
from quality_mark.models import FormalCriterion, Verdict
from quality_mark.office.letters import FAILURE_PROPOSED, PASSED, case_of
from quality_mark.use_cases.moving import advance, locked
from quality_mark.use_cases.telling import tell_applicant

# Steps that take back what was pressed by mistake, while a case is with the office.
UNDOING = ("untake", "unpass")


@transaction.atomic
def take(*, application_id, actor, now):
    """Begin the formal check: from now on this coordinator handles the case. Refused: somebody else was first."""
    application = locked(application_id)
    access.check(actor, Actor.CLERK, application)
    if application.state != ApplicationState.SUBMITTED and application.handled_by:
        if application.handled_by == actor:
            return application
        raise Refused(f"Tę sprawę prowadzi już {application.handled_by.get_full_name()}.")
    application.handled_by = actor
    application.save(update_fields=["handled_by"])
    return advance(application_id=application_id, step="take", role=Actor.CLERK, actor=actor, now=now)


@transaction.atomic
def take_over(*, application_id, seen_handler, actor, now):
    """Handle a case that somebody else has handled so far. Refused: it is over, not taken yet, or has meanwhile gone
    to somebody else than `seen_handler`, the id that stood on the page."""
    application = locked(application_id)
    access.check(actor, Actor.CLERK, application)
    if application.handled_by_id == actor.pk:
        return application
    if application.state not in HANDLED:
        raise Refused("Tej sprawy nie można teraz przejąć.")
    if application.handled_by_id != seen_handler:
        name = application.handled_by.get_full_name() if application.handled_by else "nikt"
        raise Refused(f"W tej samej chwili sprawę przejął ktoś inny. Teraz prowadzi ją: {name}.")
    application.handled_by = actor
    application.save(update_fields=["handled_by"])
    return application


@transaction.atomic
def judge(*, application_id, verdicts, actor, now):
    """Keep verdicts, {criterion id: (True, False or None, note)}, of the rules of the case. What is said to other
    criteria is left out. Refused: not in the formal check, or somebody else's case."""
    application = in_check(application_id, actor)
    before = {one.criterion_id: one for one in application.verdicts.all()}
    for criterion in FormalCriterion.objects.filter(rulebook=application.rulebook, pk__in=verdicts):
        is_met, note = verdicts[criterion.pk]
        there = before.get(criterion.pk)
        if there and (there.is_met, there.note) == (is_met, note):
            continue
        Verdict.objects.update_or_create(
            application=application,
            criterion=criterion,
            defaults={"is_met": is_met, "note": note, "by": actor, "at": now},
        )
    return application


@transaction.atomic
def pass_on(*, application_id, actor, now):
    """Positive: the application is complete and the clock of the procedure begins. Refused with what is not met."""
    application = in_check(application_id, actor)
    if lacking := lacking_to_pass(application):
        raise Refused(f"Ocena formalna nie może być pozytywna: {', '.join(lacking)}.")
    passed = advance(application_id=application_id, step="pass", role=Actor.CLERK, actor=actor, now=now)
    due = last_day(passed.due_at)
    tell_applicant(PASSED, passed, key=passed.latest.pk, due=due, now=now)
    return passed


def lacking_to_pass(application):
    """What keeps the formal check from being positive, in words: criteria without a yes, faults that are not cured."""
    met = set(application.verdicts.filter(is_met=True).values_list("criterion_id", flat=True))
    criteria = FormalCriterion.objects.filter(rulebook=application.rulebook_id)
    words = [f"„{one.title}” bez „tak”" for one in criteria if one.pk not in met]
    call = answered_call(application)
    if call:
        words += [f"brak nr {one.number} nieusunięty" for one in call.faults.all() if one.is_cured is not True]
    return words


def answered_call(application):
    """The last call that the applicant has answered, with its faults, or None."""
    calls = application.calls.filter(answered_at__isnull=False, withdrawn_at=None)
    return calls.order_by("-number").prefetch_related("faults").first()


@transaction.atomic
def undo(*, application_id, step, reason, actor, now):
    """Take back taking or passing. Refused without a reason, and to whoever does not handle the case."""
    application = locked(application_id)
    if step not in UNDOING:
        raise Refused("Tego kroku nie cofa się tutaj.")
    must_handle(application, actor)
    must_say_why(reason)
    moved = advance(application_id=application_id, step=step, role=Actor.CLERK, actor=actor, note=reason, now=now)
    if step == "untake":
        moved.handled_by = None
        moved.save(update_fields=["handled_by"])
    return moved


@transaction.atomic
def propose_failure(*, application_id, reason, actor, now):
    """Tell the directors that a case fails the formal check: only they refuse. Refused: every criterion is met."""
    application = in_check(application_id, actor)
    must_say_why(reason)
    if not application.verdicts.filter(is_met=False).exists():
        raise Refused("Żadne kryterium nie jest ocenione na „nie”.")
    # The director reads it beside the criterion, not in the letter alone.
    application.verdicts.filter(is_met=False, note="").update(note=reason)
    day = timezone.localdate(now)
    for grant in RoleGrant.objects.held_by_active(Role.DIRECTOR, day):
        if access.is_own(grant.user, application.offer.organisation):
            continue
        enqueue(
            to=grant.user.email,
            user=grant.user,
            template=FAILURE_PROPOSED,
            context=case_of(application) | {"reason": reason},
            dedupe_key=f"{FAILURE_PROPOSED}:{application.pk}:{day}:{grant.user_id}",
            now=now,
        )
    return application


def in_check(application_id, actor):
    """The application, locked, in its formal check and handled by this person. Refused otherwise."""
    application = locked(application_id)
    must_handle(application, actor)
    if application.state != ApplicationState.FORMAL_CHECK:
        raise Refused("Ta sprawa nie jest teraz w ocenie formalnej: ktoś mógł zmienić jej stan w tej samej chwili.")
    return application


def must_handle(application, actor):
    access.check(actor, Actor.CLERK, application)
    if application.handled_by_id and application.handled_by_id != actor.pk:
        raise Refused(f"Tę sprawę prowadzi {application.handled_by.get_full_name()}. Możesz ją przejąć.")


def must_say_why(reason):
    if not reason.strip():
        raise Refused("Napisz, dlaczego.", field="reason")


# States in which somebody of the office handles a case.
HANDLED = [
    state for state in ApplicationState.running() if state not in (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
]
