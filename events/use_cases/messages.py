"""A message to participants: one record, one letter each."""

from django.db import transaction

from core.exceptions import Refused
from events.choices import RegistrationState
from events.models import Event, EventMessage, Registration
from events.use_cases.signups.telling import own_address
from notifications.outbox import enqueue

LETTER = "events/email/event_message"
# More than this are written by a worker.
MANY = 200
ALL, ON_SITE, ONLINE = "wszyscy", "na-miejscu", "online"


def audience(*, event_id, states, joins=ALL):
    """The sign-ups that a message goes to: in these states, ALL of them or those ON_SITE or ONLINE only."""
    event = Event.objects.get(pk=event_id)
    people = event.registrations.filter(state__in=states).order_by("pk")
    return people if joins == ALL else people.filter(joins_online=joins == ONLINE)


@transaction.atomic
def send_message(*, event_id, states, joins=ALL, subject, body, key, actor, now):
    """Write the message down and put a letter to everybody with an address into the outbox.

    `key` is of one writing: sending the same form twice sends once, and returns the first EventMessage. Refused: no
    words, nobody to get it. Who has no address is in unreached() of the message.
    """
    Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)
    sent = EventMessage.objects.filter(event=event_id, states__key=key).first()
    if sent:
        return sent
    subject, body = " ".join(subject.split()), body.strip()
    if not subject:
        raise Refused("Podaj temat.", field="subject")
    if not body:
        raise Refused("Napisz treść.", field="body")
    people = list(audience(event_id=event_id, states=states, joins=joins).select_related("event", "participant__user"))
    reached = [one for one in people if one.email]
    if not reached:
        raise Refused("Nikt z wybranych osób nie ma adresu e-mail.", field="states")
    message = EventMessage.objects.create(
        event_id=event_id,
        subject=subject,
        body=body,
        states={
            "states": list(states),
            "joins": joins,
            "key": key,
            "without_address": [one.pk for one in people if not one.email],
        },
        recipients=len(reached),
        sent_at=now,
        sent_by=actor,
    )
    for one in reached:
        enqueue(
            to=one.email,
            user=one.participant.user if one.participant_id else None,
            template=LETTER,
            context=letter_context(one, subject=subject, body=body),
            dedupe_key=f"events-message:{message.pk}:{one.pk}",
            now=now,
        )
    return message


def letter_context(registration, *, subject, body):
    return {
        "registration": registration,
        "event": registration.event,
        "subject": subject,
        "words": body,
        "link": own_address(registration),
    }


def target_words(message):
    """To whom a message went: "potwierdzone, lista rezerwowa; on-line"."""
    given = message.states if isinstance(message.states, dict) else {"states": message.states}
    states = ", ".join(str(RegistrationState(state).label) for state in given.get("states", ()))
    joins = {ON_SITE: "; tylko na miejscu", ONLINE: "; tylko on-line"}.get(given.get("joins", ""), "")
    return f"{states}{joins}"


def unreached(messages):
    """{message id: names of those without an address}, in one query for a list of messages."""
    ids = {one.pk: (one.states.get("without_address", []) if isinstance(one.states, dict) else []) for one in messages}
    rows = Registration.objects.filter(pk__in={pk for found in ids.values() for pk in found})
    names = {row.pk: row.full_name for row in rows.only("first_name", "last_name")}
    return {message: [names[pk] for pk in found if pk in names] for message, found in ids.items()}
