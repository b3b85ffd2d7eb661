"""Long work of the desk."""

from django.utils import timezone

from accounts.jobs.kinds import Kind, register
from events.use_cases.signups.messages import send_message

MESSAGE = "events.send_message"


def message(progress, owner, **given):
    sent = send_message(**given, actor=owner, now=timezone.now())
    return [f"Wysłano wiadomość do {sent.recipients} osób."]


def register_jobs():
    # Done again after its process was killed: the key of the message lets it go out once.
    register(Kind(MESSAGE, message, again=True, permission="events.change_event"))
