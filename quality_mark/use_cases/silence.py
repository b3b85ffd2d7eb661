"""When the time for a decision is over: the portal decides nothing by itself, it tells those who have to."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from notifications.outbox import enqueue
from quality_mark.access import is_own
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState
from quality_mark.models import Application
from quality_mark.office.clock import silence_words
from quality_mark.office.letters import OVERDUE, case_of, link_of
from quality_mark.use_cases.telling import tell_handler

# A letter is the only one of its kind as long as it is kept (MAIL_KEPT_DAYS).
TOLD = timedelta(days=60)
JUDGED = (ApplicationState.FORMAL_OK, ApplicationState.ASSESSMENT, ApplicationState.COMMISSION)


@transaction.atomic
def tell_overdue(*, now):
    """One letter of each case to whoever handles it and to the directors, with what its rules say of silence."""
    # Of older ones it was told long ago, also when the letter itself is not kept any more.
    late = Application.objects.filter(state__in=JUDGED, due_at__lte=now, due_at__gt=now - TOLD).select_related(
        "rulebook", "handled_by", "offer__organisation__institution", "offer__organisation__unit"
    )
    directors = list(RoleGrant.objects.held_by_active(Role.DIRECTOR, timezone.localdate(now)))
    for application in late.order_by("pk"):
        due = last_day(application.due_at)
        told = {"due": due, "reason": silence_words(application.rulebook)}
        key = f"{application.pk}:{due}"
        tell_handler(OVERDUE, application, key=key, now=now, **told)
        for grant in [one for one in directors if not is_own(one.user, application.offer.organisation)]:
            enqueue(
                to=grant.user.email,
                user=grant.user,
                template=OVERDUE,
                context=case_of(application) | {"link": link_of("decision", application)} | told,
                dedupe_key=f"{OVERDUE}:{key}:{grant.user_id}",
                now=now,
            )
