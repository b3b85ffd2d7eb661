"""Letters after an event."""

from datetime import date

from django.conf import settings

from notifications.letters import Letter

MISSING_DATA = "events/email/missing_data"


def _missing_data():
    return {
        "name": "Ola",
        "edition": "Dolnośląska Ekonomia Społeczna",
        "missing": ["wykształcenie", "telefon"],
        "deadline": date(2026, 12, 31),
        "link": f"{settings.SITE_URL}/udzial/przyklad/",
    }


LETTERS = (Letter(MISSING_DATA, "Prośba o brakujące dane uczestnika", _missing_data, secrets=("link",)),)
