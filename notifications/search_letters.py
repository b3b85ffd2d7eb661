"""Letters about saved searches: to say yes by, and what is new."""

import re

from django.conf import settings
from django.urls import reverse

from core import links
from notifications import searches
from notifications.letters import Letter

CONFIRMATION, ALERT = "notifications/email/search_confirmation", "notifications/email/alert"
# What a token of core.links is good for: one saved search, to be confirmed, changed and ended.
PURPOSE = "search"
# What a mail program would make a link of.
_ADDRESS = re.compile(r"://|www\.|@|\w\.\w{2,}", re.IGNORECASE)


def page_of(row):
    """The whole address at which whoever holds it says what is to become of a saved search."""
    return settings.SITE_URL + reverse("notifications:saved_search", args=[links.token(PURPOSE, row)])


def confirmation(row):
    """Anybody may have typed the words, and the address: the letter must not carry a stranger's link to it."""
    title = searches.find(row.search).label if _ADDRESS.search(row.title) else row.title
    return {"title": title, "how_often": row.get_frequency_display(), "url": page_of(row)}


def _confirmation():
    return {"title": "Katalog podmiotów: „catering”, powiat oławski", "how_often": "raz dziennie", "url": "https://…"}


def _alert():
    item = {"title": "Spółdzielnia Zielony Próg", "url": "https://…", "line": "Spółdzielnia socjalna · Oława"}
    found = {
        "title": "Katalog podmiotów: „catering”, powiat oławski",
        "new": [item],
        "changed": [item | {"title": "Fundacja Brzeg"}],
        "count": 14,
        "left": 12,
        "list_url": "https://…",
        "url": "https://…",
    }
    broken = {"title": "Oferty: sprzątanie", "why": "Nie ma kategorii „mycie”.", "url": "https://…"}
    return {"searches": [found], "broken": [broken], "total": 14}


LETTERS = (
    Letter(CONFIRMATION, "Potwierdzenie, że ktoś chce wiedzieć o nowościach", _confirmation, secrets=("url",)),
    Letter(ALERT, "Nowości w obserwowanych wyszukiwaniach", _alert, duty=False),
)
