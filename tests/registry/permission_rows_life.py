"""Addresses of error reports, terms and the end of a card."""

from core import links
from registry.models import ErrorReport
from registry.use_cases.reports import REPORT
from tests.permission_rows import NONE, OFFICE, OK, SIGN_IN, row

ROWS = {
    "registry:report_state": row(OK, OK, token="report_token"),
    "registry:organisation_terms": row(SIGN_IN, NONE, but={OK: ("representative", *OFFICE)}, slug="zielony-prog"),
}


def of_life(holder):
    """{name in the table: key} of a report about the card of `holder`."""
    report = ErrorReport.objects.create(organisation=holder, message="Zły telefon")
    return {"report_token": links.token(REPORT, report)}
