"""When the time for a decision is over: those who decide are told, and what the rules propose takes one press.

The portal decides nothing by itself.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from notifications.outbox import enqueue
from quality_mark import access
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, DocumentKind
from quality_mark.decisions.silence import GRANT, REFUSE, late, proposed
from quality_mark.models import Application
from quality_mark.office.clock import meaning_of, silence_words
from quality_mark.office.letters import OVERDUE, case_of, decisions_link, link_of
from quality_mark.use_cases.deciding import decision_paper, is_done, tell_decided
from quality_mark.use_cases.moving import advance, locked
from quality_mark.use_cases.telling import tell_handler

# A letter is the only one of its kind as long as it is kept (MAIL_KEPT_DAYS).
TOLD = timedelta(days=60)
KINDS = {GRANT: DocumentKind.DECISION, REFUSE: DocumentKind.REFUSAL}


@transaction.atomic
def take(*, application_id, actor, now):
    """The director takes the step that silence means by the rules of the case. A second press changes nothing."""
    application = locked(application_id)
    access.check(actor, Actor.DIRECTOR, application)
    if any(is_done(application, step, actor, now) for step in KINDS):
        return application
    step = proposed(application, now)
    if not step:
        raise Refused("Zasady nie proponują teraz rozstrzygnięcia tej sprawy.")
    reason = f"Wniosku nie rozpatrzono do {last_day(application.due_at):%d.%m.%Y}. {meaning_of(application.rulebook)}"
    paper = decision_paper(application, KINDS[step], reason, actor, now)
    moved = advance(
        application_id=application_id, step=step, role=Actor.DIRECTOR, actor=actor, note=reason, paper=paper, now=now
    )
    tell_decided(moved, now)
    return moved


@transaction.atomic
def tell_overdue(*, now):
    """One letter of each case to whoever handles it and to the directors, with what its rules say of silence."""
    # Of older ones it was told long ago, also when the letter itself is not kept any more.
    rows = Application.objects.filter(late(now), due_at__gt=now - TOLD).select_related(
        "rulebook", "handled_by", "offer__organisation__institution", "offer__organisation__unit"
    )
    directors = list(RoleGrant.objects.held_by_active(Role.DIRECTOR, timezone.localdate(now)))
    for application in rows.order_by("pk"):
        due = last_day(application.due_at)
        told = {"due": due, "reason": silence_words(application.rulebook)}
        key = f"{application.pk}:{due}"
        tell_handler(OVERDUE, application, key=key, now=now, **told)
        # A page of the case is there for the director when there is something to decide.
        link = link_of("decision", application) if proposed(application, now) else decisions_link()
        for grant in directors:
            if access.is_own(grant.user, application.offer.organisation):
                continue
            enqueue(
                to=grant.user.email,
                user=grant.user,
                template=OVERDUE,
                context=case_of(application) | {"link": link} | told,
                dedupe_key=f"{OVERDUE}:{key}:{grant.user_id}",
                now=now,
            )
