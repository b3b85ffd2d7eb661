"""Taking a grant back before the mark is valid: the case is with the commission again and is decided anew."""

from django.db import transaction

from core.exceptions import Refused
from quality_mark import access
from quality_mark.choices import Actor, ApplicationState
from quality_mark.letters_of_agreements import UNGRANTED
from quality_mark.models import Agreement
from quality_mark.use_cases.moving import advance, locked
from quality_mark.use_cases.telling import tell_applicant


@transaction.atomic
def ungrant(*, application_id, reason, actor, now):
    """By the director, with a reason that the applicant reads. The agreement binds nobody any more: its paper stays
    in the file, and another grant makes another one. Refused: both have signed, it was not granted."""
    application = locked(application_id)
    access.check(actor, Actor.DIRECTOR, application)
    if application.state != ApplicationState.GRANTED:
        raise Refused("Przyznanie można cofnąć tylko do podpisania umowy przez obie strony.")
    if not reason.strip():
        raise Refused("Podaj powód: przeczyta go podmiot.", field="reason")
    Agreement.objects.filter(application=application).delete()
    moved = advance(
        application_id=application_id, step="ungrant", role=Actor.DIRECTOR, actor=actor, note=reason, now=now
    )
    tell_applicant(UNGRANTED, moved, key=str(moved.latest.pk), now=now)
    return moved
