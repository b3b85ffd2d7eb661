"""Addresses of marks: agreements, the register, the holder's pages, supervision, and what lies behind them."""

from datetime import timedelta

from django.utils import timezone

from quality_mark.models import Certificate, Licence, Mark, MarkStep, MisuseReport, Suspension
from quality_mark.use_cases import agreements
from quality_mark.use_cases.certificates import make
from tests.permission_rows import AWAY, NONE, OFFICE, OK, OPEN, SIGN_IN, row
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.marks import marked, offer
from tests.registry.factories import OfferFactory

HOLDER = {OK: ("representative",)}
LED = {AWAY: ("representative",)}
BOTH = {OK: (*OFFICE, "director")}
ONLY_DIRECTOR = {OK: ("director",)}
NUMBER = "ZP-2026-017"

ROWS = {
    "quality_mark:about": OPEN,
    "quality_mark:rules": OPEN,
    "quality_mark:rules_version": row(OK, OK, version="mark_version"),
    "quality_mark:register": OPEN,
    "quality_mark:register_export": row(OK, OK, extension="csv"),
    "quality_mark:register_map": OPEN,
    "quality_mark:mark_of_offer": row(AWAY, AWAY, pk="marked_offer"),
    "quality_mark:marks_of_organisation": row(AWAY, AWAY, pk="mark_holder"),
    "quality_mark:verification_search": OPEN,
    "quality_mark:verification": row(OK, OK, number=NUMBER),
    "quality_mark:verification_json": row(OK, OK, number=NUMBER),
    "quality_mark:badge": row(OK, OK, number=NUMBER),
    "quality_mark:misuse": OPEN,
    "quality_mark:misuse_thanks": OPEN,
    "quality_mark:agreement": row(SIGN_IN, NONE, but=HOLDER, pk="granted_application"),
    "quality_mark:application_complaint": row(SIGN_IN, NONE, but=HOLDER, pk="granted_application"),
    "quality_mark:own_mark": row(SIGN_IN, NONE, but=HOLDER, pk="mark"),
    "quality_mark:renewal": row(SIGN_IN, NONE, but=LED, pk="mark"),  # buttons: who only looks is led to the mark
    "quality_mark:sign_pack": row(SIGN_IN, NONE, but=LED, pk="mark"),
    "quality_mark:explanation": row(SIGN_IN, NONE, but=HOLDER, pk="mark"),
    "quality_mark:mark_complaint": row(SIGN_IN, NONE, but=HOLDER, pk="mark"),
    "quality_mark:certificate": row(SIGN_IN, NONE, but={OK: ("representative", *OFFICE)}, pk="mark_certificate"),
    "quality_mark:agreements": row(SIGN_IN, NONE, but=BOTH),
    "quality_mark:make_certificates": row(SIGN_IN, NONE, but={AWAY: OFFICE}),
    "quality_mark:agreement_desk": row(SIGN_IN, NONE, but=BOTH, pk="granted_application"),
    "quality_mark:ungrant": row(SIGN_IN, NONE, but=ONLY_DIRECTOR, pk="granted_application"),
    "quality_mark:marks": row(SIGN_IN, NONE, but=BOTH),
    "quality_mark:mark_desk": row(SIGN_IN, NONE, but=BOTH, pk="mark"),
    "quality_mark:mark_opinion": row(SIGN_IN, NONE, but={AWAY: ("director",)}, pk="mark"),  # a button
    "quality_mark:mark_draw": row(SIGN_IN, NONE, but={AWAY: OFFICE}),
    "quality_mark:mark_review": row(SIGN_IN, NONE, but={OK: OFFICE}, pk="mark"),
    "quality_mark:mark_step": row(SIGN_IN, NONE, but=ONLY_DIRECTOR, pk="mark", step="revoke"),
    "quality_mark:report_desk": row(SIGN_IN, NONE, but={OK: OFFICE}, pk="misuse_report"),
    "quality_mark:complaint_desk": row(SIGN_IN, NONE, but=ONLY_DIRECTOR, pk="mark_complaint"),
    "quality_mark:statistics": row(SIGN_IN, NONE, but=BOTH),
    "quality_mark:statistics_file": row(SIGN_IN, NONE, but=BOTH),
    "quality_mark:sign_files": row(SIGN_IN, NONE, but={OK: OFFICE}),
}


def of_marks(holder):
    """{name in the table: key} of a suspended mark of `holder`, an organisation, and of an agreement to be signed."""
    mark = marked(number=NUMBER.replace("-", "/"), offer=OfferFactory(organisation=holder))
    MarkStep.objects.create(mark=mark, name="suspend", source="active", target="suspended", role="dyrektor", at=NOW)
    Mark.objects.filter(pk=mark.pk).update(state="suspended")
    later = NOW + timedelta(days=3650)
    Suspension.objects.create(mark=mark, reason="x", since=NOW, hearing_until=later, ends_by=later)
    # Of a suspended mark its holder gets none.
    valid = marked(timezone.localdate(), number="ZP/2026/020", offer=OfferFactory(organisation=holder))
    certificate = Certificate.objects.create(licence=Licence.objects.get(mark=valid), asked_at=NOW)
    make(certificate.pk, now=NOW)
    granted = ApplicationFactory(
        state="granted_pending_licence", number="ZP/2026/018", offer=OfferFactory(organisation=holder)
    )
    agreements.prepare(application_id=granted.pk, now=NOW)
    other = marked(number="ZP/2026/019", offer=offer())
    return {
        "mark": mark.pk,
        "marked_offer": mark.offer_id,
        "mark_holder": holder.pk,
        "mark_certificate": certificate.pk,
        "granted_application": granted.pk,
        "misuse_report": MisuseReport.objects.create(place="sklep", message="x", reported_at=NOW).pk,
        "mark_complaint": other.complaints.create(text="x", filed_at=NOW).pk,
    }
