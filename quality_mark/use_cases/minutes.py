"""Verbs of the minutes: drafted by the system, signed off by the chair. From then on the sitting is over."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from core.files.letting_go import let_go
from quality_mark.commission import seats
from quality_mark.commission.minutes import minutes_pdf
from quality_mark.models import Sitting, Vote
from quality_mark.use_cases.commission import NOT_THEIRS, check_runs, open_sitting
from quality_mark.use_cases.telling_members import tell_directors, tell_of_minutes
from quality_mark.voting import Result


@transaction.atomic
def draft(*, sitting_id, actor, now):
    """Write the minutes as things stand, in place of the last draft. Refused: a vote is open, an empty agenda."""
    sitting = open_sitting(sitting_id)
    check_runs(actor, sitting, now)
    _closed(sitting)
    written = _write(sitting, minutes_pdf(sitting), now)
    tell_of_minutes(written, now=now)
    return written


@transaction.atomic
def sign(*, sitting_id, actor, now):
    """The chair signs; the director sees the recommendations. A second press changes nothing. Refused: not the chair
    (or a case of the chair's own is there: seats.signers), no draft that anybody has read, a vote is open."""
    sitting = Sitting.objects.select_for_update().get(pk=sitting_id)
    if sitting.signed_at and sitting.signed_by_id == actor.pk:
        return sitting
    if actor not in seats.signers(sitting, timezone.localdate(now)):
        raise Refused(NOT_THEIRS)
    if sitting.signed_at:
        return sitting
    if sitting.drafted_at is None:
        raise Refused("Najpierw sporządź protokół i przeczytaj go.")
    _closed(sitting)
    if Vote.objects.filter(item__sitting=sitting, closed_at__gt=sitting.drafted_at).exists():
        raise Refused("Po sporządzeniu protokołu głosowano. Sporządź go jeszcze raz.")
    sitting.signed_at, sitting.signed_by = now, actor
    written = _write(sitting, minutes_pdf(sitting, signed_by=actor.get_full_name(), signed_at=now), now)
    count = sitting.items.filter(votes__result__in=Result.final()).distinct().count()
    if count:
        tell_directors(sitting, count, now=now)
    return written


def _closed(sitting):
    if not sitting.items.exists():
        raise Refused("Porządek obrad jest pusty.")
    if Vote.objects.filter(item__sitting=sitting, closed_at=None).exists():
        raise Refused("Jedno z głosowań jeszcze trwa.")


def _write(sitting, content, now):
    old = sitting.minutes.name
    sitting.minutes = ContentFile(content, "protokol.pdf")
    sitting.minutes_sha256, sitting.drafted_at = hashlib.sha256(content).hexdigest(), now
    sitting.gone_at, sitting.gone_why = None, ""
    sitting.save()
    let_go(old)
    return sitting
