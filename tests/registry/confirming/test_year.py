"""A whole year of one card by the clock: asked, reminded twice, unconfirmed, inactive, confirmed again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail
from registry.models import Confirmation, ConfirmationRequest, Organisation
from registry.use_cases.confirming.asking import write_letters
from registry.use_cases.nightly import turn_the_page
from tests.registry.factories import OrganisationFactory, refresh

pytestmark = pytest.mark.django_db


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def card_of(day, **given):
    """A public card that somebody confirmed on that day."""
    card = OrganisationFactory(verified_on=day, verified_by="przedstawiciel", **given)
    Organisation.objects.filter(pk=card.pk).update(published_at=at(day))
    refresh(card)
    return card


def walk(card, first, last):
    """{day: what happened on it}: letters by template, and changes of activity."""
    told, before, day = {}, "aktywny", first
    while day <= last:
        turn_the_page(now=at(day, 0))
        write_letters(now=at(day))
        card.refresh_from_db()
        events = list(
            OutgoingEmail.objects.filter(created_at__date=day).order_by("pk").values_list("template", flat=True)
        )
        events = [template.rpartition("_")[2] for template in events]
        events += [card.activity] * (card.activity != before)
        before = card.activity
        if events:
            told[day] = events
        day += timedelta(days=1)
    return told


def test_a_silent_card_is_asked_reminded_called_unconfirmed_and_then_inactive(client, time_machine):
    card = card_of(date(2025, 3, 3))
    told = walk(card, date(2026, 2, 25), date(2027, 3, 10))
    assert told == {
        date(2026, 3, 3): ["asked"],
        date(2026, 3, 17): ["reminded"],
        date(2026, 3, 31): ["reminded"],
        date(2026, 4, 14): ["do-potwierdzenia"],
        date(2027, 3, 3): ["asked", "nieaktywny"],
    }
    request = ConfirmationRequest.objects.open().get()
    time_machine.move_to(at(date(2027, 3, 12)))
    assert client.post(request.link).status_code == 302
    card.refresh_from_db()
    assert (card.activity, card.verified_on, card.entry.activity) == ("aktywny", date(2027, 3, 12), "aktywny")
    page = client.get(card.get_absolute_url()).content.decode()
    assert "Dane potwierdził przedstawiciel podmiotu 12\xa0marca\xa02027 (odpowiedź na list)" in page
    assert client.get(request.link).status_code == 200
    assert client.post(request.link).status_code == 302
    assert Confirmation.objects.count() == 1
    assert reverse("registry:confirmation", args=["x"]) != request.link
