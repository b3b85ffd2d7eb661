"""What a person wants to be told of, how often, and at which hours not."""

from datetime import UTC, datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from notifications.choices import Frequency
from notifications.models import Preference, QuietHours


def frequency_of(template, *, user, address):
    """How often this kind of letter may come.

    What an address said before it had an account holds until the account says otherwise.
    """
    said = Preference.objects.filter(Q(user=None, address__iexact=address) | Q(user=user, user__isnull=False))
    own_first = said.filter(template=template).order_by(F("user").asc(nulls_last=True))
    return own_first.values_list("frequency", flat=True).first() or Frequency.NOW


def frequencies_of(template, people):
    """{(user id or None, address in lower case): what `frequency_of` says of it}, for many people in one query."""
    people = [(user_id, address.lower()) for user_id, address in people]
    said = Preference.objects.alias(lower=Lower("address")).filter(
        Q(user__in=[user_id for user_id, _ in people if user_id])
        | Q(user=None, lower__in=[address for _, address in people]),
        template=template,
    )
    by_user, by_address = {}, {}
    for user_id, address, frequency in said.values_list("user", "address", "frequency"):
        if user_id:
            by_user[user_id] = frequency
        else:
            by_address[address.lower()] = frequency
    return {
        (user_id, address): by_user.get(user_id) or by_address.get(address) or Frequency.NOW
        for user_id, address in people
    }


def chosen_by(user):
    """{template: frequency} of what an account has chosen."""
    return dict(Preference.objects.filter(user=user).values_list("template", "frequency"))


def after_quiet_hours(user_id, moment):
    """`moment`, or the end of the quiet hours that it lies in."""
    hours = QuietHours.objects.filter(user=user_id).first() if user_id else None
    return _end(hours, moment) if hours else moment


def _end(hours, moment):
    """By the Polish clock: an hour that the change of time leaves out or repeats is the first one that passes it."""
    local = timezone.localtime(moment)
    clock, over_midnight = local.time(), hours.starts > hours.ends
    began, goes_on = clock >= hours.starts, clock < hours.ends
    if not (began or goes_on if over_midnight else began and goes_on):
        return moment
    day = local.date() + timedelta(days=over_midnight and began)
    # Compared in UTC: two times of one zone are compared by their hands alone.
    return max(moment, datetime.combine(day, hours.ends, local.tzinfo).astimezone(UTC))
