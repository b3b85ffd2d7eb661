"""Complaints: in the days of the rules, to the body that they name; an upheld one corrects the decision."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Refused
from core.templatetags.portal import date_words
from notifications.outbox import enqueue
from quality_mark import access
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState, DocumentKind, MarkState, Outcome
from quality_mark.deadlines import in_days
from quality_mark.letters_of_judging import COMPLAINT, complaint_context
from quality_mark.models import Complaint
from quality_mark.papers.mark_letter import letter_pdf
from quality_mark.use_cases.moving import advance, locked, locked_mark
from quality_mark.use_cases.office_papers import keep
from quality_mark.use_cases.renewing import rules_of
from quality_mark.use_cases.supervision import resume, unrevoke
from quality_mark.use_cases.telling_office import tell_of_complaint
from registry.use_cases.representation import representatives

# What a complaint may be about.
CORRECTED = (ApplicationState.REFUSED, ApplicationState.LEFT_UNEXAMINED)
CONTESTED = (MarkState.SUSPENDED, MarkState.REVOKED)
FINAL = "Skarga na tę decyzję została już rozpatrzona. To rozstrzygnięcie jest ostateczne."
WAITS = "Skarga jest już złożona i czeka na rozpatrzenie."


def until_of_application(application):
    """The moment until which a complaint may be filed, or None when there is nothing to complain about."""
    if application.state not in CORRECTED or application.decided_at is None:
        return None
    return in_days(application.rulebook, application.decided_at, application.rulebook.complaint_days)


def until_of_mark(mark):
    """The same of a mark that was suspended or revoked; reads its licences and steps."""
    steps = list(mark.steps.all())
    rules = rules_of(mark)
    if mark.state not in CONTESTED or not steps or rules is None:
        return None
    return in_days(rules, steps[-1].at, rules.complaint_days)


def why_not(decided, until, filed, now):
    """Why nobody can complain now of what was decided at the moment `decided`, in words, or an empty text. `filed` are
    the complaints so far: one answer to one decision is the last word, and a new decision may be complained about."""
    if until is None:
        return "Od tej decyzji nie składa się skargi."
    about_this = [one for one in filed if one.filed_at >= decided]
    if any(one.decided_at for one in about_this):
        return FINAL
    if until <= now:
        return f"Termin na skargę minął {date_words(last_day(until))}."
    return WAITS if about_this else ""


def why_not_application(application, now):
    return why_not(application.decided_at, until_of_application(application), application.complaints.all(), now)


def why_not_mark(mark, now):
    """Reads its licences, steps and complaints."""
    steps = list(mark.steps.all())
    return why_not(steps[-1].at if steps else None, until_of_mark(mark), mark.complaints.all(), now)


@transaction.atomic
def complain_about_application(*, application_id, text, actor, now):
    application = locked(application_id)
    access.check(actor, Actor.APPLICANT, application)
    _refuse(why_not_application(application, now))
    return _filed({"application": application}, application.rulebook, text, actor, now)


@transaction.atomic
def complain_about_mark(*, mark_id, text, actor, now):
    mark = locked_mark(mark_id)
    access.check(actor, Actor.APPLICANT, mark)
    _refuse(why_not_mark(mark, now))
    return _filed({"mark": mark}, rules_of(mark), text, actor, now)


@transaction.atomic
def decide(*, complaint_id, outcome, answer, actor, now):
    """Write down what the body said; an upheld complaint corrects the decision in the same transaction."""
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint_id)
    subject = locked(complaint.application_id) if complaint.application_id else locked_mark(complaint.mark_id)
    access.check(actor, Actor.DIRECTOR, subject)
    if complaint.decided_at:
        return complaint
    complaint.outcome, complaint.answer = outcome, answer
    complaint.decided_at, complaint.decided_by = now, actor
    complaint.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    if outcome == Outcome.UPHELD:
        _correct(subject, complaint, answer, actor, now)
    _tell(subject, complaint, now)
    return complaint


def _correct(subject, complaint, answer, actor, now):
    if complaint.application_id:
        if subject.state in CORRECTED:
            step = _step_back(subject)
            paper = _corrected(subject, answer, actor, now)
            advance(
                application_id=subject.pk, step=step, role=Actor.DIRECTOR, actor=actor, note=answer, paper=paper,
                now=now,
            )  # fmt: skip
    elif subject.state == MarkState.REVOKED:
        unrevoke(mark_id=subject.pk, note=answer, actor=actor, now=now)
    elif subject.state == MarkState.SUSPENDED:
        resume(mark_id=subject.pk, note=answer, actor=actor, now=now)


def follows(subject):
    """What an upheld complaint does, in words, before it is decided; dismissed, all stays as it is."""
    dismissed = "Po oddaleniu rozstrzygnięcie zostaje i jest ostateczne."
    if subject.state == MarkState.REVOKED:
        return f"Po uwzględnieniu odebranie znaku jest cofnięte, a znak pozostaje zawieszony. {dismissed}"
    if subject.state == MarkState.SUSPENDED:
        return f"Po uwzględnieniu znak jest znowu ważny. {dismissed}"
    where = (
        "do Kapituły" if subject.state == ApplicationState.REFUSED and subject.complete_at else "do oceny formalnej"
    )
    return f"Po uwzględnieniu wniosek wraca {where} i będzie rozstrzygnięty jeszcze raz. {dismissed}"


def _step_back(application):
    """To the commission, or, when it was never complete, to the formal check: there a "no" is answered anew."""
    if application.state == ApplicationState.REFUSED and application.complete_at:
        return "reconsider"
    application.verdicts.filter(is_met=False).update(is_met=None)
    return "restore"


def _corrected(application, answer, actor, now):
    """The paper about the corrected decision."""
    words = f"Po skardze wniosek {application.number} będzie rozpatrzony ponownie.\n\n{answer}"
    title, content = letter_pdf(application, DocumentKind.CORRECTED, number=application.number, reason=words, now=now)
    kind = DocumentKind.CORRECTED
    return keep(application=application, code=kind, content=content, name=f"{title}.pdf", actor=actor, now=now)


def _tell(subject, complaint, now):
    """Everybody who acts for the organisation."""
    context = complaint_context(subject, complaint)
    for grant in representatives(subject.offer.organisation, on=timezone.localdate(now)).select_related("user"):
        enqueue(
            to=grant.user.email, user=grant.user, template=COMPLAINT, context=context,
            dedupe_key=f"quality-mark:complaint:{complaint.pk}:{grant.user_id}", now=now,
        )  # fmt: skip


def _refuse(words):
    if words:
        raise Refused(words)


def _filed(about, rules, text, actor, now):
    [subject] = about.values()
    try:
        with transaction.atomic():
            made = Complaint.objects.create(**about, text=text, body=rules.complaint_body, author=actor, filed_at=now)
    except IntegrityError as error:
        raise Refused(WAITS) from error
    tell_of_complaint(subject, made, now=now)
    return made
