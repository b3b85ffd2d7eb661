"""What visitors see from now on, or from a day on."""

from django.db import transaction

from core.exceptions import Refused
from procurement.choices import PlanState, UpdateKind
from procurement.models import PlanVersion
from procurement.use_cases import entries, telling
from procurement.use_cases.notices.publishing import LATEST
from procurement.use_cases.plans import contents
from procurement.use_cases.plans.drafts import draft_of, locked, the_draft


@transaction.atomic
def publish(*, plan_id, note="", actor, now):
    """Publish the draft: judged and marked anew by the rules and the version of this moment. Returns the version.

    Suppliers are told of positions that are new or say something new. Refused: an empty draft, one that says the same
    as the published version.
    """
    plan = locked(plan_id)
    draft, before = the_draft(plan), plan.current
    marks, gone = _settled(draft, before)
    draft.state, draft.note = PlanState.PUBLISHED, note
    draft.publish_at, draft.published_at, draft.published_by = None, now, actor
    draft.save(update_fields=["state", "note", "publish_at", "published_at", "published_by"])
    plan.current = draft
    plan.save(update_fields=["current"])
    entries.refresh(sorted(marks.keys() | gone), now=now)
    telling.announced(sorted(_news(marks, is_first=before is None)), now=now)
    return draft


@transaction.atomic
def schedule(*, plan_id, publish_at, note="", actor, now):
    """Let the draft be published by itself at this moment, with what it holds then. Returns the draft.

    Refused: a moment that is over or more than a year away; besides as in publish().
    """
    if publish_at <= now:
        raise Refused("Ten dzień i godzina już minęły. Wybierz późniejsze albo ogłoś teraz.", field="day")
    if publish_at > now + LATEST:
        raise Refused("Wybierz dzień w ciągu najbliższego roku.", field="day")
    plan = locked(plan_id)
    draft = the_draft(plan)
    _settled(draft, plan.current)
    return _keep(draft, publish_at, note, actor)


@transaction.atomic
def unschedule(*, plan_id):
    """The draft is published only when somebody says so. Returns it. Refused: there is no draft."""
    draft = the_draft(locked(plan_id))
    return _keep(draft, None, draft.note, None)


def due(*, now):
    """Ids of the plans whose draft has come to its day."""
    drafts = PlanVersion.objects.filter(state=PlanState.DRAFT, publish_at__lte=now)
    return list(drafts.order_by("publish_at", "pk").values_list("plan_id", flat=True))


@transaction.atomic
def publish_due(*, plan_id, now):
    """Publish a draft whose day has come, or None. Whoever was quicker, or changed the day, is left alone: safe to
    repeat. A draft with nothing to publish any more is a draft again."""
    draft = draft_of(locked(plan_id))
    if draft is None or draft.publish_at is None or draft.publish_at > now:
        return None
    try:
        return publish(plan_id=plan_id, note=draft.note, actor=draft.published_by, now=now)
    except Refused:
        unschedule(plan_id=plan_id)
        return None


def _keep(draft, publish_at, note, actor):
    draft.publish_at, draft.note, draft.published_by = publish_at, note, actor
    draft.save(update_fields=["publish_at", "note", "published_by"])
    return draft


def _settled(draft, before):
    """({position: update kind}, positions that the draft leaves out) by the rules of this moment. Refused as in
    publish()."""
    contents.settle(draft, base=before)
    marks = dict(draft.items.values_list("position_id", "update_kind"))
    if not marks:
        raise Refused("Szkic nie ma jeszcze żadnej pozycji.")
    held = _ids(before)
    gone = held - marks.keys()
    # What was given up before and is so still is no news.
    if before and not gone and not any(kind != UpdateKind.DROPPED or pk in held for pk, kind in marks.items() if kind):
        raise Refused("Szkic nie różni się od ogłoszonej wersji, więc nie ma czego ogłaszać.")
    return marks, gone


def _ids(version):
    """Positions that a version has and has not given up."""
    if version is None:
        return set()
    return set(version.items.exclude(update_kind=UpdateKind.DROPPED).values_list("position_id", flat=True))


def _news(marks, *, is_first):
    dropped = UpdateKind.DROPPED
    return {pk for pk, kind in marks.items() if kind != dropped and (is_first or kind)}
