"""A message to participants: one record, one letter each."""

from django.db import transaction
from django.db.models import Q

from core.exceptions import Refused
from events.choices import MessageReach, RegistrationState
from events.models import Event, EventMessage
from events.use_cases.signups.telling import own_address
from notifications.models import OutgoingEmail
from notifications.outbox import enqueue

LETTER = "events/email/event_message"
# More than this are written by a worker.
MANY = 200


def audience(*, event_id, states, reach=MessageReach.ALL):
    """The sign-ups that a message goes to: in these states, all of them or those on the spot or on-line only."""
    event = Event.objects.get(pk=event_id)
    people = event.registrations.filter(state__in=states).order_by("pk")
    return people if reach == MessageReach.ALL else people.filter(joins_online=reach == MessageReach.ONLINE)


@transaction.atomic
def send_message(*, event_id, states, reach=MessageReach.ALL, subject, body, key, actor, now):
    """Write the message down and put a letter to everybody with an address into the outbox.

    `key` is of one writing: sending the same form twice sends once, and returns the first EventMessage. Refused: no
    words, nobody to get it. Who has no address is in `unreached` of the message.
    """
    Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)
    sent = EventMessage.objects.filter(event=event_id, key=key).first()
    if sent:
        return sent
    subject, body = " ".join(subject.split()), body.strip()
    if not subject:
        raise Refused("Podaj temat.", field="subject")
    if not body:
        raise Refused("Napisz treść.", field="body")
    people = audience(event_id=event_id, states=states, reach=reach).select_related("event", "participant__user")
    reached = [one for one in people if one.email]
    if not reached:
        raise Refused("Nikt z wybranych osób nie ma adresu e-mail.", field="states")
    message = EventMessage.objects.create(
        event_id=event_id,
        subject=subject,
        body=body,
        states=list(states),
        reach=reach,
        key=key,
        recipients=len(reached),
        sent_at=now,
        sent_by=actor,
    )
    message.unreached.set(one for one in people if not one.email)
    for one in reached:
        enqueue(
            to=one.email,
            user=one.participant.user if one.participant_id else None,
            template=LETTER,
            context=letter_context(one, subject=subject, body=body),
            dedupe_key=f"{_letters(message)}{one.pk}",
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
    """To whom a message went: "potwierdzone, lista rezerwowa; tylko on-line"."""
    states = ", ".join(str(RegistrationState(state).label) for state in message.states)
    return states if message.reach == MessageReach.ALL else f"{states}; {message.get_reach_display()}"


def undelivered(messages):
    """{message id: addresses} of the letters that came back or were given up, in one query for a list of messages."""
    addresses = {one.pk: [] for one in messages}
    of_these = Q()
    for one in messages:
        of_these |= Q(dedupe_key__startswith=_letters(one))
    failed = OutgoingEmail.objects.filter(of_these, template=LETTER, failed_at__isnull=False).order_by("to")
    for key, address in failed.values_list("dedupe_key", "to") if messages else ():
        addresses[int(key.split(":")[1])].append(address)
    return addresses


def _letters(message):
    """The beginning of the keys of a message's letters; the sign-up follows."""
    return f"events-message:{message.pk}:"
