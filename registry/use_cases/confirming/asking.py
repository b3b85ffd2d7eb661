"""Letters that ask whether a card is still true: some each working day, with two reminders."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.exceptions import Refused
from core.working_days import is_working
from notifications.models import OutgoingEmail
from notifications.outbox import enqueue
from registry.confirming import cards
from registry.letters import CONFIRMATION_ASKED, CONFIRMATION_REMINDED
from registry.models import ConfirmationRequest, FreshnessRule
from registry.use_cases.organisations import locked

# A reminder that was late is not followed by the next one at once.
LEAST_BETWEEN = timedelta(days=7)


def write_letters(*, now):
    """End requests that are over, remind, and ask after the cards that are due; returns (asked, reminded).

    Nobody is written to on Saturdays, Sundays and holidays. At most settings.CONFIRMATIONS_PER_DAY cards are asked
    after on one day, the oldest first, however often this is called. Each card in a transaction of its own.
    """
    today = timezone.localdate(now)
    end_over(today)
    if not is_working(today):
        return 0, 0
    rule = FreshnessRule.objects.on(today)
    reminded = sum(_remind(pk, rule, now) for pk in _to_remind(rule, today))
    left = settings.CONFIRMATIONS_PER_DAY - ConfirmationRequest.objects.filter(asked_on=today).count()
    to_ask = cards.due(rule, today).filter(cards.has_address(today)).values_list("pk", flat=True)
    return sum(_ask(pk, rule, now) for pk in list(to_ask[: max(0, left)])), reminded


def end_over(today):
    """Requests whose link is no longer good, or whose card left the catalogue or its lists."""
    over = Q(expires_on__lte=today) | Q(organisation__published_at=None) | Q(organisation__closing__isnull=False)
    ConfirmationRequest.objects.open().filter(over).update(ended_on=today)


def _to_remind(rule, today):
    first = Q(first_reminded_on=None, asked_on__lte=today - timedelta(days=rule.first_reminder_days))
    second = Q(
        second_reminded_on=None,
        first_reminded_on__lte=today - LEAST_BETWEEN,
        asked_on__lte=today - timedelta(days=rule.second_reminder_days),
    )
    waiting = ConfirmationRequest.objects.open().filter(first | second)
    return list(waiting.order_by("asked_on", "pk").values_list("pk", flat=True))


@transaction.atomic
def _ask(organisation_id, rule, now):
    today = timezone.localdate(now)
    try:
        card = locked(organisation_id)
    except Refused:
        return False
    # Somebody may have confirmed it, or another process have asked, since the list was read.
    return cards.due(rule, today).filter(pk=card.pk).exists() and bool(send_request(card, rule=rule, now=now))


def send_request(card, *, rule, now):
    """Open a request for a card that has an address and no open one; in the caller's transaction."""
    today = timezone.localdate(now)
    request = ConfirmationRequest.objects.create(
        organisation=card, asked_on=today, expires_on=today + relativedelta(months=rule.ask_after_months)
    )
    known = cards.addresses(card, today)
    _send(CONFIRMATION_ASKED, request, (_usable(known) or known)[0], rule, now)
    return request


@transaction.atomic
def _remind(request_id, rule, now):
    today = timezone.localdate(now)
    request = ConfirmationRequest.objects.open().with_card().select_for_update(of=("self",))
    request = request.filter(pk=request_id).first()
    if request is None or today in (request.first_reminded_on, request.second_reminded_on):
        return False
    # No second letter to a mailbox that does not exist: the call list has the card by now.
    usable = _usable(cards.addresses(request.organisation, today))
    if not usable:
        return False
    if request.first_reminded_on is None:
        request.first_reminded_on = today
    else:
        request.second_reminded_on = today
    return _send(CONFIRMATION_REMINDED, request, usable[0], rule, now)


def _usable(addresses):
    """Those of which no server has said that they do not exist."""
    dead = OutgoingEmail.objects.filter(to__in=addresses, is_bounce=True).values_list("to", flat=True)
    gone = {address.lower() for address in dead}
    return [address for address in addresses if address.lower() not in gone]


def _send(template, request, address, rule, now):
    number = 1 + bool(request.first_reminded_on) + bool(request.second_reminded_on)
    request.address = address
    request.letter = enqueue(
        to=address,
        template=template,
        context={
            "name": str(request.organisation),
            "link": settings.SITE_URL + request.link,
            "card": settings.SITE_URL + request.organisation.get_absolute_url(),
            "verified_on": request.organisation.verified_on,
            "quiet_on": request.asked_on + timedelta(days=rule.silence_days),
            "is_last": number == 3,
        },
        dedupe_key=f"{template}:{request.pk}:{number}",
        now=now,
    )
    request.save()
    return True
