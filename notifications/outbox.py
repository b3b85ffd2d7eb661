"""The only door for mail: a row in the caller's transaction, which a worker sends after the commit."""

from dataclasses import dataclass

from django.db import transaction

from notifications import letters, preferences, tasks
from notifications.choices import Frequency
from notifications.models import OutgoingEmail
from notifications.rendering import subject_and_body


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that goes with a letter: `name` with its ending, `content_type` with parameters if need be."""

    name: str
    content_type: str
    text: str


def enqueue(*, to, template, context, dedupe_key, now, due_at=None, user=None, attachment=None, is_key_new=False):
    """Keep one letter for sending. Returns the OutgoingEmail, the first one when the key has been used.

    `template` is a registered Letter: the path without its ending of a text whose first line is the subject, then an
    empty line, then the body. What is no duty goes as `user`, or the address without an account, has chosen: at once,
    in a digest, or not at all, and then None is returned. `is_key_new`: the key is made of a row that this transaction
    has just written, so nobody can have used it; one statement instead of four, for whoever holds a lock meanwhile.
    Promise: at least once, normally once, to one address in the order of these calls. The task is only a nudge: when
    the queue is away, the sweep finds the row.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("enqueue() belongs inside the transaction that causes the letter")
    letter = letters.find(template)
    frequency = Frequency.NOW if letter.duty else preferences.frequency_of(template, user=user, address=to)
    if frequency == Frequency.NEVER:
        return None
    subject, body = subject_and_body(template, context)
    values = {
        "to": to,
        "user": user,
        "template": template,
        "subject": subject,
        "body": body,
        "secrets": [str(context[name]) for name in letter.secrets],
        "created_at": now,
        "due_at": due_at or now,
        "frequency": frequency,
        "attachment_name": attachment.name if attachment else "",
        "attachment_type": attachment.content_type if attachment else "",
        "attachment": attachment.text if attachment else "",
    }
    if is_key_new:
        email, is_new = OutgoingEmail.objects.create(dedupe_key=dedupe_key, **values), True
    else:
        email, is_new = OutgoingEmail.objects.get_or_create(dedupe_key=dedupe_key, defaults=values)
    if is_new and frequency == Frequency.NOW and email.due_at <= now:
        # Not a partial: Django asks for its name when it fails.
        transaction.on_commit(lambda: tasks.deliver_mail.delay(email_id=email.pk), robust=True)
    return email
