"""Letters about people and their roles, with invented values for the preview."""

from datetime import date

from django.conf import settings

from accounts.choices import Role
from accounts.models import RoleGrant
from notifications.letters import Letter


def _role():
    grant = RoleGrant(role=Role.REPRESENTATIVE, starts_on=date(2026, 11, 23), ends_on=date(2027, 11, 23))
    return {
        "grant": grant,
        "role": "przedstawiciel podmiotu: Spółdzielnia Socjalna Przykład",
        "panel": f"{settings.SITE_URL}/panel/",
        "reason": "Koniec pracy w spółdzielni.",
    }


LETTERS = (
    Letter("accounts/email/role_granted", "Nowa rola w portalu", _role),
    Letter("accounts/email/role_ended", "Koniec roli w portalu", _role),
)
