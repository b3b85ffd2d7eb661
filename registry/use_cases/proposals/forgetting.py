"""Proposals as what somebody has written: told to them, taken away with them, forgotten in time."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from registry.choices import ProposalState
from registry.models import Proposal

BATCH = 500


def proposals_of(user):
    """What this person has proposed, and decided on."""
    own = Proposal.objects.filter(author=user).select_related("organisation__institution", "organisation__unit")
    told = [
        {
            "podmiot": str(one.organisation),
            "stan": one.get_state_display(),
            "wysłano": one.sent_at,
            "zmian": len(one.changes.all()),
            "w szkicu": len(one.typed),
            "odpowiedź": one.words,
        }
        for one in own.prefetch_related("changes").order_by("pk")
    ]
    if decided := Proposal.objects.filter(decided_by=user).count():
        told.append({"rozpatrzone propozycje": decided})
    return told


def erase_drafts_of(user, now):
    """Drafts go, what was withdrawn too; what waits or was decided stays as a proposal of the organisation."""
    Proposal.objects.filter(author=user, state__in=[ProposalState.DRAFT, ProposalState.WITHDRAWN]).delete()
    Proposal.objects.filter(author=user).update(author=None, typed={}, shown={})


def forget_old(now):
    """Proposals that were settled long ago, with their pictures, and drafts that nobody has gone on with."""
    settled = now - timedelta(days=settings.PROPOSAL_KEPT_DAYS)
    untouched = now - timedelta(days=settings.PROPOSAL_DRAFT_KEPT_DAYS)
    old = Proposal.objects.filter(
        Q(decided_at__lt=settled) | Q(withdrawn_at__lt=settled) | Q(state=ProposalState.DRAFT, saved_at__lt=untouched)
    )
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    Proposal.objects.filter(pk__in=keys).delete()
    return len(keys)
