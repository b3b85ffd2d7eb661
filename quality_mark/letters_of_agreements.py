"""Letters about the licence agreement: it waits for a signature, its time ends, it is signed, the mark is valid."""

from datetime import date

from django.conf import settings

from notifications.letters import Letter

AGREEMENT = "quality_mark/email/agreement"
AGREEMENT_REMINDER = "quality_mark/email/agreement_reminder"
AGREEMENT_SIGNED = "quality_mark/email/agreement_signed"
LICENSED = "quality_mark/email/licensed"
UNSIGNED = "quality_mark/email/unsigned"
UNGRANTED = "quality_mark/email/ungranted"


def _example():
    return {
        "number": "ZP/2026/007",
        "organisation": "Spółdzielnia Socjalna Przykład",
        "offer": "Koszenie trawników",
        "until": date(2026, 12, 28),
        "link": f"{settings.SITE_URL}/panel/znak/1/umowa/",
    }


LETTERS = (
    Letter(AGREEMENT, "Umowa licencyjna do podpisania", _example),
    Letter(AGREEMENT_REMINDER, "Termin podpisania umowy licencyjnej niedługo mija", _example),
    Letter(AGREEMENT_SIGNED, "Umowa licencyjna podpisana przez podmiot (dla biura)", _example),
    Letter(LICENSED, "Znak jest ważny", _example),
    Letter(UNGRANTED, "Przyznanie znaku cofnięte", _example),
    Letter(UNSIGNED, "Umowy licencyjnej nie podpisano w terminie", _example),
)
