"""Proposals as what somebody has written: told to them, taken away with them, forgotten in time."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from registry.choices import ProposalState
from registry.models import Proposal
from registry.proposals.fields import field_label
from registry.proposals.parts import section_of

BATCH = 500


def proposals_of(user):
    """What this person has proposed, and decided on."""
    own = Proposal.objects.filter(author=user).select_related("organisation__institution", "organisation__unit")
    told = [
        {
            "podmiot": str(one.organisation),
            "stan": one.get_state_display(),
            "wysłano": one.sent_at,
            "treść": "\n".join(_lines(one)),
            "odpowiedź": one.words,
        }
        for one in own.prefetch_related("changes", "pictures").order_by("pk")
    ]
    if decided := Proposal.objects.filter(decided_by=user).count():
        told.append({"rozpatrzone propozycje": decided})
    return told


def _lines(proposal):
    """What was typed, as it was typed; once sent, as the register would keep it."""
    changes = sorted(proposal.changes.all(), key=lambda one: one.position)
    for one in changes:
        label = field_label(one.subject, one.field, proposal.organisation) if one.field else str(one)
        yield f"{label}: {_flat(one.new)}" + (f" ({one.get_verdict_display()}: {one.words})" if one.words else "")
    for code, typed in proposal.typed.items() if not changes else ():
        section = section_of(code)
        subjects = {name: subject for subject, name in section.fields}
        for name, text in typed.items():
            yield f"{section.label}, {field_label(subjects[name], name, proposal.organisation)}: {_flat(text)}"
    for code in proposal.removed if not changes else ():
        yield f"do usunięcia: {code}"
    for picture in proposal.pictures.all():
        yield f"Zdjęcie: {picture.alt}"


def _flat(value):
    if isinstance(value, dict):
        return "; ".join(_flat(one) for one in value.values() if one)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


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
