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
    values = _written(letter, context, to=to, frequency=frequency, now=now) | {
        "user": user,
        "due_at": due_at or now,
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


@dataclass(frozen=True, slots=True)
class Addressed:
    """One of many letters; `user_id` of an account or None."""

    to: str
    user_id: int | None
    context: dict
    dedupe_key: str


def enqueue_many(many, *, template, now):
    """Keep letters of one kind, each as `enqueue` would, in two statements however many.

    Whose key has been used has the letter already. The nudge is one for all: the sweep sees to them.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("enqueue_many() belongs inside the transaction that causes the letters")
    if not many:
        return
    letter = letters.find(template)
    chosen = {} if letter.duty else preferences.frequencies_of(template, [(one.user_id, one.to) for one in many])
    rows = []
    for one in many:
        frequency = chosen.get((one.user_id, one.to.lower()), Frequency.NOW)
        if frequency != Frequency.NEVER:
            values = _written(letter, one.context, to=one.to, frequency=frequency, now=now)
            rows.append(OutgoingEmail(user_id=one.user_id, due_at=now, dedupe_key=one.dedupe_key, **values))
    # Without the keys of rows: PostgreSQL tells none of those that it left out.
    OutgoingEmail.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(lambda: tasks.sweep_outbox.delay(), robust=True)


def _written(letter, context, *, to, frequency, now):
    subject, body = subject_and_body(letter.template, context)
    return {
        "to": to,
        "template": letter.template,
        "subject": subject,
        "body": body,
        "secrets": [str(context[name]) for name in letter.secrets],
        "created_at": now,
        "frequency": frequency,
    }
