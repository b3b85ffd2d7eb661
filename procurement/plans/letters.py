"""Letters about plans, with invented values for the preview."""

from datetime import date

from django.conf import settings

from accounts.choices import Role
from accounts.permissions import roles_of
from notifications.letters import Letter

DEADLINE = "procurement/email/plan_deadline"


def _example():
    return {
        "plan": "Gmina Przykładowa, 2027",
        "budget_on": date(2026, 11, 20),
        "deadline": date(2026, 12, 20),
        "is_late": False,
        "link": f"{settings.SITE_URL}/panel/zamowienia/plany/1/",
    }


LETTERS = (
    Letter(
        DEADLINE,
        "Zbliża się termin ogłoszenia planu zamówień",
        _example,
        duty=False,
        reaches=lambda user: Role.OFFICER in roles_of(user),
    ),
)
