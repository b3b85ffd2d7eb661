"""Calls to complete an application: sending one, answering it, taking it back."""

from django.db import transaction

from core.exceptions import Refused
from core.templatetags.portal import date_words
from quality_mark import access, deadlines
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState, DocumentKind
from quality_mark.correction import open_call
from quality_mark.models import Application, Call, Fault
from quality_mark.office import letters
from quality_mark.use_cases import office_papers
from quality_mark.use_cases.checking import answered_call, in_check, must_handle, must_say_why
from quality_mark.use_cases.moving import advance, locked
from quality_mark.use_cases.telling import tell_applicant, tell_handler

MOST_FAULTS = 40


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
    paper = office_papers.keep_letter(
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


def listed(made, rows):
    """The faults of a letter: what the office writes above them, then each with its number."""
    lines = [f"{row.number}. {row.text}" for row in rows]
    return "\n".join([made.text, *lines] if made.text else lines)
