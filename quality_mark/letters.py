"""Letters of the mark."""

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
    *OF_OFFICE,
)
