"""Who hears of a case: the people who act for the applicant, and the coordinator who handles it."""

from django.utils import timezone

from accounts.permissions import Action, may
from notifications.outbox import enqueue
from quality_mark.access import is_own
from quality_mark.office.letters import case_of, link_of
from registry.use_cases.representation import representatives


def tell_applicant(template, application, *, key, page="application", now, **context):
    """One letter to everybody who acts for the organisation today. `key` makes it the only one of its kind."""
    people = representatives(application.offer.organisation, on=timezone.localdate(now)).select_related("user")
    given = case_of(application) | {"link": link_of(page, application)} | context
    for grant in people:
        enqueue(
            to=grant.user.email,
            user=grant.user,
            template=template,
            context=given,
            dedupe_key=f"{template}:{key}:{grant.user_id}",
            now=now,
        )


def tell_handler(template, application, *, key, now, **context):
    """One letter to whoever handles the case, as long as they may. Without anybody the board shows it."""
    person = application.handled_by
    if person is None or not may(person, Action.HANDLE_MARK) or is_own(person, application.offer.organisation):
        return
    enqueue(
        to=person.email,
        user=person,
        template=template,
        context=case_of(application) | {"link": link_of("case", application)} | context,
        dedupe_key=f"{template}:{key}:{person.pk}",
        now=now,
    )
