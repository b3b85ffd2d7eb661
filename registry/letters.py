"""Letters about the catalogue, with invented values for the preview."""

from datetime import date

from django.conf import settings

from accounts.choices import Role
from accounts.permissions import roles_of
from notifications.letters import Letter

ERROR_REPORTED = "registry/email/error_reported"
CONFIRMATION_ASKED = "registry/email/confirmation_asked"
CONFIRMATION_REMINDED = "registry/email/confirmation_reminded"


def is_coordinator(user):
    return Role.COORDINATOR in roles_of(user)


def _report():
    return {
        "name": "Spółdzielnia Socjalna Przykład",
        "message": "Numer telefonu jest nieaktualny.",
        "link": f"{settings.SITE_URL}/admin/registry/errorreport/1/change/",
    }


def _confirmation():
    return {
        "name": "Spółdzielnia Socjalna Przykład",
        "link": f"{settings.SITE_URL}/potwierdzenie/przyklad/",
        "card": f"{settings.SITE_URL}/katalog/spoldzielnia-socjalna-przyklad/",
        "verified_on": date(2025, 11, 3),
        "quiet_on": date(2026, 12, 15),
        "is_last": False,
    }


def _last_reminder():
    return _confirmation() | {"is_last": True}


# Letters of the register, not news: whoever stands in a public register has to be able to put it right, and without an
# answer the card is called unconfirmed. They hold the key of the answer, so they wait for no digest.
LETTERS = (
    Letter(ERROR_REPORTED, "Nowe zgłoszenie błędu na karcie", _report, duty=False, reaches=is_coordinator),
    Letter(CONFIRMATION_ASKED, "Prośba o potwierdzenie danych w katalogu", _confirmation, secrets=("link",)),
    Letter(CONFIRMATION_REMINDED, "Przypomnienie o potwierdzeniu danych", _last_reminder, secrets=("link",)),
)
