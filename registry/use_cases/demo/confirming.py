"""Cards of the demo in every state between "confirmed yesterday" and "nobody answers"."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from registry.choices import CallOutcome, Channel, Verifier
from registry.confirming import cards
from registry.models import (
    CallAttempt,
    Confirmation,
    ConfirmationRequest,
    FreshnessRule,
    Institution,
    Organisation,
    Unit,
)
from registry.use_cases.confirming import answering, asking, calling
from registry.use_cases.demo.seed import represented
from registry.use_cases.nightly import turn_the_page

CENTRES = ("OWES przykładowy, Wrocław", "OWES przykładowy, Legnica", "OWES przykładowy, Wałbrzych")
# Days since a request was sent, for the oldest cards in turn: silent for long, reminded twice, once, not yet.
ASKED_AGO = (70, 64, 58, 51, 44, 36, 30, 22, 17, 9, 5)
_DEMO = {"institution__nip__startswith": "000"}


@transaction.atomic
def seed_confirmations(*, seed, now):
    """Confirmations of the invented cards, requests in each state, calls; then the night comes. Safe to repeat."""
    today = timezone.localdate(now)
    rule = FreshnessRule.objects.on(today)
    invented = Organisation.objects.published().filter(**_DEMO)
    if ConfirmationRequest.objects.filter(organisation__in=invented).exists():
        return "Prośby o potwierdzenie danych: są już."
    _confirmations(invented, now)
    for card in invented.filter(support_centre="").order_by("pk"):
        if card.pk % 5:  # some are in nobody's care
            Organisation.objects.filter(pk=card.pk).update(support_centre=CENTRES[card.pk % len(CENTRES)])
    due = list(cards.due(rule, today).filter(**_DEMO).with_party()[:30])
    silent, rest = due[: len(ASKED_AGO)], due[len(ASKED_AGO) :]
    for card, ago in zip(silent, ASKED_AGO, strict=False):
        _asked_before(card, rule, today, ago)
    for card in rest[:3]:  # no mailbox: on the call list at once
        Institution.objects.filter(pk=card.institution_id).update(email="")
        Unit.objects.filter(pk=card.unit_id).update(email="")
    own = represented(now)
    asked = [*Organisation.objects.filter(pk=own["organisation_id"] if own else 0).with_party(), *rest[3:9]]
    requests = [asking.send_request(card, rule=rule, now=now) for card in asked if card.published_at]
    _answers(requests, now)
    _calls(silent, now)
    turn_the_page(now=now)
    numbers = ConfirmationRequest.objects.count(), CallAttempt.objects.count()
    return "Prośby o potwierdzenie danych: {}, rozmowy: {}.".format(*numbers)


def _confirmations(invented, now):
    ways = (Channel.LETTER, Channel.LETTER, Channel.PANEL)
    Confirmation.objects.bulk_create(
        [
            Confirmation(
                organisation_id=pk,
                day=day,
                by=Verifier.REPRESENTATIVE,
                channel=ways[pk % len(ways)],
                written_at=now,
            )
            for pk, day in invented.filter(verified_on__isnull=False).values_list("pk", "verified_on")
        ],
        ignore_conflicts=True,
    )


def _asked_before(card, rule, today, ago):
    asked = today - timedelta(days=ago)
    reminders = [asked + timedelta(days=days) for days in (rule.first_reminder_days, rule.second_reminder_days)]
    first, second = [day if day <= today else None for day in reminders]
    ConfirmationRequest.objects.create(
        organisation=card,
        address=card.party.email,
        asked_on=asked,
        first_reminded_on=first,
        second_reminded_on=second,
        expires_on=asked + relativedelta(months=rule.ask_after_months),
    )


def _answers(requests, now):
    """Of those asked today the first waits for the demo's representative; some have answered, one letter came back."""
    if len(requests) < 5:
        return
    _, right, changed, closed, lost = requests[:5]
    answering.confirm(request_id=right.pk, now=now)
    answering.tell_changes(
        request_id=changed.pk, changes=[("Telefon", "71 000 12 34")], words="Nowa siedziba.", now=now
    )
    answering.tell_closing(request_id=closed.pk, words="Spółdzielnia w likwidacji.", now=now)
    lost.letter.failed_at, lost.letter.is_bounce, lost.letter.last_error = (
        now,
        True,
        "550 5.1.1 nie ma takiej skrzynki",
    )
    lost.letter.save(update_fields=["failed_at", "is_bounce", "last_error"])


def _calls(silent, now):
    grant = RoleGrant.objects.held_by_active(Role.COORDINATOR, timezone.localdate(now)).first()
    outcomes = [
        (CallOutcome.NO_ANSWER, "Sygnał jest, nikt nie odbiera.", 10),
        (CallOutcome.WRONG_NUMBER, "Prywatny numer, osoba spoza podmiotu.", 9),
        (CallOutcome.CONFIRMED, "", 2),
        (CallOutcome.CLOSED, "Likwidator potwierdził.", 1),
    ]
    for card, (outcome, words, ago) in zip(silent[3:], outcomes, strict=False):
        calling.note_call(
            organisation_id=card.pk,
            outcome=outcome,
            words=words,
            actor=grant and grant.user,
            now=now - timedelta(days=ago),
        )
