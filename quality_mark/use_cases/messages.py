"""Messages between the office and the applicant, about one application."""

from django.db import transaction

from core.exceptions import Refused
from quality_mark import access
from quality_mark.choices import Actor, ApplicationState
from quality_mark.models import Message
from quality_mark.office.letters import MESSAGE, MESSAGE_TO_OFFICE
from quality_mark.use_cases.moving import go_on, locked
from quality_mark.use_cases.telling import tell_applicant, tell_handler


@transaction.atomic
def write(*, application_id, text, is_of_office, actor, now):
    """Keep one message and send it. The same one again, pressed twice, is one. Refused: a draft, nothing written."""
    application = locked(application_id)
    access.check(actor, Actor.CLERK if is_of_office else Actor.APPLICANT, application)
    if application.state == ApplicationState.DRAFT:
        raise Refused("Biuro nie widzi jeszcze tego wniosku: najpierw go złóż.")
    if not text.strip():
        raise Refused("Napisz wiadomość.", field="text")
    last = application.messages.order_by("-at", "-pk").first()
    if last and (last.text, last.author_id, last.is_of_office) == (text, actor.pk, is_of_office):
        return last
    message = Message.objects.create(
        application=application, is_of_office=is_of_office, author=actor, text=text, at=now
    )
    if is_of_office:
        tell_applicant(MESSAGE, application, key=message.pk, page="own_messages", text=text, now=now)
    else:
        go_on(application, now)
        tell_handler(MESSAGE_TO_OFFICE, application, key=message.pk, text=text, now=now)
    return message
