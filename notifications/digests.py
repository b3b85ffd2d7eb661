"""Several letters told in one, once a day or a week, to those who chose so."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from notifications import rendering
from notifications.choices import DIGESTS, Frequency
from notifications.letters import DIGEST
from notifications.models import OutgoingEmail

# By the Polish clock; the weekly one on Mondays.
HOUR = time(7)


def write_digests(*, now):
    """A letter for each person with something waiting since before the last fixed hour. Safe to repeat at any time.

    Whoever missed the hour, as when the clock of tasks stood still, catches up. Returns how many were written.
    """
    return sum(
        _write(user_id, frequency, before=last_hour(frequency, now), now=now)
        for frequency in DIGESTS
        for user_id in sorted(_waiting(frequency, last_hour(frequency, now)).values_list("user", flat=True).distinct())
    )


def last_hour(frequency, now):
    """The last hour of digests before `now`; of Frequency, or of another choice with the same words."""
    local = timezone.localtime(now)
    day = local.date() - timedelta(days=local.time() < HOUR)
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    return datetime.combine(day, HOUR, local.tzinfo)


def _waiting(frequency, before):
    waiting = OutgoingEmail.objects.for_digest().filter(frequency=frequency, created_at__lt=before)
    return waiting.filter(user__is_active=True)


@transaction.atomic
def _write(user_id, frequency, *, before, now):
    """The digest and the mark on what it tells of, or neither. Who comes second finds nothing left.

    The sweep sends it, like all that is due.
    """
    mine = _waiting(frequency, before).filter(user=user_id).select_related("user").order_by("pk")
    items = list(mine.select_for_update(of=("self",)))
    if not items:
        return False
    subject, body = rendering.subject_and_body(DIGEST, {"items": items})
    digest = OutgoingEmail.objects.create(
        dedupe_key=f"digest:{items[0].pk}",
        created_at=now,
        to=items[0].user.email,
        user=items[0].user,
        template=DIGEST,
        subject=subject,
        body=body,
        due_at=now,
    )
    OutgoingEmail.objects.filter(pk__in=[item.pk for item in items]).update(digest=digest)
    return True
