"""Cards, requests and calls for the tests of confirmation. `TODAY` is a Monday of work."""

from datetime import UTC, date, datetime, timedelta

from registry.models import ConfirmationRequest, FreshnessRule, Organisation
from tests.registry.factories import OrganisationFactory, refresh

TODAY = date(2026, 11, 23)
RULE = FreshnessRule(valid_from=TODAY)  # the values that the migration gives


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


NOW = at(TODAY)


def card_of(day, **given):
    """A public card that somebody confirmed on that day; without one nobody has, and it is public since 2025."""
    by = "przedstawiciel" if day else ""
    card = OrganisationFactory(verified_on=day, verified_by=by, **given)
    Organisation.objects.filter(pk=card.pk).update(published_at=at(day or date(2025, 3, 3)))
    refresh(card)
    card.refresh_from_db()
    return card


def asked(card, ago=1, *, reminded=0, **given):
    """A request that was sent so many days before TODAY."""
    day = TODAY - timedelta(days=ago)
    reminders = [day + timedelta(days=days) for days in (14, 28)[:reminded]] + [None, None]
    usual = {"first_reminded_on": reminders[0], "second_reminded_on": reminders[1]}
    usual |= {"address": "biuro@example.pl", "expires_on": day + timedelta(days=365)}
    return ConfirmationRequest.objects.create(organisation=card, asked_on=day, **usual | given)
