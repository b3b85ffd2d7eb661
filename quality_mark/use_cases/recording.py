"""What the catalogue, offers and matching know of a mark: each licence as a period of the registry's OfferMark."""

from django.utils import timezone

from quality_mark.choices import Standing
from quality_mark.models import Mark
from quality_mark.register.standing import DAY, on_day
from registry.choices import MarkState as Badge
from registry.use_cases.organisations import record_mark

_BADGES = {Standing.SUSPENDED: Badge.SUSPENDED, Standing.REVOKED: Badge.REVOKED}


def record(mark_id, *, now):
    """Write every period of the mark as it stands on the day of `now`, in the caller's transaction.

    While a renewal keeps the mark valid after its last day, the last period reaches until tomorrow, and each night a
    day further: between midnight and the night job the badge stands as well. It ends with the renewal.
    """
    mark = Mark.objects.told().get(pk=mark_id)
    today = timezone.localdate(now)
    stand = on_day(mark, today)
    licences = list(mark.licences.all())
    for position, one in enumerate(licences, 1):
        until = one.valid_until
        if position == len(licences) and stand:
            if until <= today and on_day(mark, today + DAY).is_valid:
                until = today + DAY
            elif stand.status == Standing.EXPIRED:
                until = max(until, stand.since - DAY)
        if stand and stand.status == Standing.REVOKED and until >= stand.since:
            # What was left of it is nobody's: the offer may be given a new mark in that time.
            until = max(one.granted_on, stand.since - DAY)
        stopped = stand is not None and stand.status in _BADGES and one.valid_until >= stand.since
        record_mark(
            offer_id=mark.offer_id,
            number=mark.number,
            granted_on=one.granted_on,
            valid_until=until,
            state=_BADGES[stand.status] if stopped else Badge.VALID,
            now=now,
        )
    return mark
