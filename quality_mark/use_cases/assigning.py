"""Verbs of the office around an assessment: who assesses, and the case on its way to the commission."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from notifications import outbox
from quality_mark import access
from quality_mark.assessing.choosing import free
from quality_mark.assessing.seeing import all_in, missing, wants_third
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState
from quality_mark.deadlines import in_days
from quality_mark.letters_of_judging import ASSESSMENT, ASSESSMENT_REMINDER, assessment_context
from quality_mark.models import Assessment
from quality_mark.use_cases.moving import advance, locked

A = ApplicationState


@transaction.atomic
def assign(*, application_id, assessor_ids, due_on=None, actor, now):
    """Hand the case to as many assessors as the rules say. Refused: another number, a conflict, no assessor."""
    application = locked(application_id)
    access.check(actor, Actor.CLERK, application)
    if application.goes_short:
        raise Refused("Zasady tej sprawy kierują przedłużenie do Kapituły bez ponownej oceny merytorycznej.")
    ids = set(assessor_ids)
    if len(ids) != application.rulebook.assessors:
        raise Refused(f"Zasady wymagają tylu oceniających: {application.rulebook.assessors}.", field="assessors")
    if due_on and due_on < timezone.localdate(now):
        raise Refused("Ten dzień już minął.", field="due_on")
    can = {one.person.pk: one.person for one in free(application, timezone.localdate(now), again=True)}
    if ids - {*can}:
        raise Refused("Wybierz osoby, które mogą oceniać tę sprawę.", field="assessors")
    moved = advance(application_id=application_id, step="assign", role=Actor.CLERK, actor=actor, now=now)
    for pk in sorted(ids):
        _ask(moved, can[pk], due_on, now)
    return moved


@transaction.atomic
def ask_another(*, application_id, assessor_id=None, due_on=None, actor, now):
    """Ask one more person, the least busy one without an `assessor_id`, while somebody is missing."""
    application = in_assessment(application_id)
    access.check(actor, Actor.CLERK, application)
    if not missing(application):
        raise Refused("Ta sprawa ma już tylu oceniających, ilu trzeba.")
    can = free(application, timezone.localdate(now), again=assessor_id is not None)
    person = next((one.person for one in can if assessor_id in (None, one.person.pk)), None)
    if person is None:
        raise Refused("Nie ma osoby, która mogłaby ocenić tę sprawę.", field="assessors")
    is_third = application.assessments.active().filter(is_third=False).count() >= application.rulebook.assessors
    return _ask(application, person, due_on, now, is_third=is_third)


@transaction.atomic
def take_off(*, assessment_id, reason, actor, now):
    """The office takes a person off who cannot assess. Refused once they have sent: what was found is kept."""
    assessment = found(assessment_id)
    access.check(actor, Actor.CLERK, assessment.application)
    if assessment.left_at is None and assessment.sent_at is not None:
        raise Refused("Ta osoba wysłała już ocenę.")
    if assessment.left_at is None:
        leave(assessment, reason, now)
    return assessment


@transaction.atomic
def put(*, application_id, actor, now):
    """Hand the case to the commission. Refused before every assessment is in."""
    application = locked(application_id)
    if application.state == A.ASSESSMENT and not (all_in(application) and missing(application) == 0):
        raise Refused("Nie wszystkie oceny zostały wysłane.")
    return advance(application_id=application_id, step="put", role=Actor.CLERK, actor=actor, now=now)


@transaction.atomic
def shorten(*, application_id, actor, now):
    """Hand a renewal to the commission without a new assessment, when its rules say so."""
    application = locked(application_id)
    if not application.goes_short:
        raise Refused("Bez oceny merytorycznej idzie do Kapituły tylko przedłużenie, jeśli zasady tak mówią.")
    return advance(application_id=application_id, step="shorten", role=Actor.CLERK, actor=actor, now=now)


def in_assessment(application_id):
    application = locked(application_id)
    if application.state != A.ASSESSMENT:
        raise Refused("Ten wniosek nie jest teraz w ocenie merytorycznej.")
    return application


def found(assessment_id):
    """The assessment with its case, which is locked first: everything about a case waits in one queue."""
    application = in_assessment(Assessment.objects.values_list("application", flat=True).get(pk=assessment_id))
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    assessment.application = application
    return assessment


def _ask(application, person, due_on, now, *, is_third=False):
    due_on = due_on or due_day(application.rulebook, now)
    assessment = Assessment.objects.create(
        application=application, assessor=person, is_third=is_third, asked_at=now, due_on=due_on
    )
    outbox.enqueue(
        to=person.email,
        user=person,
        template=ASSESSMENT,
        context=assessment_context(assessment),
        dedupe_key=f"quality-mark:assessment:{assessment.pk}",
        now=now,
    )
    return assessment


def due_day(rules, now):
    """Until when whoever is asked now is to assess, unless the office says otherwise."""
    return last_day(in_days(rules, now, rules.assessment_days))


@transaction.atomic
def remind(*, now):
    """A letter to assessors whose last day is near, once, but not on the day after they were asked. How many."""
    today = timezone.localdate(now)
    waiting = Assessment.objects.waiting().filter(
        application__state=A.ASSESSMENT,
        assessor__isnull=False,
        due_on__gte=today,
        asked_at__lt=now - timedelta(days=1),
    )
    waiting = waiting.select_related(
        "assessor", "application__rulebook", "application__offer__organisation__institution",
        "application__offer__organisation__unit",
    )  # fmt: skip
    near = [one for one in waiting if (one.due_on - today).days <= one.application.rulebook.warning_days]
    for one in near:
        outbox.enqueue(
            to=one.assessor.email,
            user=one.assessor,
            template=ASSESSMENT_REMINDER,
            context=assessment_context(one),
            dedupe_key=f"quality-mark:assessment-near:{one.pk}:{one.due_on}",
            now=now,
        )
    return len(near)


def leave(assessment, reason, now, *, has_conflict=False):
    """Take the person off and ask the next one; when there is nobody, the office sees that somebody is missing."""
    application = assessment.application
    assessment.left_at, assessment.left_why, assessment.has_conflict = now, reason, has_conflict
    assessment.save(update_fields=["left_at", "left_why", "has_conflict"])
    _ask_next(application, now, is_third=assessment.is_third)


def _ask_next(application, now, *, is_third):
    can = free(application, timezone.localdate(now))
    if can:
        _ask(application, can[0].person, None, now, is_third=is_third)


def call_third(application, now):
    if wants_third(application, list(application.assessments.active().prefetch_related("scores"))):
        _ask_next(application, now, is_third=True)
