"""Letters to members of the commission, to the chair, to the director, and to assessors."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.permissions import Action, may
from notifications import outbox
from quality_mark.access import is_own
from quality_mark.commission import seats
from quality_mark.letters_of_judging import (
    MINUTES,
    MORE,
    REOPENED,
    TO_DECIDE,
    VOTE_CLOSES,
    VOTE_OPEN,
    minutes_context,
    more_context,
    reopened_context,
    to_decide_context,
    vote_context,
)
from quality_mark.models import Vote

# So long before the end of a window, or a quarter of it, whoever has not voted is reminded.
BEFORE = timedelta(hours=12)


def tell_of_vote(vote, item, *, now):
    """Everybody who may cast a ballot from afar."""
    for member in _voters(item, now):
        _send(member.person, VOTE_OPEN, vote_context(vote, item), f"vote:{vote.pk}:{member.pk}", now)


def remind_of_votes(*, now):
    """Whoever has not voted shortly before a window closes, once. Returns how many votes are about to close."""
    near = Vote.objects.filter(
        closed_at=None, opens_at__lte=now, closes_at__gt=now, closes_at__lte=now + BEFORE
    ).select_related(
        "item__sitting", "item__mark", "item__application__offer__organisation__institution",
        "item__application__offer__organisation__unit",
    )  # fmt: skip
    ending = [one for one in near if one.closes_at - now <= (one.closes_at - one.opens_at) / 4]
    for vote in ending:
        voted = set(vote.ballots.values_list("voter", flat=True))
        for member in _voters(vote.item, now):
            if member.pk not in voted:
                key = f"vote-closes:{vote.pk}:{member.pk}"
                _send(member.person, VOTE_CLOSES, vote_context(vote, vote.item), key, now)
    return len(ending)


def tell_of_minutes(sitting, *, now):
    """Those who may sign the draft. Once a sitting, however often it is written anew."""
    for person in seats.signers(sitting, timezone.localdate(now)):
        _send(person, MINUTES, minutes_context(sitting), f"minutes:{sitting.pk}", now)


def tell_directors(sitting, count, *, now):
    """That the minutes are signed: so many cases wait for a decision."""
    grants = RoleGrant.objects.held_by_active(Role.DIRECTOR, timezone.localdate(now)).select_related("user")
    for person in {grant.user_id: grant.user for grant in grants}.values():
        _send(person, TO_DECIDE, to_decide_context(sitting, count), f"to-decide:{sitting.pk}", now)


def tell_of_more(application, reason, *, now):
    """A case that came back: its handler and its assessors, each once for each time."""
    people = [row.assessor for row in application.assessments.active().select_related("assessor") if row.assessor]
    judge = [one for one in people if may(one, Action.ASSESS_MARK)]
    handler = application.handled_by
    office = [handler] if handler and may(handler, Action.HANDLE_MARK) else []
    for person in [*office, *judge]:
        if not is_own(person, application.offer.organisation):
            page = "assigning_case" if person in office else "assessments"
            context = more_context(application, reason, page)
            _send(person, MORE, context, f"more:{application.latest.pk}", now)


def tell_of_reopening(assessment, reason, *, now):
    """The author, when the office has given the assessment back."""
    _send(assessment.assessor, REOPENED, reopened_context(assessment, reason), f"reopened:{assessment.pk}:{now}", now)


def _voters(item, now):
    """Seats without the recused, and substitutes who were marked present."""
    day = timezone.localdate(now)
    here = Q(is_substitute=False) | Q(pk__in=item.sitting.presences.values("member"))
    rows = seats.members(item.sitting.term_id, day).filter(here).exclude(person=None)
    return rows.exclude(pk__in=item.recusals.values("member"))


def _send(person, template, context, key, now):
    outbox.enqueue(
        to=person.email,
        user=person,
        template=template,
        context=context,
        dedupe_key=f"quality-mark:{key}:{person.pk}",
        now=now,
    )
