"""People who come without having signed up: three fields, signed up and present at once."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from core.polish import fold
from events.choices import Channel, RegistrationState
from events.models import Participant, Registration
from events.use_cases.day.attendance import mark_present
from events.use_cases.day.days import is_finished
from events.use_cases.day.seating import give_place, lock_event, locked_registration
from events.use_cases.signups.places import advance, record
from events.use_cases.signups.steps import refuse_own_people
from events.workflow import STAFF

_FINISHED = "Obecność tego dnia jest zakończona. Otwórz ją, żeby kogoś dopisać."
_COPIED = (
    "participant_id", "enrolment_id", "first_name", "last_name", "email", "phone", "institution_name", "answers",
    "needs", "diet", "joins_online",
)  # fmt: skip


@transaction.atomic
def walk_in(*, event_id, day_id, name, institution="", contact="", reason="", actor, now):
    """Sign somebody up at the door and mark them present; returns the Registration.

    The same person sent twice, or who had signed up, is marked and not signed up again: known by name together with
    the contact or, without one, the institution. Somebody of the edition's people is linked to them.
    Refused: a name of one word, a contact that is neither e-mail nor phone, no place left without a reason.
    """
    first_name, last_name = _names(name)
    email, phone = _contact(contact)
    event = lock_event(event_id)
    day = event.days.get(pk=day_id)
    if is_finished(event, day):
        raise Refused(_FINISHED)
    given = {"email": email, "phone": phone, "institution_name": " ".join(institution.split())[:400]}
    known = _known(event, f"{first_name} {last_name}", **given)
    if known is not None:
        return let_in(registration_id=known.pk, day_id=day_id, reason=reason, actor=actor, now=now)
    give_place(event, reason=reason, actor=actor, now=now)
    row = Registration(event=event, first_name=first_name, last_name=last_name, **given)
    row.participant, row.enrolment = _of_the_edition(
        event, first_name, last_name, email, institution, timezone.localdate(now)
    )
    if row.participant and event.registrations.active().filter(participant=row.participant).exists():
        raise Refused("Ta osoba jest już na liście pod tym adresem e-mail. Znajdź ją po nazwisku.", field="name")
    _save(row, actor=actor, now=now)
    mark_present(registration_id=row.pk, day_id=day_id, actor=actor, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic
def let_in(*, registration_id, day_id, actor, now, reason=""):
    """Somebody of the reserve, or who had resigned, stands at the door: a place when there is one, and present.

    Returns the Registration that is present: one that has ended stays so, and the person gets a new one.
    Refused when every place is given and no reason is.
    """
    event, registration = locked_registration(registration_id)
    if is_finished(event, event.days.get(pk=day_id)):
        raise Refused(_FINISHED)
    if registration.state in RegistrationState.ended():
        registration = _active_of(event, registration) or _signed_up_again(event, registration, reason, actor, now)
    if registration.state == RegistrationState.RESERVE:
        refuse_own_people(registration, actor)
        give_place(event, reason=reason, actor=actor, now=now)
        given = {"note": reason or "Wejście w dniu wydarzenia", "actor": actor, "now": now}
        advance(registration, "jump", kind=STAFF, quietly=True, **given)
    mark_present(registration_id=registration.pk, day_id=day_id, actor=actor, now=now)
    registration.refresh_from_db()
    return registration


def _signed_up_again(event, registration, reason, actor, now):
    give_place(event, reason=reason, actor=actor, now=now)
    row = Registration(event=event, **{name: getattr(registration, name) for name in _COPIED})
    return _save(row, actor=actor, now=now, note=reason)


def _save(row, *, actor, now, note=""):
    row.state, row.channel = RegistrationState.CONFIRMED, Channel.WALK_IN
    row.registered_at = row.confirmed_at = now
    row.registered_by = actor
    row.save()
    record(row, "walk_in", source="", actor=actor, now=now, note=note)
    return row


def _active_of(event, registration):
    active = event.registrations.active().select_related("enrolment")
    if registration.participant_id:
        return active.filter(participant=registration.participant_id).first()
    return next((one for one in active if _same(one, registration.full_name, **_given(registration))), None)


def _known(event, name, **given):
    """Somebody who has signed up, first those with a place; a sign-up that has ended counts too."""
    found = [
        one for one in event.registrations.select_related("enrolment").order_by("pk") if _same(one, name, **given)
    ]
    return min(
        found, key=lambda one: (not one.has_place, one.state != RegistrationState.RESERVE, one.pk), default=None
    )


def _given(row):
    return {"email": row.email, "phone": row.phone, "institution_name": row.institution_name}


def _same(row, name, *, email, phone, institution_name):
    if fold(row.full_name) != fold(name):
        return False
    if email or phone:
        return bool(email and row.email.lower() == email.lower() or phone and row.phone == phone)
    return fold(row.institution_words) == fold(institution_name)


def _of_the_edition(event, first_name, last_name, email, institution, day):
    """(participant, enrolment) when exactly one person of the edition has this name and this e-mail; whom two
    institutions send comes from the one that was named."""
    if event.edition_id is None or not email:
        return None, None
    named = [
        one
        for one in Participant.objects.filter(edition=event.edition_id, email__iexact=email).defer(
            "pesel", "sensitive_answers"
        )
        if fold(str(one)) == fold(f"{first_name} {last_name}")
    ]
    if len(named) != 1:
        return None, None
    enrolments = [one.enrolment for one in named[0].delegations.on(day).select_related("enrolment")]
    if len(enrolments) > 1:
        enrolments = [one for one in enrolments if fold(one.name) == fold(institution)]
    return named[0], enrolments[0] if len(enrolments) == 1 else None


def _names(name):
    words = name.split()
    if len(words) < 2:
        raise Refused("Podaj imię i nazwisko.", field="name")
    first, last = " ".join(words[:-1]), words[-1]
    if len(first) > 60 or len(last) > 80:
        raise Refused("Imię i nazwisko są za długie.", field="name")
    return first, last


def _contact(contact):
    """(e-mail, phone) of which one at most is filled."""
    contact = contact.strip()
    if not contact:
        return "", ""
    if "@" in contact:
        try:
            validate_email(contact)
        except ValidationError as error:
            raise Refused("To nie wygląda na adres e-mail.", field="contact") from error
        return contact, ""
    digits = "".join(char for char in contact if char.isdigit() and char.isascii())
    if contact.startswith("+") and 6 <= len(digits) <= 15:
        return "", f"+{digits}"
    if len(digits) == 9:
        return "", f"+48{digits}"
    raise Refused("Podaj e-mail albo telefon: dziewięć cyfr lub numer z plusem.", field="contact")
