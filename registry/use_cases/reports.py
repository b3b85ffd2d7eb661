"""What visitors say is wrong in a card."""

from django.db import transaction

from core.exceptions import Refused
from registry.models import ErrorReport, Organisation


def report_error(*, organisation_id, message, email=""):
    """Store a report for the coordinators and return it. Refused when the card is not public or nothing was said."""
    message = message.strip()
    if not message:
        raise Refused("Napisz, co się nie zgadza.")
    organisation = Organisation.objects.published().filter(pk=organisation_id).first()
    if organisation is None:
        raise Refused("Tej karty już nie ma w katalogu.")
    return ErrorReport.objects.create(organisation=organisation, message=message[:2000], email=email)


@transaction.atomic
def settle_report(*, report_id, settlement, now):
    """Close a report with a sentence for the record. Settling again only corrects the sentence."""
    settlement = settlement.strip()
    if not settlement:
        raise Refused("Napisz, jak załatwiono zgłoszenie.")
    report = ErrorReport.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise Refused("Tego zgłoszenia już nie ma.")
    report.settlement, report.settled_at = settlement[:300], report.settled_at or now
    report.save(update_fields=["settlement", "settled_at"])
    return report
