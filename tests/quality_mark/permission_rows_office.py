"""Addresses of the office's desk and everybody who may ask for them, and what lies behind these addresses."""

from quality_mark.applying import steps
from quality_mark.choices import ApplicationState
from quality_mark.models import Rulebook
from tests.permission_rows import NONE, ONLY_OFFICE, SIGN_IN, row
from tests.quality_mark.factories import ApplicationFactory
from tests.registry.factories import OfferFactory

CASE = row(SIGN_IN, NONE, but=ONLY_OFFICE, pk="mark_case")
BUTTON = row(SIGN_IN, NONE, pk="mark_case")
OF_APPLICANT = {"page": ("representative",)}

ROWS = {
    "quality_mark:case_board": row(SIGN_IN, NONE, but=ONLY_OFFICE),
    "quality_mark:case": CASE,
    "quality_mark:case_take": BUTTON,
    "quality_mark:case_take_over": BUTTON,
    "quality_mark:formal_check": CASE,
    "quality_mark:case_call": CASE,
    "quality_mark:case_messages": CASE,
    "quality_mark:case_step": row(SIGN_IN, NONE, but=ONLY_OFFICE, pk="mark_case", step="untake"),
    "quality_mark:own_call": row(SIGN_IN, NONE, but=OF_APPLICANT, pk="mark_called"),
    "quality_mark:own_messages": row(SIGN_IN, NONE, but=OF_APPLICANT, pk="mark_case"),
}
ADMIN = {
    "admin:quality_mark_rulebook_copy": row(SIGN_IN, NONE, but=ONLY_OFFICE, pk="mark_rules"),
}
# What the two roles of the office do with each model of the admin.
MODELS = {
    "quality_mark_rulebook": ("vac", "vac"),
    "quality_mark_intake": ("vac", "vac"),
    "quality_mark_application": ("v", "v"),
    "quality_mark_mark": ("v", "v"),
}


def of_office(organisation):
    """A case in its formal check and one that waits for the applicant, both of this organisation."""
    checked = ApplicationFactory(
        offer=OfferFactory(organisation=organisation), state=ApplicationState.FORMAL_CHECK, number="ZP/2026/901"
    )
    called = ApplicationFactory(
        offer=OfferFactory(organisation=organisation), state=ApplicationState.CORRECTION, number="ZP/2026/902"
    )
    call = called.calls.create(number=1, sent_at=called.submitted_at, due_at=called.submitted_at.replace(year=2099))
    call.faults.create(number=1, text="Brak opisu.", step=steps.AIM)
    rules = Rulebook.objects.announced().first()
    return {"mark_case": checked.pk, "mark_called": called.pk, "mark_rules": rules.pk, "mark_version": rules.version}
