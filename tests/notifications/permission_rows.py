"""Addresses of saved searches and everybody who may ask for them."""

from core import links
from notifications import saving
from notifications.models import SavedSearch
from notifications.search_letters import PURPOSE
from tests.permission_rows import NONE, OK, OPEN, SIGN_IN, SIGNED_IN, row
from tests.registry.factories import NOW

ROWS = {
    "notifications:own_searches": SIGNED_IN,
    "notifications:own_search": row(SIGN_IN, NONE, pk=999_999),
    "notifications:save_search": row(OK, OK, slug="katalog"),
    "notifications:search_asked": OPEN,
    "notifications:saved_search": row(OK, OK, token="search_token"),
    "registry:offer_feed": OPEN,
    "quality_mark:register_feed": OPEN,
}


def of_searches():
    """{name in the table: key} of a search that waits for its address to say yes."""
    wanted = {"search": "katalog", "query": "", "title": "Katalog", "frequency": "daily"}
    saving.ask_for_address(email="anna@example.pl", now=NOW, **wanted)
    return {"search_token": links.token(PURPOSE, SavedSearch.objects.get(email="anna@example.pl"))}
