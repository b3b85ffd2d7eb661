"""Letters of the mark."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse

from notifications.letters import Letter
from quality_mark.office.letters import LETTERS as OF_OFFICE

RECOMMENDATION = "mark-recommendation"


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
        "link": f"{settings.SITE_URL}/znak/rekomendacja/przyklad/",
    }


LETTERS = (
    Letter(
        "quality_mark/email/recommendation",
        "Prośba o rekomendację do wniosku o znak",
        _example,
        secrets=("link",),
    ),
    Letter("quality_mark/email/submitted", "Potwierdzenie złożenia wniosku o znak", _submitted),
    *OF_OFFICE,
)
