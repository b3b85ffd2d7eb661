"""Who else is changing the same card: open drafts of other people, and what was sent and waits."""

from dataclasses import dataclass

from registry.choices import ProposalState
from registry.models import Proposal


@dataclass(frozen=True)
class Other:
    """`fields` {section: names}; `is_draft` when it is still being written; `since` it was begun, or sent."""

    who: str
    is_draft: bool
    is_own: bool
    since: object
    fields: dict
    proposal: Proposal


def others(organisation, user):
    """Everything that is open on this card but the person's own draft, the oldest first; two queries."""
    rows = (
        Proposal.objects.filter(organisation=organisation, state__in=[ProposalState.DRAFT, ProposalState.SENT])
        .exclude(author=user, state=ProposalState.DRAFT)
        .select_related("author")
        .prefetch_related("changes")
        .order_by("opened_at", "pk")
    )
    return [_other(row, user) for row in rows]


def _other(row, user):
    fields = {}
    if row.state == ProposalState.DRAFT:
        fields = {section: set(names) for section, names in row.typed.items()} | {one: set() for one in row.removed}
    else:
        for change in row.changes.all():
            if not change.verdict:
                fields.setdefault(change.section, set()).add(change.field)
    who = row.author.get_full_name() if row.author else "ktoś, kto nie ma już konta"
    is_draft = row.state == ProposalState.DRAFT
    since = row.opened_at if is_draft else row.sent_at
    return Other(who, is_draft, row.author_id == user.pk, since, fields, row)
