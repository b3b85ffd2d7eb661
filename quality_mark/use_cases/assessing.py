"""Verbs of an assessor: declaring that there is no conflict, scoring, sending, taking it back."""

from django.db import transaction

from accounts.permissions import Action, may
from core.exceptions import Refused
from quality_mark import access
from quality_mark.assessing.seeing import may_see_others
from quality_mark.choices import Actor
from quality_mark.use_cases.assigning import call_third, found, in_assessment, leave
from quality_mark.use_cases.telling_members import tell_of_reopening


@transaction.atomic
def declare(*, assessment_id, conflict="", actor, now):
    """Say that there is no conflict of interests, or what it is: then the person leaves and another one is asked."""
    assessment = _own(assessment_id, actor)
    if conflict:
        leave(assessment, conflict, now, has_conflict=True)
    elif assessment.declared_at is None:
        assessment.declared_at = now
        assessment.save(update_fields=["declared_at"])
    return assessment


@transaction.atomic
def save(*, assessment_id, scores, comment="", actor, now):
    """Keep a draft: {criterion id: (value or None, reason)}. Refused: sent already, no declaration yet."""
    assessment = _own(assessment_id, actor)
    if assessment.sent_at:
        raise Refused("Ocena została już wysłana i nie można jej zmienić.")
    if assessment.declared_at is None:
        raise Refused("Najpierw oświadcz, że nie masz konfliktu interesów.")
    for criterion in assessment.application.rulebook.substantivecriterion_set.all():
        value, reason = scores.get(criterion.pk, (None, ""))
        if value is not None and not 0 <= value <= criterion.scale:
            raise Refused(f"Ocena to liczba od 0 do {criterion.scale}.", field=criterion.code)
        assessment.scores.update_or_create(criterion=criterion, defaults={"value": value, "reason": reason})
    assessment.comment = comment
    assessment.save(update_fields=["comment"])
    return assessment


@transaction.atomic
def send(*, assessment_id, scores, comment="", actor, now):
    """Send the assessment, once; a second press changes nothing. When the last one is in and they are far apart, a
    third person is asked. Refused: something is missing."""
    assessment = _own(assessment_id, actor)
    if assessment.sent_at:
        return assessment
    assessment = save(assessment_id=assessment_id, scores=scores, comment=comment, actor=actor, now=now)
    for score in assessment.scores.select_related("criterion"):
        if score.value is None or not score.reason.strip():
            raise Refused("Podaj ocenę i uzasadnienie.", field=score.criterion.code)
    assessment.sent_at = now
    assessment.save(update_fields=["sent_at"])
    call_third(in_assessment(assessment.application_id), now)
    return assessment


@transaction.atomic
def reopen(*, assessment_id, reason, actor, now):
    """Take a sent assessment back, with a reason; what had been sent is kept in the log. Its author may as long as the
    others have not been shown to them, the office may until the case goes to the commission. A second press is none.
    """
    assessment = found(assessment_id)
    is_author = assessment.assessor_id == actor.pk and may(actor, Action.ASSESS_MARK)
    if not is_author or access.is_own(actor, assessment.application.offer.organisation):
        access.check(actor, Actor.CLERK, assessment.application)
    if not reason.strip():
        raise Refused("Podaj powód.", field="reason")
    if assessment.left_at or assessment.sent_at is None:
        return assessment
    if is_author and may_see_others(assessment):
        raise Refused("Widzisz już oceny innych. Wysłaną ocenę może teraz cofnąć tylko biuro.")
    rows = assessment.scores.select_related("criterion")
    assessment.reopenings.create(
        reason=reason,
        by=actor,
        is_of_office=not is_author,
        sent_at=assessment.sent_at,
        scores={one.criterion.code: [one.value, one.reason] for one in rows},
        comment=assessment.comment,
        at=now,
    )
    assessment.sent_at = None
    assessment.save(update_fields=["sent_at"])
    if not is_author and assessment.assessor:
        tell_of_reopening(assessment, reason, now=now)
    return assessment


def _own(assessment_id, actor):
    assessment = found(assessment_id)
    if assessment.assessor_id != actor.pk or assessment.left_at or not may(actor, Action.ASSESS_MARK):
        raise Refused("Ta ocena nie należy do Ciebie.")
    if access.is_own(actor, assessment.application.offer.organisation):
        raise Refused(access.OWN)
    return assessment
