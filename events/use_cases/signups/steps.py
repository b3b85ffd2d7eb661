"""What is done with a sign-up afterwards, by the person, by coordinators and by time itself."""

from django.db import transaction

from accounts.permissions import has_own_interest
from core.exceptions import Refused
from events.calendar.standing import WHY_NOT, SignUp, gate
from events.choices import EventState
from events.choices import RegistrationState as State
from events.completeness import is_complete
from events.models import Registration
from events.use_cases.signups.entering import place_of
from events.use_cases.signups.institutions import choose
from events.use_cases.signups.places import advance, locked, pass_on
from events.workflow import PERSON, STAFF, TIME

TOO_LATE = "Termin na potwierdzenie minął, miejsce przeszło na następną osobę."


@transaction.atomic
def confirm(*, registration_id, kind=PERSON, actor=None, delegation_id=None, now):
    """Take the offered or received place for good, or until papers come. Confirming twice does no harm.

    `delegation_id` says from which institution somebody comes whom two of them send (institutions.ways_of).
    Refused: no place is offered, its time is over, the event is over or cancelled.
    """
    event, registration = _both(registration_id)
    if registration.state in (State.CONFIRMED, State.AWAITING_DOCUMENTS):
        return registration
    _refuse_over(event, now)
    if registration.hold_until and registration.hold_until <= now:
        raise Refused(TOO_LATE)
    if delegation_id is not None:
        choose(event, registration, delegation_id)
    state, until = place_of(event, registration, now)
    name = "confirm" if state == State.CONFIRMED else "await"
    advance(registration, name, kind=kind, actor=actor, hold_until=until, now=now)
    return registration


@transaction.atomic
def resign(*, registration_id, kind=PERSON, actor=None, note="", now):
    """Give a place back, or leave the line; the place goes to the next. Resigning twice does no harm.
    Refused to the person of an event that was called off, or is over: whether they came is not theirs to change any
    more. Written down by a coordinator it is quiet then: no letter speaks of a place that somebody else gets.
    """
    event, registration = _both(registration_id)
    if registration.state == State.RESIGNED:
        return registration
    code = gate(event, now)
    is_over = code in (SignUp.OFF, SignUp.OVER)
    if is_over and kind == PERSON:
        raise Refused(WHY_NOT[code])
    advance(registration, "resign", kind=kind, actor=actor, note=note, now=now, quietly=is_over)
    pass_on(event, now=now)
    return registration


@transaction.atomic
def reject(*, registration_id, actor, note, now):
    """A coordinator takes somebody off, in words that the person gets."""
    event, registration = _both(registration_id)
    if not note.strip():
        raise Refused("Napisz dlaczego.", field="note")
    advance(registration, "reject", kind=STAFF, actor=actor, note=note.strip(), now=now)
    pass_on(event, now=now)
    return registration


@transaction.atomic
def jump(*, registration_id, actor, note, now):
    """A coordinator gives somebody of the reserve a place before their turn, with a reason that is kept.

    Refused: no reason, no free place: places are made by raising their number first; a coordinator's own people.
    """
    event, registration = _both(registration_id)
    refuse_own_people(registration, actor)
    if not note.strip():
        raise Refused("Napisz, dlaczego ta osoba ma wejść przed innymi.", field="note")
    _refuse_over(event, now)
    if registration.state == State.RESERVE and event.capacity is not None and event.taken >= event.capacity:
        raise Refused("Wszystkie miejsca są zajęte. Najpierw zwiększ ich liczbę.")
    advance(registration, "jump", kind=STAFF, actor=actor, note=note.strip(), now=now)
    return registration


@transaction.atomic
def places_changed(*, event_id, now):
    """After the number of places or the beginning was changed: what is free goes to those in line. Returns how many
    were offered."""
    return pass_on(locked(event_id), now=now)


@transaction.atomic
def let_time_pass(*, event_id, now):
    """Places of an event whose time to confirm or to send papers is over go to the next in line. Returns how many.

    Of an event that was called off nobody is told that a place is gone: there is none.
    """
    event = locked(event_id)
    quietly = event.state == EventState.CANCELLED
    overdue = list(Registration.objects.overdue(now).filter(event=event).select_related("participant__user"))
    for registration in sorted(overdue, key=lambda one: one.pk):
        registration.event = event
        advance(registration, "lapse", kind=TIME, now=now, quietly=quietly)
    pass_on(event, now=now)
    return len(overdue)


def events_with_overdue(*, now):
    """Ids of the events that let_time_pass() has something to do for."""
    return list(Registration.objects.overdue(now).order_by("event").values_list("event", flat=True).distinct())


@transaction.atomic
def documents_arrived(*, participant_ids, now):
    """The papers of these people may be complete now: who waited for them has a place. Returns how many.
    Too late is too late, also in the minute before the place passes on; and nobody is told to come to what is over.
    """
    waiting = Registration.objects.filter(participant__in=participant_ids, state=State.AWAITING_DOCUMENTS)
    complete = 0
    # Events one after another in one order, so that two of these never wait for each other.
    for event_id in sorted(set(waiting.values_list("event", flat=True))):
        event = locked(event_id)
        rows = waiting.filter(event=event).exclude(pk__in=Registration.objects.overdue(now).filter(event=event))
        is_over = event.state not in EventState.coming() or event.ends_at <= now
        for registration in rows.select_related("participant__user", "enrolment").order_by("pk"):
            registration.event = event
            if is_complete(registration.participant, registration.enrolment, edition=event.edition):
                advance(registration, "complete", kind=TIME, now=now, quietly=is_over)
                complete += 1
    return complete


def refuse_own_people(registration, actor):
    """Whoever runs events lets neither themselves nor people of an institution they act for in before others."""
    participant = registration.participant
    is_own = bool(participant and actor and participant.user_id == actor.pk)
    institution = registration.enrolment.institution_id if registration.enrolment else None
    if is_own or actor and has_own_interest(actor, institution):
        raise Refused(
            "To Ty albo osoba z instytucji, w której imieniu działasz. Poza kolejnością przyjmie ją ktoś inny."
        )


def _both(registration_id):
    """The event, locked first, and the sign-up as it stands then."""
    event_id = Registration.objects.values_list("event", flat=True).get(pk=registration_id)
    event = locked(event_id)
    registration = Registration.objects.select_related("participant__user", "enrolment").get(pk=registration_id)
    registration.event = event
    return event, registration


def _refuse_over(event, now):
    if event.state not in EventState.coming() or event.ends_at <= now:
        raise Refused("Tego wydarzenia już nie ma w planie.")
