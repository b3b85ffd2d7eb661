"""Verbs of the director: granting, refusing, asking for more. One transaction for each case, whatever is chosen."""

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from notifications import outbox
from quality_mark import access, deadlines, workflow
from quality_mark.choices import Actor, ApplicationState, DocumentKind
from quality_mark.decisions.letter import decision_pdf
from quality_mark.decisions.waiting import with_recommendation
from quality_mark.letters_of_judging import DECIDED, MORE_ASKED, decided_context
from quality_mark.models import Application
from quality_mark.use_cases.moving import advance, locked
from quality_mark.use_cases.office_papers import keep
from quality_mark.use_cases.telling import tell_applicant
from quality_mark.use_cases.telling_members import tell_of_more
from quality_mark.voting import Result

GRANT, REFUSE, FAIL, MORE = "grant", "refuse", "fail", "more"
KINDS = {GRANT: DocumentKind.DECISION, REFUSE: DocumentKind.REFUSAL, FAIL: DocumentKind.REFUSAL}


@transaction.atomic
def decide(*, application_id, step, reason, actor, now):
    """Grant, refuse, fail or ask for more, with reasons that the applicant reads. Returns the application.

    A second press by the same person changes nothing. Refused: no recommendation, no reasons, somebody was faster,
    the case of an organisation of one's own.
    """
    application = locked(application_id)
    access.check(actor, Actor.DIRECTOR, application)
    if step not in (*KINDS, MORE):
        raise Refused("Wybierz rozstrzygnięcie.", field="step")
    if not reason.strip():
        raise Refused("Podaj uzasadnienie: przeczyta je wnioskodawca.", field="reason")
    if is_done(application, step, actor, now):
        return application
    if application.state == ApplicationState.FORMAL_CHECK and step != FAIL:
        raise Refused("W ocenie formalnej można tylko odmówić, gdy kryterium nie jest spełnione.", field="step")
    workflow.applications.resolve(step, state=application.state, actor=Actor.DIRECTOR)
    _check_ground(application, step)
    paper = decision_paper(application, KINDS[step], reason, actor, now) if step in KINDS else None
    moved = advance(
        application_id=application_id, step=step, role=Actor.DIRECTOR, actor=actor, note=reason, paper=paper, now=now
    )
    if paper:
        tell_decided(moved, now)
    else:
        _tell_of_more(moved, reason, now)
    return moved


def decide_many(*, application_ids, step, reason, actor, now):
    """The same for several cases, each for itself. Returns ([application], [(id, Refused)])."""
    done, refused = [], []
    for number in application_ids:
        try:
            done.append(decide(application_id=number, step=step, reason=reason, actor=actor, now=now))
        except Refused as refusal:
            refused.append((number, refusal))
    return done, refused


def step_for(choice, application):
    """What "refuse" means where the case stands: the formal criteria are not met, or the application is refused."""
    return FAIL if choice == REFUSE and application.state == ApplicationState.FORMAL_CHECK else choice


@transaction.atomic
def ask_for_more(*, application_id, reason, role, actor, now):
    """The office or the commission sends the case back for more evidence. What they ask the applicant reads too."""
    if not reason.strip():
        raise Refused("Napisz, co trzeba wyjaśnić.", field="reason")
    moved = advance(application_id=application_id, step=MORE, role=role, actor=actor, note=reason, now=now)
    _tell_of_more(moved, reason, now)
    return moved


def _tell_of_more(application, reason, now):
    """Those who judge it, and the applicant, who may answer by a message to the office."""
    tell_of_more(application, reason, now=now)
    key = str(application.latest.pk)
    tell_applicant(MORE_ASKED, application, key=key, page="own_messages", now=now, reason=reason)


def is_done(application, step, actor, now):
    """Whether this is the second press of the same person."""
    last = application.steps.order_by("-at", "-pk").first()
    return last is not None and (last.name, last.actor_id) == (step, actor.pk) and (now - last.at).total_seconds() < 60


def _check_ground(application, step):
    row = with_recommendation(Application.objects.filter(pk=application.pk)).get()
    if step == FAIL and not row.is_unmet:
        raise Refused("Biuro nie stwierdziło, że kryterium formalne nie jest spełnione.")
    if step in (GRANT, REFUSE) and row.recommendation is None:
        raise Refused("Kapituła nie wydała jeszcze rekomendacji w tej sprawie.")
    if step == GRANT and row.recommendation != Result.YES:
        raise Refused("Kapituła nie zarekomendowała przyznania znaku.")


def decision_paper(application, kind, reason, actor, now):
    """The letter about a decision as a paper of the case."""
    rules, grants = application.rulebook, kind == DocumentKind.DECISION
    due_at = deadlines.in_days(rules, now, rules.signing_days) if grants else None
    title, content = decision_pdf(application, kind, reason=reason, due_at=due_at, now=now)
    return keep(application=application, code=kind, content=content, name=f"{title}.pdf", actor=actor, now=now)


def tell_decided(application, now):
    """Everybody who acts for the organisation today."""
    grants = RoleGrant.objects.held_by_active(Role.REPRESENTATIVE, timezone.localdate(now))
    step = application.latest.pk
    for grant in grants.filter(organisation=application.offer.organisation_id):
        outbox.enqueue(
            to=grant.user.email,
            user=grant.user,
            template=DECIDED,
            context=decided_context(application),
            dedupe_key=f"quality-mark:decided:{step}:{grant.user_id}",
            now=now,
        )
