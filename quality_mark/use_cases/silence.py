"""When the time for a decision is over: the portal decides nothing by itself, it tells those who have to."""

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from notifications.outbox import enqueue
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState
from quality_mark.models import Application
from quality_mark.office.clock import silence_words
from quality_mark.office.letters import OVERDUE, case_of, link_of
from quality_mark.use_cases.telling import tell_handler

JUDGED = (ApplicationState.FORMAL_OK, ApplicationState.ASSESSMENT, ApplicationState.COMMISSION)


@transaction.atomic
def tell_overdue(*, now):
    """One letter of each case to whoever handles it and to the directors, with what its rules say of silence."""
    late = Application.objects.filter(state__in=JUDGED, due_at__lte=now).select_related(
        "rulebook", "handled_by", "offer__organisation__institution", "offer__organisation__unit"
    )
    directors = list(RoleGrant.objects.held_by_active(Role.DIRECTOR, timezone.localdate(now)))
    for application in late.order_by("pk"):
        due = last_day(application.due_at)
        told = {"due": due, "reason": silence_words(application.rulebook)}
        key = f"{application.pk}:{due}"
        tell_handler(OVERDUE, application, key=key, now=now, **told)
        for grant in directors:
            enqueue(
                to=grant.user.email,
                user=grant.user,
                template=OVERDUE,
                context=case_of(application) | {"link": link_of("decision", application)} | told,
                dedupe_key=f"{OVERDUE}:{key}:{grant.user_id}",
                now=now,
            )
