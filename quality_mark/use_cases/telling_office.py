"""Letters to everybody of the office, and to the directors who decide; never about a case of their own."""

from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from notifications.outbox import enqueue
from quality_mark.access import is_own
from quality_mark.letters_of_supervision import (
    COMPLAINT_FILED,
    EXPLAINED,
    MISUSE_REPORTED,
    explained_context,
    filed_context,
    reported_context,
)


def tell_of_complaint(subject, complaint, *, now):
    """The office reads the case, the director writes down what the body says of it."""
    page = "case" if complaint.application_id else "mark_desk"
    pages = {Role.COORDINATOR: (page, subject.pk), Role.DIRECTOR: ("complaint_desk", complaint.pk)}
    for role, where in pages.items():
        _tell(role, COMPLAINT_FILED, filed_context(subject, complaint, where), complaint.pk, subject, now)


def tell_of_explanation(mark, suspension, *, now):
    """Once a day, however often it is written anew."""
    key = f"{suspension.pk}:{timezone.localdate(now)}"
    for role in (Role.COORDINATOR, Role.DIRECTOR):
        _tell(role, EXPLAINED, explained_context(mark), key, mark, now)


def tell_of_misuse(report, *, now):
    _tell(Role.COORDINATOR, MISUSE_REPORTED, reported_context(report), report.pk, report.mark, now)


def _tell(role, template, context, key, subject, now):
    grants = RoleGrant.objects.held_by_active(role, timezone.localdate(now))
    for person in {grant.user_id: grant.user for grant in grants}.values():
        if subject is None or not is_own(person, subject.offer.organisation):
            enqueue(
                to=person.email,
                user=person,
                template=template,
                context=context,
                dedupe_key=f"{template}:{key}:{person.pk}",
                now=now,
            )
