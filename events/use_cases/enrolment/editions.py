"""An edition that takes no more enrolments."""

import pghistory
from django.db import transaction

from core.exceptions import Refused
from events.models import Edition
from events.use_cases.enrolment.closing import tell_drafts_of


@transaction.atomic
def close_edition(*, edition_id, actor, reason, now):
    """End taking enrolments, for a reason kept in the history; whoever keeps a draft is told.

    What was sent in is still checked and settled.
    """
    edition = Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition_id)
    if edition.closed_at:
        raise Refused("Ta edycja jest już zamknięta.")
    if not reason.strip():
        raise Refused("Napisz, dlaczego edycja jest zamykana.", field="reason")
    edition.closed_at = now
    with pghistory.context(user=actor and actor.pk, reason=reason.strip()[:500]):
        edition.save(update_fields=["closed_at"])
    tell_drafts_of(edition, now=now)
    return edition
