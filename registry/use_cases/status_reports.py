"""Yearly reports of social enterprises: drawn up as owed, noted as sent, reminded of."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from notifications.outbox import enqueue
from registry.letters import STATUS_REPORT_DUE
from registry.models import Organisation, SocialEnterpriseStatus, StatusReport
from registry.terms import Terms

BATCH = 1000


@transaction.atomic
def draw_up(*, now):
    """Rows for last year, of statuses that held at its end and still hold. Safe to repeat; returns how many came."""
    today = timezone.localdate(now)
    year, due = today.year - 1, Terms().report_due(today.year - 1)
    if due is None:
        return 0
    holding = SocialEnterpriseStatus.objects.filter(Q(lost_on__isnull=True) | Q(lost_on__gt=today))
    owing = holding.filter(granted_on__lte=date(year, 12, 31)).exclude(reports__year=year)
    rows = [StatusReport(status_id=pk, year=year, due_on=due) for pk in owing.values_list("pk", flat=True)]
    StatusReport.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def note_report(*, report_id, sent_on, noted_as, actor, now):
    """Write down that a report was sent (`sent_on`), or with None that it was not after all. Returns the report.

    `noted_as` is a registry.choices.Verifier: as what the `actor` says so. Refused: a day that has not come, or one
    before the year it is about was over.
    """
    report = StatusReport.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise Refused("Tego sprawozdania nie ma w rejestrze.")
    if sent_on and sent_on > timezone.localdate(now):
        raise Refused("Ten dzień jeszcze nie nadszedł.", field="sent_on")
    if sent_on and sent_on <= date(report.year, 12, 31):
        raise Refused(f"Sprawozdanie za rok {report.year} składa się dopiero po tym roku.", field="sent_on")
    report.sent_on, report.noted_as, report.noted_by = sent_on, noted_as if sent_on else "", actor if sent_on else None
    report.save(update_fields=["sent_on", "noted_as", "noted_by"])
    return report


@transaction.atomic
def remind(*, now):
    """Write to the people of each organisation whose report is owed soon. Safe to repeat; returns how many letters."""
    today, written = timezone.localdate(now), 0
    owed = StatusReport.objects.owed().filter(due_on__gte=today).select_related("status").order_by("pk")
    owed = [(report, stage) for report in owed if (stage := _stage(report.due_on, today))]
    people = _people_of([report.status.institution_id for report, _ in owed], today)
    for report, stage in owed:
        for user, card in people.get(report.status.institution_id, ()):
            letter = enqueue(
                to=user.email,
                user=user,
                template=STATUS_REPORT_DUE,
                context={
                    "name": str(card),
                    "year": report.year,
                    "due_on": report.due_on,
                    "link": settings.SITE_URL + reverse("registry:organisation_terms", args=[card.slug]),
                },
                dedupe_key=f"{STATUS_REPORT_DUE}:{report.pk}:{stage}:{user.pk}",
                now=now,
            )
            written += bool(letter and letter.created_at == now)
    return written


def _stage(due, today):
    """Which of the reminders it is time for: the nearest to the day that has begun, or None."""
    left = (due - today).days
    return next((days for days in sorted(settings.PS_REPORT_REMINDER_DAYS) if left <= days), None)


def _people_of(institutions, today):
    """{institution: [(account, its own card)]} of those who act for the card of the legal person itself."""
    cards = Organisation.objects.living().filter(institution__in=institutions, unit__isnull=True).with_party()
    of_card = {card.pk: card for card in cards}
    found = {}
    grants = RoleGrant.objects.held_by_active(Role.REPRESENTATIVE, today).filter(organisation__in=of_card)
    for grant in grants:
        card = of_card[grant.organisation_id]
        found.setdefault(card.institution_id, []).append((grant.user, card))
    return found
