"""Letters to assessors, to the commission, and about what was decided."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.urls import reverse

from notifications.letters import Letter

ASSESSMENT = "quality_mark/email/assessment"
SITTING = "quality_mark/email/sitting"
DECIDED = "quality_mark/email/decided"


def _link(name, *args):
    return settings.SITE_URL + reverse(f"quality_mark:{name}", args=args)


def assessment_context(assessment):
    application = assessment.application
    return {
        "number": application.number,
        "organisation": str(application.offer.organisation),
        "offer": application.offer.name,
        "due_on": assessment.due_on,
        "link": _link("assessment", assessment.pk),
    }


def sitting_context(sitting, items):
    return {
        "starts_at": sitting.starts_at,
        "where": sitting.link or sitting.place,
        "is_remote": sitting.is_remote,
        "cases": [f"{one.position}. {one.application.number}: {one.application.offer.name}" for one in items],
        "link": _link("sitting", sitting.pk),
    }


def decided_context(application):
    return {
        "number": application.number,
        "offer": application.offer.name,
        "link": _link("application", application.pk),
    }


def _assessment():
    return {
        "number": "ZP/2026/007",
        "organisation": "Spółdzielnia Socjalna Przykład",
        "offer": "Koszenie trawników",
        "due_on": date(2026, 12, 10),
        "link": f"{settings.SITE_URL}/panel/znak/oceny/1/",
    }


def _sitting():
    return {
        "starts_at": datetime(2026, 12, 15, 9, tzinfo=UTC),
        "where": "Sala konferencyjna, ul. Przykładowa 1",
        "is_remote": False,
        "cases": ["1. ZP/2026/007: Koszenie trawników"],
        "link": f"{settings.SITE_URL}/panel/znak/kapitula/posiedzenie/1/",
    }


def _decided():
    return {
        "number": "ZP/2026/007",
        "offer": "Koszenie trawników",
        "link": f"{settings.SITE_URL}/panel/znak/1/",
    }


LETTERS = (
    Letter(ASSESSMENT, "Wniosek o znak do oceny", _assessment),
    Letter(SITTING, "Posiedzenie Kapituły", _sitting),
    Letter(DECIDED, "Rozstrzygnięcie wniosku o znak", _decided),
)
