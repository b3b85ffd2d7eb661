"""Letters of the mark."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.urls import reverse

from notifications.letters import Letter
from quality_mark.calendar import last_day
from quality_mark.office.letters import LETTERS as OF_OFFICE

RECOMMENDATION = "mark-recommendation"
REMINDER, ENDED = "quality_mark/email/reminder", "quality_mark/email/ended"
SUSPENDED, RESUMED, REVOKED = (f"quality_mark/email/{name}" for name in ("suspended", "resumed", "revoked"))


def asked_context(application, row, token):
    return {
        "organisation": str(application.offer.organisation),
        "offer": application.offer.name,
        "recommender": row.recommender,
        "link": settings.SITE_URL + reverse("quality_mark:recommend", args=[token]),
    }


def submitted_context(application, paper):
    return {
        "number": application.number,
        "offer": application.offer_facts["name"],
        "submitted_at": application.submitted_at,
        "sha256": paper.sha256,
        "link": settings.SITE_URL + reverse("quality_mark:application", args=[application.pk]),
    }


def _submitted():
    return {
        "number": "ZP/2026/001",
        "offer": "Koszenie trawników",
        "submitted_at": datetime(2026, 11, 23, 11, tzinfo=UTC),
        "sha256": "0" * 64,
        "link": f"{settings.SITE_URL}/panel/znak/1/",
    }


def _example():
    return {
        "organisation": "Spółdzielnia Socjalna Przykład",
        "offer": "Koszenie trawników",
        "recommender": "Gmina Przykładowa",
        "has_declined": False,
        "link": f"{settings.SITE_URL}/znak/rekomendacja/przyklad/",
    }


def mark_context(mark, *, reason="", until=None):
    """`until` is the moment at which a hearing is over."""
    return {
        "number": mark.number,
        "organisation": str(mark.offer.organisation),
        "offer": mark.offer.name,
        "valid_until": mark.valid_until,
        "reason": reason,
        "until": last_day(until) if until else None,
        "link": settings.SITE_URL + reverse("quality_mark:own_mark", args=[mark.pk]),
    }


def _mark_example():
    return {
        "number": "ZP/2026/001",
        "organisation": "Spółdzielnia Socjalna Przykład",
        "offer": "Koszenie trawników",
        "valid_until": date(2027, 11, 30),
        "reason": "Znak był na opakowaniu innego produktu.",
        "until": date(2026, 12, 14),
        "link": f"{settings.SITE_URL}/panel/znak/znaki/1/",
    }


LETTERS = (
    Letter(REMINDER, "Znak niedługo wygaśnie", _mark_example),
    Letter(ENDED, "Znak wygasł", _mark_example),
    Letter(SUSPENDED, "Znak zawieszony", _mark_example),
    Letter(RESUMED, "Znak przywrócony", _mark_example),
    Letter(REVOKED, "Znak odebrany", _mark_example),
    Letter(
        "quality_mark/email/recommendation",
        "Prośba o rekomendację do wniosku o znak",
        _example,
        secrets=("link",),
    ),
    Letter(
        "quality_mark/email/recommendation_reminder",
        "Przypomnienie o rekomendacji do wniosku o znak",
        _example,
        secrets=("link",),
    ),
    Letter("quality_mark/email/recommended", "Odpowiedź na prośbę o rekomendację", _example),
    Letter("quality_mark/email/submitted", "Potwierdzenie złożenia wniosku o znak", _submitted),
    *OF_OFFICE,
)
