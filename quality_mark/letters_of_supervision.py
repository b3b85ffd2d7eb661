"""Letters to the office and the director: somebody complains, explains, or reports a mark used wrongly."""

from django.conf import settings
from django.urls import reverse

from notifications.letters import Letter

COMPLAINT_FILED = "quality_mark/email/complaint_filed"
EXPLAINED = "quality_mark/email/explained"
MISUSE_REPORTED = "quality_mark/email/misuse_reported"


def filed_context(subject, complaint, page):
    """`subject` is an application or a mark; `page` the name of the page and what it is about."""
    return _of(subject, page) | {"body": complaint.body}


def explained_context(mark):
    return _of(mark, ("mark_desk", mark.pk))


def reported_context(report):
    """Without what anybody wrote of themselves: their address and their words stand on the page."""
    return {"number": report.number, "place": report.place, "link": _link("report_desk", report.pk)}


def _of(subject, page):
    return {
        "number": subject.number,
        "organisation": str(subject.offer.organisation),
        "offer": subject.offer.name,
        "link": _link(*page),
    }


def _link(name, pk):
    return settings.SITE_URL + reverse(f"quality_mark:{name}", args=[pk])


def _example():
    return {
        "number": "ZP/2026/007",
        "organisation": "Spółdzielnia Socjalna Przykład",
        "offer": "Koszenie trawników",
        "body": "Marszałek Województwa",
        "place": "Sklep internetowy przyklad.example",
        "link": f"{settings.SITE_URL}/panel/znak/nadzor/1/",
    }


LETTERS = (
    Letter(COMPLAINT_FILED, "Znak: złożono skargę (dla biura i dyrektora)", _example),
    Letter(EXPLAINED, "Znak: wyjaśnienia przy zawieszeniu (dla biura i dyrektora)", _example),
    Letter(MISUSE_REPORTED, "Znak: zgłoszenie nadużycia (dla biura)", _example),
)
