"""Letters about proposals: to coordinators that one waits, to its author what became of it."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from notifications.outbox import enqueue
from registry.choices import Verdict
from registry.letters import PROPOSAL_DECIDED, PROPOSAL_SENT
from registry.proposals.words import change_labels

MOST_NAMED = 20


def tell_coordinators(proposal, organisation, *, now):
    """Not whoever has sent it themselves."""
    for one in RoleGrant.objects.held_by_active(Role.COORDINATOR, timezone.localdate(now)):
        if one.user_id != proposal.author_id:
            enqueue(
                to=one.user.email,
                user=one.user,
                template=PROPOSAL_SENT,
                context={
                    "name": str(organisation),
                    "link": settings.SITE_URL + reverse("admin:registry_proposal_change", args=[proposal.pk]),
                },
                # Sent again after it was taken back, it is told again.
                dedupe_key=f"{PROPOSAL_SENT}:{proposal.pk}:{proposal.sent_at:%Y%m%d%H%M%S}:{one.user.pk}",
                now=now,
            )


def tell_author(proposal, organisation, *, now):
    author = proposal.author
    if author is None or not author.is_active:
        return
    changes = list(proposal.changes.order_by("position"))
    labels = change_labels(changes, organisation)
    refused = [(labels[one.pk], one.words) for one in changes if one.verdict == Verdict.REJECTED]
    enqueue(
        to=author.email,
        user=author,
        template=PROPOSAL_DECIDED,
        context={
            "name": str(organisation),
            "outcome": outcome_words(changes),
            "refused": refused[:MOST_NAMED],
            "more": max(0, len(refused) - MOST_NAMED),
            "words": proposal.words,
            "link": settings.SITE_URL + reverse("registry:proposal", args=[organisation.slug, proposal.pk]),
        },
        dedupe_key=f"{PROPOSAL_DECIDED}:{proposal.pk}",
        now=now,
    )


def outcome_words(changes):
    """What became of the changes of a decided proposal, in one sentence."""
    refused = sum(one.verdict == Verdict.REJECTED for one in changes)
    if not refused:
        return "Wszystkie zmiany zostały przyjęte i są już na karcie."
    if refused == len(changes):
        return "Żadna ze zmian nie została przyjęta. Karta jest taka jak przedtem."
    return "Część zmian została przyjęta i jest już na karcie, części nie przyjęto."
