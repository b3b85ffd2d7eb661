"""Letters between the office and the applicant, with invented values for the preview."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from notifications.letters import Letter

CALLED = "quality_mark/email/called"
CALL_REMINDER = "quality_mark/email/call_reminder"
CALL_WITHDRAWN = "quality_mark/email/call_withdrawn"
LEFT = "quality_mark/email/left_unexamined"
PASSED = "quality_mark/email/formally_passed"
MESSAGE = "quality_mark/email/message"
ANSWERED = "quality_mark/email/office_answered"
MESSAGE_TO_OFFICE = "quality_mark/email/office_message"
FAILURE_PROPOSED = "quality_mark/email/failure_proposed"
OVERDUE = "quality_mark/email/overdue"


def case_of(application):
    """What each of these letters knows of its case."""
    return {
        "number": application.number,
        "organisation": application.applicant.get("name") or str(application.offer.organisation),
        "offer": application.offer_facts.get("name") or application.offer.name,
    }


def link_of(name, application):
    return settings.SITE_URL + reverse(f"quality_mark:{name}", args=[application.pk])


def decisions_link():
    return settings.SITE_URL + reverse("quality_mark:decisions")


def _example():
    return {
        "number": "ZP/2026/001",
        "organisation": "Spółdzielnia Socjalna Przykład",
        "offer": "Koszenie trawników",
        "link": f"{settings.SITE_URL}/panel/znak/1/",
        "due": date(2026, 12, 7),
        "faults": ["Brakuje aktualnego wyciągu z rejestru.", "Opis celu społecznego jest niepełny."],
        "months": 3,
        "text": "Dzień dobry, kiedy mogą Państwo przyjąć wizytę?",
        "reason": "Podmiot nie jest na liście.",
    }


LETTERS = (
    Letter(CALLED, "Znak: wezwanie do uzupełnienia wniosku", _example),
    Letter(CALL_REMINDER, "Znak: przypomnienie o uzupełnieniu wniosku", _example),
    Letter(CALL_WITHDRAWN, "Znak: wezwanie cofnięte", _example),
    Letter(LEFT, "Znak: wniosek pozostawiony bez rozpatrzenia", _example),
    Letter(PASSED, "Znak: pozytywna ocena formalna", _example),
    Letter(MESSAGE, "Znak: wiadomość od biura", _example),
    Letter(ANSWERED, "Znak: wniosek uzupełniony (dla biura)", _example),
    Letter(MESSAGE_TO_OFFICE, "Znak: wiadomość od wnioskodawcy (dla biura)", _example),
    Letter(OVERDUE, "Znak: minął czas na rozpatrzenie (dla biura i dyrektora)", _example),
    Letter(FAILURE_PROPOSED, "Znak: propozycja odmowy z powodów formalnych (dla dyrektora)", _example),
)
