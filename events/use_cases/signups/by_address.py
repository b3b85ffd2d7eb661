"""Somebody known in an edition gives an address alone: a letter comes, and whoever looks on learns nothing."""

from hashlib import sha256

from django.db import transaction

from core.exceptions import Refused
from events.models import Registration
from events.use_cases.signups.entering import Person, sign_up
from events.use_cases.signups.institutions import delegations_for, who
from events.use_cases.signups.places import locked
from events.use_cases.signups.telling import own_address
from notifications.outbox import enqueue


@transaction.atomic
def send_links(*, event_id, email, now):
    """Hold a place for each person behind this address and send one letter with a link for each.

    Two people with one address have a link each; of one person at two institutions each institution has a link, to
    one place. Nothing is returned, so that nobody can ask who is on a list. Within ten minutes the same address gets
    one letter. Refused, to everybody alike, when so many press that the event cannot be had; in the letter it would
    be read when there is nothing to press any more.
    """
    event = locked(event_id)
    groups = {}
    for delegation in delegations_for(event, email):
        groups.setdefault(who(delegation.participant), []).append(delegation)
    if not groups:
        return
    blocks = [_block(event, delegations, now) for delegations in groups.values()]
    _write(event, next(iter(groups.values()))[0].participant.email, blocks, now)


@transaction.atomic
def send_again(*, registration_id, now):
    """The link of a sign-up once more, to its own address: somebody has typed the same person again."""
    registration = Registration.objects.select_related("event").get(pk=registration_id)
    if registration.email:
        _write(registration.event, registration.email, [f"{registration}:\n{own_address(registration)}"], now)


def _write(event, to, blocks, now):
    moment = now.replace(minute=now.minute // 10 * 10)
    enqueue(
        to=to,
        template="events/email/signup_links",
        context={"event": event, "links": "\n\n".join(blocks)},
        dedupe_key=f"events-links:{event.pk}:{sha256(to.lower().encode()).hexdigest()[:32]}:{moment:%Y%m%d%H%M}",
        now=now,
    )


def _block(event, delegations, now):
    """The lines of a letter about one person."""
    person = str(delegations[0].participant)
    try:
        registration = _held(event, delegations, now)
    except Refused as refusal:
        return f"{person}: {refusal}"
    address = own_address(registration)
    if len({one.enrolment_id for one in delegations}) == 1:
        return f"{person}, {delegations[0].enrolment}:\n{address}"
    return "\n\n".join(f"{person}, {one.enrolment}:\n{address}?instytucja={one.pk}" for one in delegations)


def _held(event, delegations, now):
    """The place of a person, whichever institution's line it was taken by."""
    lines = {one.participant_id: one for one in delegations}
    registered = Registration.objects.active().filter(event=event, participant__in=lines).first()
    if registered:
        registered.event = event
        return registered
    # An institution that has sent all it may must not stand in the way of the other one.
    for number, line in enumerate(delegations, start=1):
        try:
            with transaction.atomic():
                who = [Person(participant=line.participant_id)]
                more = {"enrolment": line.enrolment, "needs_proof": True, "quietly": True, "now": now}
                return sign_up(event_id=event.pk, people=who, **more)[0]
        except Refused:
            if number == len(delegations):
                raise
    return None
