"""Saved searches for the demo, one in each state, of an address and of accounts."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from notifications import saving
from notifications.choices import SearchState
from notifications.models import SavedSearch

ADDRESS = "mieszkanka@demo.example"
# (list, query string, name, how often)
OF_ADDRESS = (
    ("katalog", "category=catering&powiat=0264", "Catering we Wrocławiu", "daily"),
    ("wydarzenia", "kind=szkolenie", "Wydarzenia: szkolenie", "weekly"),
    ("oferty", "q=catering", "Oferty: „catering”", "weekly"),
)
OF_ACCOUNTS = (
    ("zamowienia", "clause=art94&type=ogloszenie", "Zamówienia zastrzeżone", "daily"),
    ("znaki", "", "Rejestr znaków", "none"),
    # A category that nobody has: what a search looks like that means nothing any more.
    ("oferty", "category=dawna-kategoria", "Oferty: dawna kategoria", "weekly"),
)
ACCOUNTS = ("przedstawiciel@demo.example", "urzednik@demo.example")


@transaction.atomic
def seed_searches(*, seed, now):
    """The same rows for every `seed`: what is saved is part of the story, not of chance."""
    before = now - timedelta(days=3)
    if not SavedSearch.objects.of_address(ADDRESS).exists():
        for search, query, title, frequency in OF_ADDRESS:
            saving.ask_for_address(
                email=ADDRESS, search=search, query=query, title=title, frequency=frequency, now=before
            )
        active, ended, _ = SavedSearch.objects.of_address(ADDRESS).order_by("pk")
        saving.confirm(pk=active.pk, now=before)
        saving.confirm(pk=ended.pk, now=before)
        saving.end(pk=ended.pk, now=before)
    for user in get_user_model().objects.filter(email__in=ACCOUNTS).order_by("pk"):
        for search, query, title, frequency in OF_ACCOUNTS:
            saving.save_for_account(
                user=user, search=search, query=query, title=title, frequency=frequency, now=before
            )
    states = SavedSearch.objects.filter(state=SearchState.ACTIVE).count()
    return f"Obserwowane wyszukiwania: {SavedSearch.objects.count()}, w tym działające: {states}."
