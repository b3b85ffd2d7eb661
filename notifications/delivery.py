"""From the outbox to the mail server, one person's letters in order."""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.db.models import Q
from django.template.loader import render_to_string

from notifications.models import OutgoingEmail

# Waits after the first, second, … failure; a failure after the last one is final. A day and a half in all.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 180, 360, 720, 720)]
# Seconds for the mail server to answer: the row of the letter stays locked meanwhile.
PATIENCE = 20


def deliver(email_id, *, clock):
    """Send what is due to the address of this letter, oldest first. Safe to repeat and to run beside itself.

    A letter that has to wait keeps the later ones of its address back; one given up does not. `clock()` is asked again
    for each letter.
    """
    address = OutgoingEmail.objects.filter(pk=email_id).values_list("to", flat=True).first()
    while address and _deliver_next(address, clock()):
        pass


def waiting_addresses(*, now):
    """One letter's id for every address that something is due to."""
    due = OutgoingEmail.objects.waiting().due(now).order_by("pk").values_list("to", "pk")
    return list({to.lower(): pk for to, pk in reversed(due)}.values())


@transaction.atomic
def give_another_chance(*, email_id, now):
    """Send a letter that was given up; returns whether there was one."""
    changed = OutgoingEmail.objects.filter(pk=email_id, failed_at__isnull=False).update(
        failed_at=None, is_bounce=False, attempts=0, due_at=now
    )
    return bool(changed)


def forget_old(*, now):
    """Delete letters that were sent or given up longer ago than they are kept; returns how many.

    The key goes with the row, so keys must not be used again after that time.
    """
    limit = now - timedelta(days=settings.MAIL_KEPT_DAYS)
    count, _ = OutgoingEmail.objects.filter(Q(sent_at__lt=limit) | Q(failed_at__lt=limit)).delete()
    return count


@transaction.atomic
def _deliver_next(address, now):
    """Whether a letter was dealt with and the next one may be looked at.

    The lock is held while the server is spoken to: whoever comes meanwhile waits and then finds the letter sent. A
    process killed between the server's answer and the commit is why a letter may come twice, with one Message-ID.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1min'")
    mine = OutgoingEmail.objects.waiting().for_address(address)
    email = mine.select_for_update().first()
    if email is None:
        # Somebody else has just sent the one we waited for; there may be others behind it.
        return mine.exists()
    if email.due_at > now:
        return False
    try:
        _send(email)
    except (smtplib.SMTPException, OSError) as error:
        _put_off(email, error, now)
        return email.failed_at is not None
    email.sent_at, email.last_error = now, ""
    email.save(update_fields=["sent_at", "last_error"])
    return True


def _send(email):
    headers = {
        "Message-ID": f"<{email.pk}.{email.created_at:%Y%m%d%H%M%S}@{settings.MAIL_DOMAIN}>",
        # So that no holiday reply answers us (RFC 3834).
        "Auto-Submitted": "auto-generated",
    }
    with get_connection(timeout=PATIENCE) as server:
        message = EmailMultiAlternatives(email.subject, email.body, to=[email.to], headers=headers, connection=server)
        message.attach_alternative(render_to_string("notifications/email.html", {"email": email}), "text/html")
        message.send()


def _put_off(email, error, now):
    email.attempts += 1
    email.last_error = f"{type(error).__name__}: {error}"[:300]
    email.is_bounce = _is_final(error)
    if email.is_bounce or email.attempts > len(WAITS):
        email.failed_at = now
    else:
        email.due_at = now + WAITS[email.attempts - 1]
    email.save(update_fields=["attempts", "last_error", "is_bounce", "failed_at", "due_at"])


def _is_final(error):
    """Whether the server refused the address for good: an answer of 5xx to it (RFC 5321 §4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return False
