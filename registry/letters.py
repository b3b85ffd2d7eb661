"""Letters about the catalogue, with invented values for the preview."""

from django.conf import settings

from accounts.choices import Role
from accounts.permissions import roles_of
from notifications.letters import Letter

PROPOSAL_SENT, PROPOSAL_DECIDED = "registry/email/proposal_sent", "registry/email/proposal_decided"
ERROR_REPORTED = "registry/email/error_reported"


def is_coordinator(user):
    return Role.COORDINATOR in roles_of(user)


def _report():
    return {
        "name": "Spółdzielnia Socjalna Przykład",
        "message": "Numer telefonu jest nieaktualny.",
        "link": f"{settings.SITE_URL}/admin/registry/errorreport/1/change/",
    }


def _sent():
    return {
        "name": "Spółdzielnia Socjalna Przykład",
        "link": f"{settings.SITE_URL}/admin/registry/proposal/1/change/",
    }


def _decided():
    return {
        "name": "Spółdzielnia Socjalna Przykład",
        "outcome": "Część zmian została przyjęta i jest już na karcie, części nie przyjęto.",
        "refused": [("Nazwa", "W rejestrze KRS jest inna nazwa.")],
        "more": 0,
        "words": "Dziękujemy za nowe zdjęcia.",
        "link": f"{settings.SITE_URL}/panel/podmiot/przyklad/propozycje/1/",
    }


LETTERS = (
    Letter(ERROR_REPORTED, "Nowe zgłoszenie błędu na karcie", _report, duty=False, reaches=is_coordinator),
    Letter(PROPOSAL_SENT, "Nowa propozycja zmian karty", _sent, duty=False, reaches=is_coordinator),
    Letter(PROPOSAL_DECIDED, "Odpowiedź na propozycję zmian karty", _decided),
)
