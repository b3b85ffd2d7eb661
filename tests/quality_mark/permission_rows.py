"""Addresses of the mark and everybody who may ask for them."""

from django.core.files.base import ContentFile

from core import links
from quality_mark.choices import ApplicationState
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Paper
from tests.permission_rows import AWAY, NONE, OFFICE, OK, OPEN, SIGN_IN, SIGNED_IN, row
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.registry.factories import OfferFactory

THE_APPLICANT = {OK: ("representative",)}
LED_ON = {AWAY: ("representative",)}

ROWS = {
    "quality_mark:overview": SIGNED_IN,
    "quality_mark:may_i": row(SIGN_IN, NONE, but=THE_APPLICANT, offer="offer"),
    "quality_mark:application": row(SIGN_IN, NONE, but=LED_ON, pk="application"),
    "quality_mark:step": row(SIGN_IN, NONE, but=THE_APPLICANT, pk="application", step="cel"),
    **{
        f"quality_mark:{name}": row(SIGN_IN, NONE, but=THE_APPLICANT, pk="application")
        for name in ("applicant", "to_sign", "summary", "papers", "recommendations", "withdrawal")
    },
    "quality_mark:paper": row(SIGN_IN, NONE, but={OK: ("representative", *OFFICE)}, pk="mark_paper"),
    "quality_mark:process": OPEN,
    # A customer needs no account: the link is the key.
    "quality_mark:recommend": row(OK, OK, token="recommendation_token"),
}


def of_the_mark(organisation):
    """{name in the table: key} of an application of this organisation."""
    draft = ApplicationFactory(offer=OfferFactory(organisation=organisation), state=ApplicationState.DRAFT)
    sent = ApplicationFactory(
        offer=OfferFactory(organisation=organisation), state=ApplicationState.SUBMITTED, number="ZP/2026/905"
    )
    asked = draft.recommendations.create(recommender="Szkoła", email="s@example.pl", asked_at=NOW)
    paper = Paper(application=sent, code="wyciag", name="a.pdf", content_type="application/pdf", size=8)
    paper.sha256, paper.uploaded_at = "0" * 64, NOW
    paper.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    return {
        "application": draft.pk,
        "mark_paper": paper.pk,
        "recommendation_token": links.token(RECOMMENDATION, asked),
    }
