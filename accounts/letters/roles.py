"""Letters about people and their roles, with invented values for the preview."""

from datetime import date
from types import SimpleNamespace

from django.conf import settings

from accounts.choices import Role
from accounts.models import RoleGrant, User
from notifications.letters import Letter

NAME = "Spółdzielnia Socjalna Przykład"


def _grant():
    grant = RoleGrant(role=Role.REPRESENTATIVE, starts_on=date(2026, 11, 23), ends_on=date(2027, 11, 23))
    return {
        "about": grant,
        "role": f"przedstawiciel podmiotu: {NAME}",
        "panel": f"{settings.SITE_URL}/panel/",
        "reason": "Koniec pracy w spółdzielni.",
        "words": "Dziękujemy za odpis uchwały.",
    }


def _request():
    user = User(email="osoba@example.org", full_name="Osoba Przykładowa")
    about = SimpleNamespace(user=user, object_name=NAME, reason="Przykład uzasadnienia.", answer="Brak uchwały.")
    return {"about": about, "panel": f"{settings.SITE_URL}/panel/"}


LETTERS = (
    Letter("accounts/email/role_granted", "Nowa rola w portalu", _grant),
    Letter("accounts/email/role_ended", "Koniec roli w portalu", _grant),
    Letter("accounts/email/nobody_left", "Nikt już nie działa w imieniu podmiotu lub zamawiającego", _grant),
    Letter("accounts/email/request_made", "Ktoś prosi o działanie w Waszym imieniu", _request),
    Letter("accounts/email/request_accepted", "Ktoś może działać w Waszym imieniu", _request),
    Letter("accounts/email/request_refused", "Odmowa na prośbę o rolę", _request),
)
