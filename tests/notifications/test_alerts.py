"""What is new in saved searches: told once, to whom asked, whatever else is being written meanwhile."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications import alerts, saving
from notifications.models import OutgoingEmail, SavedSearch
from tests.registry.factories import OrganisationFactory

WARSAW = ZoneInfo("Europe/Warsaw")
SAVED = datetime(2026, 11, 19, 12, 0, tzinfo=WARSAW)
MORNING = datetime(2026, 11, 20, 7, 1, tzinfo=WARSAW)


def saved(email="anna@example.pl", query="", search="katalog", frequency="daily"):
    saving.ask_for_address(
        email=email, search=search, query=query, title=f"{search} {query}", frequency=frequency, now=SAVED
    )
    row = SavedSearch.objects.get(email=email, search=search, query=query)
    return saving.confirm(pk=row.pk, now=SAVED)


def told():
    return OutgoingEmail.objects.filter(template="notifications/email/alert").order_by("pk")


@pytest.mark.django_db(transaction=True)
def test_a_new_card_is_told_once():
    saved()
    OrganisationFactory(institution__name="Zielony Próg", published=True)
    assert alerts.tell(now=MORNING) == (1, 1)
    assert "Zielony Próg" in told().get().body
    assert alerts.tell(now=MORNING + timedelta(days=1)) == (1, 0)
