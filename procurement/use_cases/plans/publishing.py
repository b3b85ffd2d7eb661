"""What visitors see from now on."""

from django.db import transaction

from core.exceptions import Refused
from procurement.choices import PlanState, UpdateKind
from procurement.use_cases import entries, telling
from procurement.use_cases.plans import contents
from procurement.use_cases.plans.drafts import locked, the_draft


@transaction.atomic
def publish(*, plan_id, note="", actor, now):
    """Publish the draft: judged and marked anew by the rules and the version of this moment. Returns the version.

    Suppliers are told of positions that are new or say something new. Refused: an empty draft, one that says the same
    as the published version.
    """
    plan = locked(plan_id)
    draft, before = the_draft(plan), plan.current
    contents.settle(draft, base=before)
    marks = dict(draft.items.values_list("position_id", "update_kind"))
    if not marks:
        raise Refused("Szkic nie ma jeszcze żadnej pozycji.")
    held = _ids(before)
    gone = held - marks.keys()
    # What was given up before and is so still is no news.
    if before and not gone and not any(kind != UpdateKind.DROPPED or pk in held for pk, kind in marks.items() if kind):
        raise Refused("Szkic nie różni się od ogłoszonej wersji, więc nie ma czego ogłaszać.")
    draft.state, draft.note = PlanState.PUBLISHED, note
    draft.published_at, draft.published_by = now, actor
    draft.save(update_fields=["state", "note", "published_at", "published_by"])
    plan.current = draft
    plan.save(update_fields=["current"])
    entries.refresh(sorted(marks.keys() | gone), now=now)
    telling.announced(sorted(_news(marks, is_first=before is None)), now=now)
    return draft


def _ids(version):
    """Positions that a version has and has not given up."""
    if version is None:
        return set()
    return set(version.items.exclude(update_kind=UpdateKind.DROPPED).values_list("position_id", flat=True))


def _news(marks, *, is_first):
    dropped = UpdateKind.DROPPED
    return {pk for pk, kind in marks.items() if kind != dropped and (is_first or kind)}
