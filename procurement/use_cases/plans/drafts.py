"""The draft of a plan: the one version that may be changed."""

from django.db import transaction

from core.exceptions import Refused
from procurement.choices import PlanState, VersionSource
from procurement.models import Plan, PlanVersion
from procurement.use_cases.plans import contents


def locked(plan_id):
    """The plan, held for the caller's transaction: whoever writes a draft or publishes it waits for it."""
    return (
        Plan.objects.select_for_update(of=["self"])
        .select_related("authority__institution", "unit", "current")
        .get(pk=plan_id)
    )


def draft_of(plan):
    return plan.versions.filter(state=PlanState.DRAFT).first()


def the_draft(plan):
    """The draft, or Refused."""
    draft = draft_of(plan)
    if draft is None:
        raise Refused("Ten plan nie ma teraz szkicu. Zacznij nową wersję.")
    draft.plan = plan
    return draft


def new_draft(plan, *, source, actor, now):
    """An empty version behind the last one."""
    last = plan.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return PlanVersion.objects.create(plan=plan, number=last + 1, source=source, created_at=now, created_by=actor)


@transaction.atomic
def start_draft(*, plan_id, actor, now):
    """A new version that begins as the published one. A draft that is there already is returned as it is."""
    plan = locked(plan_id)
    draft = draft_of(plan)
    if draft is None:
        draft = new_draft(plan, source=VersionSource.FORM, actor=actor, now=now)
        contents.write(draft, carried_over(plan.current), base=plan.current)
    return draft


def carried_over(version):
    """What of a published version the next one begins with: positions given up stay behind."""
    return [one.with_values(update_kind="") for one in contents.read(version) if not one.is_dropped]


@transaction.atomic
def discard_draft(*, plan_id):
    """Forget the draft; the published version stays. Refused when nothing would be left of the plan."""
    plan = locked(plan_id)
    draft = the_draft(plan)
    if plan.current is None:
        raise Refused("Ten plan nie ma innej wersji. Usuń cały plan albo popraw szkic.")
    draft.delete()
    contents.forget_orphans(plan)
