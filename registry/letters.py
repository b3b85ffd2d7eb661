"""Letters about the catalogue, with invented values for the preview."""

from datetime import date

from django.conf import settings

from accounts.choices import Role
from accounts.permissions import roles_of
from notifications.letters import Letter

PROPOSAL_SENT, PROPOSAL_DECIDED = "registry/email/proposal_sent", "registry/email/proposal_decided"
ERROR_REPORTED = "registry/email/error_reported"
ERROR_ANSWERED = "registry/email/error_answered"
ERROR_FORWARDED = "registry/email/error_forwarded"
STATUS_REPORT_DUE = "registry/email/status_report_due"
UNIT_TERM_ENDS = "registry/email/unit_term_ends"
CONFIRMATION_ASKED = "registry/email/confirmation_asked"
CONFIRMATION_REMINDED = "registry/email/confirmation_reminded"

_NAME, _MESSAGE = "Spółdzielnia Socjalna Przykład", "Numer telefonu jest nieaktualny."


def is_coordinator(user):
    return Role.COORDINATOR in roles_of(user)


def is_representative(user):
    return Role.REPRESENTATIVE in roles_of(user)


def _about(path, **more):
    return lambda: {"name": _NAME, "message": _MESSAGE, "link": settings.SITE_URL + path, **more}


def _confirmation():
    return {
        "name": _NAME,
        "link": f"{settings.SITE_URL}/potwierdzenie/przyklad/",
        "card": f"{settings.SITE_URL}/katalog/spoldzielnia-socjalna-przyklad/",
        "verified_on": date(2025, 11, 3),
        "quiet_on": date(2026, 12, 15),
        "is_last": False,
    }


def _last_reminder():
    return _confirmation() | {"is_last": True}


def _sent():
    return {
        "name": _NAME,
        "link": f"{settings.SITE_URL}/admin/registry/proposal/1/change/",
    }


def _decided():
    return {
        "name": _NAME,
        "outcome": "Część zmian została przyjęta i jest już na karcie, części nie przyjęto.",
        "refused": [("Nazwa", "W rejestrze KRS jest inna nazwa.")],
        "more": 0,
        "words": "Dziękujemy za nowe zdjęcia.",
        "link": f"{settings.SITE_URL}/panel/podmiot/przyklad/propozycje/1/",
    }


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
    # Letters of the register, not news: whoever stands in a public register has to be able to put it right, and
    # without an answer the card is called unconfirmed. They hold the key of the answer, so they wait for no digest.
    Letter(CONFIRMATION_ASKED, "Prośba o potwierdzenie danych w katalogu", _confirmation, secrets=("link",)),
    Letter(CONFIRMATION_REMINDED, "Przypomnienie o potwierdzeniu danych", _last_reminder, secrets=("link",)),
    Letter(PROPOSAL_SENT, "Nowa propozycja zmian karty", _sent, duty=False, reaches=is_coordinator),
    Letter(PROPOSAL_DECIDED, "Odpowiedź na propozycję zmian karty", _decided),
)
