"""What visitors say is wrong in a card."""

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
