"""What only the passing of days changes for marks. Safe to repeat, and to miss a night: reminders go out once each."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from notifications import outbox
from quality_mark.choices import Actor, MarkState, Standing
from quality_mark.letters import ENDED, REMINDER, mark_context
from quality_mark.models import Mark
from quality_mark.register.standing import on_day
from quality_mark.use_cases.moving import advance_mark
from quality_mark.use_cases.recording import record
from quality_mark.use_cases.renewing import OPEN_DAYS, opens_on, rules_of
from registry.use_cases import catalogue
from registry.use_cases.representation import representatives

logger = logging.getLogger(__name__)
# No rules tell of a mark earlier than this.
FURTHEST = timedelta(days=400)


def turn_marks(*, now):
    """Bring every mark to the day of `now`, each in a transaction of its own; returns how many were moved."""
    today = timezone.localdate(now)
    near = Q(valid_until__lt=today + FURTHEST) & Q(state__in=MarkState.living())
    moved = 0
    for pk in list(Mark.objects.filter(near).order_by("pk").values_list("pk", flat=True)):
        try:
            moved += _turn(pk, today, now)
        except Exception:
            # One mark that cannot be moved keeps no other from its midnight.
            logger.exception("mark %s was not brought to %s", pk, today)
    return moved


@transaction.atomic
def _turn(pk, today, now):
    mark = Mark.objects.select_for_update(of=("self",)).get(pk=pk)
    mark = Mark.objects.told().prefetch_related("licences__application__rulebook").get(pk=mark.pk)
    stand = on_day(mark, today)
    if stand is None:
        return 0
    if stand.status == Standing.EXPIRED:
        advance_mark(mark_id=pk, step="expire", role=Actor.TIME, now=now)
        mark.suspensions.filter(ended_at=None).update(ended_at=now)
        record(pk, now=now)
        # Its last day was known, so that nothing was written anew: the lists have to learn that it is over.
        catalogue.refresh([mark.offer.organisation_id], now=now)
        _tell(mark, ENDED, f"ended:{mark.valid_until}", now)
        return 1
    if mark.valid_until <= today and mark.state == MarkState.RENEWAL_SUBMITTED:
        # Its badge is written for one day more, each night.
        record(pk, now=now)
        return 0
    return _open(mark, today, now) + _remind(mark, today, now)


def _open(mark, today, now):
    if mark.state != MarkState.ACTIVE or opens_on(mark) > today:
        return 0
    advance_mark(mark_id=mark.pk, step="open_renewal", role=Actor.TIME, now=now)
    mark.state = MarkState.RENEWAL_OPEN
    return 1


def _remind(mark, today, now):
    """The nearest reminder that is due and was not sent; earlier ones that were missed are not made up for."""
    if mark.state != MarkState.RENEWAL_OPEN:
        return 0
    left, rules = (mark.valid_until - today).days, rules_of(mark)
    due = [days for days in (rules.reminder_days if rules else [OPEN_DAYS]) if left <= days]
    if not due or (mark.reminded_days is not None and mark.reminded_days <= min(due)):
        return 0
    Mark.objects.filter(pk=mark.pk).update(reminded_days=min(due))
    _tell(mark, REMINDER, f"reminder:{mark.valid_until}:{min(due)}", now)
    return 0


def _tell(mark, template, key, now):
    tell_holder(mark, template, key, mark_context(mark), now)


def tell_holder(mark, template, key, context, now):
    """One letter to everybody who acts for the holder."""
    people = representatives(mark.offer.organisation, on=timezone.localdate(now)).select_related("user")
    for grant in people:
        outbox.enqueue(
            to=grant.user.email,
            user=grant.user,
            template=template,
            context=context,
            dedupe_key=f"quality-mark:{mark.pk}:{key}:{grant.user_id}",
            now=now,
        )
