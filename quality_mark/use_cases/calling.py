"""Calls to complete an application: sending one, answering it, taking it back, and what its last moment brings."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from core.templatetags.portal import date_words
from quality_mark import access, deadlines
from quality_mark.calendar import end_of, last_day
from quality_mark.choices import Actor, ApplicationState, DocumentKind
from quality_mark.correction import open_call
from quality_mark.models import Application, Call, Fault
from quality_mark.office import letters
from quality_mark.office.documents import file_name, office_letter
from quality_mark.papers.mark_letter import complaint_words
from quality_mark.use_cases import office_papers
from quality_mark.use_cases.checking import answered_call, in_check, must_handle, must_say_why
from quality_mark.use_cases.moving import advance, locked
from quality_mark.use_cases.telling import tell_applicant, tell_handler

MOST_FAULTS = 40
REMINDED_DAYS = 2
log = logging.getLogger(__name__)


@transaction.atomic
def call(*, application_id, faults, standing, text="", actor, now):
    """Call the applicant to complete the application: a letter, a PDF in the file, the last moment by the rules.

    `faults` are dicts of text, step, field, code; `standing(application, fault)` tells what stands at the place of one
    on the row that is locked here, and is kept to be compared with the answer. Refused: no fault, too many.
    """
    application = in_check(application_id, actor)
    if not faults:
        raise Refused("Napisz co najmniej jeden brak.")
    if len(faults) > MOST_FAULTS:
        raise Refused(f"Wezwanie może mieć najwyżej {MOST_FAULTS} braków.")
    # One that the clock has closed, before a complaint brought the case back, is answered no more.
    application.calls.filter(answered_at=None, withdrawn_at=None).update(withdrawn_at=now)
    due_at = deadlines.in_days(application.rulebook, now, application.rulebook.correction_days)
    number = 1 + max(application.calls.values_list("number", flat=True), default=0)
    made = Call.objects.create(application=application, number=number, text=text, sent_at=now, due_at=due_at)
    rows = [Fault(call=made, number=place, **given) for place, given in enumerate(faults, 1)]
    for row in rows:
        row.before = standing(application, row)
    Fault.objects.bulk_create(rows)
    Application.objects.filter(pk=application.pk).update(due_at=due_at)
    paper = _letter(
        application,
        DocumentKind.CORRECTION,
        f"Wezwanie {number}",
        actor=actor,
        now=now,
        faults=listed(made, rows),
        due=date_words(last_day(due_at)),
    )
    moved = advance(application_id=application.pk, step="call", role=Actor.CLERK, actor=actor, paper=paper, now=now)
    words = [row.text for row in rows]
    tell_applicant(letters.CALLED, moved, key=made.pk, page="own_call", faults=words, due=last_day(due_at), now=now)
    return made


@transaction.atomic
def answer(*, application_id, standing, explanation="", actor, now):
    """Send the mended application back to the office. Refused: after the last moment; nothing changed and nothing
    said. A second press is no second answer."""
    application = locked(application_id)
    access.check(actor, Actor.APPLICANT, application)
    waiting = open_call(application) if application.state == ApplicationState.CORRECTION else None
    if waiting is None:
        if application.state == ApplicationState.FORMAL_CHECK and answered_call(application):
            return application
        raise Refused("Na to wezwanie nie można już odpowiedzieć.")
    if now >= waiting.due_at:
        raise Refused(f"Termin uzupełnienia minął {date_words(last_day(waiting.due_at))}. Napisz do biura.")
    faults = list(waiting.faults.all())
    if not explanation and all(standing(application, one) == one.before for one in faults):
        raise Refused("Nic się jeszcze nie zmieniło. Uzupełnij wskazane miejsca albo napisz wyjaśnienie.")
    waiting.answered_at = now
    waiting.save(update_fields=["answered_at"])
    if explanation:
        application.messages.create(is_of_office=False, author=actor, text=explanation, at=now)
    moved = advance(application_id=application.pk, step="answer", role=Actor.APPLICANT, actor=actor, now=now)
    tell_handler(letters.ANSWERED, moved, key=waiting.pk, now=now)
    return moved


@transaction.atomic
def cure(*, application_id, cured, actor, now):
    """Say of each fault of the answered call whether it is cured: {fault id: True, False or None}."""
    application = in_check(application_id, actor)
    for fault in Fault.objects.filter(call=answered_call(application), pk__in=cured):
        if fault.is_cured is not cured[fault.pk]:
            fault.is_cured = cured[fault.pk]
            fault.save(update_fields=["is_cured"])
    return application


@transaction.atomic
def uncall(*, application_id, reason, actor, now):
    """Take a call back before it is answered. Refused without a reason."""
    application = locked(application_id)
    must_handle(application, actor)
    must_say_why(reason)
    moved = advance(application_id=application_id, step="uncall", role=Actor.CLERK, actor=actor, note=reason, now=now)
    for waiting in moved.calls.filter(answered_at=None, withdrawn_at=None):
        waiting.withdrawn_at = now
        waiting.save(update_fields=["withdrawn_at"])
        tell_applicant(letters.CALL_WITHDRAWN, moved, key=waiting.pk, reason=reason, now=now)
    return moved


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
        paper = _letter(
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
    """A letter two days before the last day of a call, once. Calls that were sent a day ago or less need none."""
    last = end_of(timezone.localdate(now) + timedelta(days=REMINDED_DAYS))
    waiting = Call.objects.filter(
        answered_at=None,
        withdrawn_at=None,
        application__state=ApplicationState.CORRECTION,
        due_at__gt=now,
        due_at__lte=last,
        sent_at__lt=now - timedelta(days=1),
    ).select_related("application__offer__organisation__institution", "application__offer__organisation__unit")
    for one in waiting:
        tell_applicant(
            letters.CALL_REMINDER, one.application, key=one.pk, page="own_call", due=last_day(one.due_at), now=now
        )


def listed(made, rows):
    """The faults of a letter: what the office writes above them, then each with its number."""
    lines = [f"{row.number}. {row.text}" for row in rows]
    return "\n".join([made.text, *lines] if made.text else lines)


def _letter(application, kind, words, *, actor, now, **facts):
    content = office_letter(application, kind, now=now, **facts)
    name = file_name(words, application, now)
    return office_papers.keep(application=application, code=kind, content=content, name=name, actor=actor, now=now)
