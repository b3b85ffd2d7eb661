"""People as they are going to stand on the list of an event, not written yet."""

from core.exceptions import Refused
from events.models import Participant, Registration


def registrations(event, people, enrolment, *, channel, actor, now):
    """A Registration without a state for each Person. Refused: no name, nobody of this edition."""
    ids = [person.participant for person in people if person.participant]
    of_edition = Participant.objects.filter(edition=event.edition_id, erased_at=None).select_related("user")
    participants = of_edition.in_bulk(ids) if ids else {}
    return [
        _registration(event, person, participants, enrolment, channel=channel, registered_by=actor, registered_at=now)
        for person in people
    ]


def key_of(registration):
    """What makes two sign-ups for one event those of one person, as the database's constraints see it."""
    if registration.participant_id:
        return registration.participant_id
    if not registration.email:
        return id(registration)
    return tuple(text.lower() for text in (registration.email, registration.first_name, registration.last_name))


def _registration(event, person, participants, enrolment, **more):
    participant = None
    if person.participant is not None:
        participant = participants.get(person.participant)
        if participant is None:
            raise Refused("Tej osoby nie ma na liście instytucji w tej edycji.")
    who = participant or person
    if not (who.first_name.strip() and who.last_name.strip()):
        raise Refused("Podaj imię i nazwisko.", field="first_name")
    if person.link_key:
        more["link_key"] = person.link_key
    return Registration(
        event=event,
        participant=participant,
        enrolment=enrolment if participant else None,
        first_name=" ".join(who.first_name.split()),
        last_name=" ".join(who.last_name.split()),
        email=who.email.strip(),
        phone=who.phone,
        institution_name=enrolment.name if enrolment and participant else person.institution_name.strip(),
        joins_online=person.joins_online,
        answers=person.answers,
        needs=person.needs or (participant.special_needs if participant and event.asks_needs else ""),
        diet=person.diet or (participant.diet if participant and event.asks_diet else ""),
        remarks=person.remarks,
        **more,
    )
