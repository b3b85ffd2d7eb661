"""Who asks, and who is asked."""

import pytest

from accounts.choices import Role
from procurement.use_cases.matching import shortlists
from tests.accounts.factories import account, authority
from tests.procurement.matching.test_who_can import cleaner
from tests.registry.factories import NOW


@pytest.fixture
def office():
    return authority(name="Gmina Testowa")


@pytest.fixture
def officer(office):
    return account(Role.OFFICER, authority=office)


@pytest.fixture
def cards():
    return [
        cleaner("Blask", institution__email="blask@example.pl"),
        cleaner("Perła", institution__email="perla@example.pl"),
        cleaner("Bez adresu", institution__email=""),
    ]


@pytest.fixture
def shortlist(office, officer, cards):
    kept = shortlists.make_shortlist(authority=office, name="Sprzątanie", actor=officer, now=NOW)
    shortlists.put_on(shortlist=kept, found=[{"organisation": card.pk} for card in cards], actor=officer, now=NOW)
    return kept
