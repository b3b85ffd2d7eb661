"""Letters to assessors, to the commission, and about what was decided."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.urls import reverse

from notifications.letters import Letter

ASSESSMENT = "quality_mark/email/assessment"
ASSESSMENT_REMINDER = "quality_mark/email/assessment_reminder"
SITTING = "quality_mark/email/sitting"
DECIDED = "quality_mark/email/decided"
VOTE_OPEN, VOTE_CLOSES = "quality_mark/email/vote_open", "quality_mark/email/vote_closes"
MINUTES, TO_DECIDE = "quality_mark/email/minutes", "quality_mark/email/to_decide"
COMPLAINT = "quality_mark/email/complaint_decided"
MORE, REOPENED = "quality_mark/email/more", "quality_mark/email/reopened"
MORE_ASKED = "quality_mark/email/more_asked"


def _link(name, *args):
    return settings.SITE_URL + reverse(f"quality_mark:{name}", args=args)


def title_of(item):
    """What an item of the agenda is about: a case, or a mark that may be taken away."""
    number = f"Odebranie znaku {item.mark.number}" if item.mark else item.application.number
    return f"{number}: {item.application.offer.name}"


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
        "cases": [f"{one.position}. {title_of(one)}" for one in items],
        "link": _link("sitting", sitting.pk),
    }


def decided_context(application):
    return {
        "number": application.number,
        "offer": application.offer.name,
        "link": _link("application", application.pk),
    }


def vote_context(vote, item):
    return {
        "title": title_of(item),
        "is_secret": vote.is_secret,
        "opens_at": vote.opens_at,
        "closes_at": vote.closes_at,
        "link": _link("agenda_item", item.pk),
    }


def minutes_context(sitting):
    return {"starts_at": sitting.starts_at, "link": _link("sitting", sitting.pk)}


def to_decide_context(sitting, count):
    return {"starts_at": sitting.starts_at, "count": count, "link": _link("decisions")}


def more_context(application, reason, page):
    link = _link(page, *([application.pk] if page == "assigning_case" else []))
    return {"number": application.number, "offer": application.offer.name, "reason": reason, "link": link}


def reopened_context(assessment, reason):
    return assessment_context(assessment) | {"reason": reason}


def complaint_context(subject, complaint):
    """`subject` is an application or a mark."""
    page = "application" if complaint.application_id else "own_mark"
    return {
        "number": subject.number,
        "offer": subject.offer.name,
        "outcome": complaint.get_outcome_display(),
        "answer": complaint.answer,
        "link": _link(page, subject.pk),
    }


def _complaint():
    return {
        "number": "ZP/2026/007",
        "offer": "Koszenie trawników",
        "outcome": "uwzględniona",
        "answer": "Rekomendacje złożono w terminie.",
        "link": f"{settings.SITE_URL}/panel/znak/1/",
    }


def _vote():
    return {
        "title": "ZP/2026/007: Koszenie trawników",
        "is_secret": True,
        "opens_at": datetime(2026, 12, 15, 9, tzinfo=UTC),
        "closes_at": datetime(2026, 12, 17, 9, tzinfo=UTC),
        "link": f"{settings.SITE_URL}/panel/znak/kapitula/sprawa/1/",
    }


def _minutes():
    return {
        "starts_at": datetime(2026, 12, 15, 9, tzinfo=UTC),
        "count": 3,
        "link": f"{settings.SITE_URL}/panel/znak/kapitula/posiedzenie/1/",
    }


def _back():
    return _assessment() | {"reason": "Jakimi maszynami podmiot kosi trawniki?"}


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
    Letter(ASSESSMENT_REMINDER, "Termin oceny wniosku o znak niedługo mija", _assessment),
    Letter(SITTING, "Posiedzenie Kapituły", _sitting),
    Letter(VOTE_OPEN, "Głosowanie zdalne Kapituły", _vote),
    Letter(VOTE_CLOSES, "Głosowanie zdalne Kapituły niedługo się kończy", _vote),
    Letter(MINUTES, "Protokół Kapituły do podpisania", _minutes),
    Letter(TO_DECIDE, "Rekomendacje Kapituły do rozstrzygnięcia", _minutes),
    Letter(MORE, "Wniosek o znak wraca po wyjaśnienia", _back),
    Letter(MORE_ASKED, "Pytanie do wniosku o znak", _back),
    Letter(REOPENED, "Wysłana ocena wraca do poprawienia", _back),
    Letter(COMPLAINT, "Rozpatrzona skarga w sprawie znaku", _complaint),
    Letter(DECIDED, "Rozstrzygnięcie wniosku o znak", _decided),
)
