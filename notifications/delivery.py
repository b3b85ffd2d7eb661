"""From the outbox to the mail server, one person's letters in order."""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.db.models import Q

from core.exceptions import Refused
from notifications import letters, preferences, rendering, unsubscribing
from notifications.models import OutgoingEmail

# Waits after the first, second, … failure; a failure after the last one is final. A day and a half in all.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 180, 360, 720, 720)]
# Seconds for the mail server to answer: the row of the letter stays locked meanwhile.
PATIENCE = 20


def deliver(email_id, *, clock):
    """Send what is due to the address of this letter, oldest first. Safe to repeat and to run beside itself.

    A letter that has to be tried again keeps the later ones of its address back; one given up, one for a later day and
    one that waits for the end of quiet hours do not. `clock()` is asked again for each letter.
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
    """Send a letter that was given up. Refused for any other."""
    changed = OutgoingEmail.objects.filter(pk=email_id, failed_at__isnull=False).update(
        failed_at=None, is_bounce=False, attempts=0, due_at=now
    )
    if not changed:
        raise Refused("Ten list nie był zaniechany, więc nie trzeba go wysyłać ponownie.")


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
    mine = OutgoingEmail.objects.waiting().for_address(address).in_line(now)
    email = mine.select_for_update().first()
    if email is None:
        # Somebody else has just sent the one we waited for; there may be others behind it.
        return mine.exists()
    if email.due_at > now:
        return False
    duty = letters.is_duty(email.template)
    if not duty and not email.attempts and (morning := preferences.after_quiet_hours(email.user_id, now)) > now:
        email.due_at = morning
        email.save(update_fields=["due_at"])
        return True
    try:
        _send(email, duty)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        _put_off(email, error, now)
        return email.failed_at is not None
    email.sent_at, email.last_error = now, ""
    if not settings.DEMO:
        email.body, email.secrets = rendering.masked(email.body, email.secrets), []
    email.save(update_fields=["sent_at", "last_error", "body", "secrets"])
    return True


def _send(email, duty):
    headers = {
        "Message-ID": f"<{email.pk}.{email.created_at:%Y%m%d%H%M%S}@{settings.MAIL_DOMAIN}>",
        # So that no holiday reply answers us (RFC 3834).
        "Auto-Submitted": "auto-generated",
    }
    footer = {"duty": duty}
    if not duty:
        footer["unsubscribe_url"] = url = unsubscribing.url(email)
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    text = rendering.as_text(email.body, **footer)
    with get_connection(timeout=PATIENCE) as server:
        message = EmailMultiAlternatives(email.subject, text, to=[email.to], headers=headers, connection=server)
        message.attach_alternative(rendering.as_html(email.subject, email.body, **footer), "text/html")
        if email.attachment:
            message.attach(email.attachment_name, email.attachment, email.attachment_type)
        message.send()


def _put_off(email, error, now):
    email.attempts += 1
    email.last_error = f"{type(error).__name__}: {error}"[:300]
    email.is_bounce = _is_bounce(error)
    if email.is_bounce or _is_final(error) or email.attempts > len(WAITS):
        email.failed_at = now
    else:
        email.due_at = now + WAITS[email.attempts - 1]
    email.save(update_fields=["attempts", "last_error", "is_bounce", "failed_at", "due_at"])


def _is_bounce(error):
    """Whether the server refused the address for good: an answer of 5xx to it (RFC 5321 §4.2.1)."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )


def _is_final(error):
    """Whether no other try can help: an answer of 5xx to the text, or a letter that cannot even be written.

    A refused sender or password is our own mistake, which somebody will mend: the letter waits.
    """
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)
