"""Letters about the catalogue, with invented values for the preview."""

from django.conf import settings

from accounts.choices import Role
from accounts.permissions import roles_of
from notifications.letters import Letter

ERROR_REPORTED = "registry/email/error_reported"


def is_coordinator(user):
    return Role.COORDINATOR in roles_of(user)


def _report():
    return {
        "name": "Spółdzielnia Socjalna Przykład",
        "message": "Numer telefonu jest nieaktualny.",
        "link": f"{settings.SITE_URL}/admin/registry/errorreport/1/change/",
    }


LETTERS = (Letter(ERROR_REPORTED, "Nowe zgłoszenie błędu na karcie", _report, duty=False, reaches=is_coordinator),)
