"""What visitors say is wrong in a card."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from notifications.outbox import enqueue
from registry.letters import ERROR_REPORTED
from registry.models import ErrorReport, Organisation


@transaction.atomic
def report_error(*, organisation_id, message, email="", now):
    """Store a report for the coordinators, tell them by letter, and return it.

    Refused when the card is not public or nothing was said. The letter holds no address of whoever reports.
    """
    message = message.strip()
    if not message:
        raise Refused("Napisz, co się nie zgadza.")
    organisation = Organisation.objects.published().with_party().filter(pk=organisation_id).first()
    if organisation is None:
        raise Refused("Tej karty już nie ma w katalogu.")
    report = ErrorReport.objects.create(organisation=organisation, message=message[:2000], email=email)
    for one in RoleGrant.objects.held_by_active(Role.COORDINATOR, timezone.localdate(now)):
        _tell(one.user, report, now)
    return report


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


def _tell(coordinator, report, now):
    enqueue(
        to=coordinator.email,
        user=coordinator,
        template=ERROR_REPORTED,
        context={
            "name": str(report.organisation),
            "message": report.message,
            "link": settings.SITE_URL + reverse("admin:registry_errorreport_change", args=[report.pk]),
        },
        dedupe_key=f"{ERROR_REPORTED}:{report.pk}:{coordinator.pk}",
        now=now,
    )
