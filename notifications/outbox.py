"""The only door for mail: a row in the caller's transaction, which a worker sends after the commit."""

from django.db import transaction
from django.template.loader import render_to_string

from notifications import tasks
from notifications.models import OutgoingEmail


def enqueue(*, to, template, context, dedupe_key, now, due_at=None):
    """Keep one letter for sending. Returns the OutgoingEmail, the first one when the key has been used.

    `template` is the path without its ending of a text whose first line is the subject, then an empty line, then the
    body. Promise: at least once, normally once, to one address in the order of these calls. The task is only a nudge:
    when the queue is away, the sweep finds the row.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("enqueue() belongs inside the transaction that causes the letter")
    subject, _, body = render_to_string(f"{template}.txt", context).strip().partition("\n")
    email, is_new = OutgoingEmail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "to": to,
            "template": template,
            "subject": " ".join(subject.split())[:200],
            "body": body.strip() + "\n",
            "created_at": now,
            "due_at": due_at or now,
        },
    )
    if is_new and email.due_at <= now:
        # Not a partial: Django asks for its name when it fails.
        transaction.on_commit(lambda: tasks.deliver_mail.delay(email_id=email.pk), robust=True)
    return email
