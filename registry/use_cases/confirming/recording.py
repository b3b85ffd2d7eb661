"""Writing a confirmation down. The callers are in a transaction and hold the lock of the card."""

from django.db import connection
from django.utils import timezone

from registry.choices import Activity, Channel, Verifier
from registry.confirming.cards import months_before
from registry.models import Confirmation, ConfirmationRequest, FreshnessRule

_BY_A_LIST = """
INSERT INTO registry_confirmation (organisation_id, day, by, channel, source_id, run_id, written_at)
SELECT id, verified_on, %(by)s, %(channel)s, %(source)s, %(run)s, %(now)s FROM registry_organisation
WHERE id = ANY(%(cards)s) AND verified_on IS NOT NULL ON CONFLICT DO NOTHING
"""
_LED_BACK = """
UPDATE registry_organisation SET activity = %(active)s
WHERE id = ANY(%(cards)s) AND activity = %(stale)s AND verified_on > %(fresh_after)s
"""
# Who is fresh again is not reminded, nor called silent the next night.
_ENDED = """
UPDATE registry_confirmationrequest r SET ended_on = %(today)s FROM registry_organisation o
WHERE o.id = r.organisation_id AND o.id = ANY(%(cards)s) AND r.ended_on IS NULL
AND o.activity <> %(inactive)s AND o.verified_on > %(fresh_after)s
"""


def record(organisation, *, by, channel, user=None, now):
    """One row for a card, day, role and way: whoever presses twice has confirmed once. Ends the open request."""
    today = timezone.localdate(now)
    row = Confirmation(organisation=organisation, day=today, by=by, channel=channel, user=user, written_at=now)
    Confirmation.objects.bulk_create([row], ignore_conflicts=True)
    end_open(organisation.pk, today)


def end_open(organisation_id, today):
    """The card needs no answer any more."""
    ConfirmationRequest.objects.open().filter(organisation=organisation_id).update(ended_on=today)


def record_list(cards, *, run, now):
    """A register's list (ImportRun) has said of these cards (ids) on which day they were true.

    A list leads back from "niepotwierdzony" while the day is fresh, and ends the letter that waits, but not from
    "nieaktywny": that somebody stands in a list does not mean that anybody answers.
    """
    if not cards:
        return
    today = timezone.localdate(now)
    rule = FreshnessRule.objects.on(today)
    given = {
        "cards": list(cards),
        "by": Verifier.REGISTER.value,
        "channel": Channel.IMPORT.value,
        "source": run.source_id,
        "run": run.pk,
        "now": now,
        "active": Activity.ACTIVE.value,
        "stale": Activity.STALE.value,
        "inactive": Activity.INACTIVE.value,
        "today": today,
        "fresh_after": months_before(today, rule.ask_after_months),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_A_LIST, given)
        cursor.execute(_LED_BACK, given)
        cursor.execute(_ENDED, given)
