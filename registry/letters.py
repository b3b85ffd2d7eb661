"""Letters about the catalogue, with invented values for the preview."""

from datetime import date

from django.conf import settings

from accounts.choices import Role
from accounts.permissions import roles_of
from notifications.letters import Letter

ERROR_REPORTED = "registry/email/error_reported"
ERROR_ANSWERED = "registry/email/error_answered"
ERROR_FORWARDED = "registry/email/error_forwarded"
STATUS_REPORT_DUE = "registry/email/status_report_due"
UNIT_TERM_ENDS = "registry/email/unit_term_ends"

_NAME, _MESSAGE = "Spółdzielnia Socjalna Przykład", "Numer telefonu jest nieaktualny."


def is_coordinator(user):
    return Role.COORDINATOR in roles_of(user)


def is_representative(user):
    return Role.REPRESENTATIVE in roles_of(user)


def _about(path, **more):
    return lambda: {"name": _NAME, "message": _MESSAGE, "link": settings.SITE_URL + path, **more}


LETTERS = (
    Letter(
        ERROR_REPORTED,
        "Nowe zgłoszenie błędu na karcie",
        _about("/admin/registry/errorreport/1/change/"),
        duty=False,
        reaches=is_coordinator,
    ),
    Letter(
        ERROR_ANSWERED,
        "Odpowiedź na zgłoszenie błędu",
        _about("/zgloszenia/abc/", answer="Numer jest już poprawiony. Dziękujemy."),
        secrets=("link",),
    ),
    Letter(
        ERROR_FORWARDED,
        "Zgłoszenie błędu na karcie podmiotu",
        _about("/katalog/przyklad/"),
        duty=False,
        reaches=is_representative,
    ),
    Letter(
        STATUS_REPORT_DUE,
        "Przypomnienie o sprawozdaniu rocznym PS",
        _about("/panel/podmiot/przyklad/terminy/", year=2025, due_on=date(2026, 3, 31)),
        duty=False,
        reaches=is_representative,
    ),
    Letter(
        UNIT_TERM_ENDS,
        "Przypomnienie o końcu statusu jednostki",
        _about("/katalog/przyklad/", kind="CIS", expires_on=date(2026, 5, 3)),
        duty=False,
        reaches=is_representative,
    ),
)
