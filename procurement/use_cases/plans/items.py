"""One position of a draft. It is named by its PlanPosition: items come and go with the version."""

from django.db import transaction
from django.db.models import Max

from core.exceptions import Refused
from procurement.choices import PlanState, UpdateKind
from procurement.plans.differences import mark
from procurement.plans.words import Names
from procurement.use_cases.plans import contents
from procurement.use_cases.plans.drafts import locked, the_draft
from procurement.use_cases.plans.judging import Judge


@transaction.atomic
def save_item(*, plan_id, position_id=None, values, actor, now):
    """Write a position of the draft, a new one without `position_id`. `values` are fields of contents.Content.

    Refused: the number belongs to another position, or everybody has read another of this one. Nothing that the law
    leaves open is. Returns the item.
    """
    plan = locked(plan_id)
    draft = the_draft(plan)
    item = _item(draft, position_id) if position_id else None
    content = contents.Content(position_id=position_id, **values)
    if content.number and plan.positions.exclude(pk=position_id).filter(number=content.number).exists():
        raise Refused("Ten numer ma już inna pozycja planu.", field="number")
    if item:
        if item.update_kind == UpdateKind.DROPPED:
            # Putting a word right takes nothing up again: take_up_again() does.
            content = content.with_values(update_kind=UpdateKind.DROPPED)
        return _rewrite(item, content, plan)
    last = draft.items.aggregate(last=Max("order"))["last"]
    contents.add(draft, [content], base=plan.current, first=0 if last is None else last + 1)
    return draft.items.get(position_id=content.position_id)


@transaction.atomic
def drop_item(*, plan_id, position_id, actor, now):
    """Give a position up: one that was published stays in the plan as given up, one that never was is removed."""
    plan = locked(plan_id)
    item = _item(the_draft(plan), position_id)
    if _published(plan, item) is None:
        item.delete()
        contents.forget_orphans(plan)
        return
    item.update_kind, item.changes = UpdateKind.DROPPED, {}
    item.save(update_fields=["update_kind", "changes"])


@transaction.atomic
def take_up_again(*, plan_id, position_id, actor, now):
    """Take back that a position was given up."""
    plan = locked(plan_id)
    item = _item(the_draft(plan), position_id)
    content = next(one for one in contents.read(item.version) if one.position_id == item.position_id)
    _mark(item, content.with_values(update_kind=""), plan)
    item.save(update_fields=["update_kind", "changes"])


def _rewrite(item, content, plan):
    for name in contents.PLAIN:
        setattr(item, name, getattr(content, name))
    for name, judged in Judge(plan)(content).items():
        setattr(item, name, judged)
    _mark(item, content, plan)
    item.save()
    item.cpv_links.all().delete()
    item.clauses.all().delete()
    contents.write_links([item], [content])
    if content.number and content.number != item.position.number:
        # It belongs to the position in all its versions: visitors would see it before the draft is published.
        if item.position.items.filter(version__state=PlanState.PUBLISHED).exists():
            raise Refused(
                f"Ta pozycja jest ogłoszona pod numerem {item.position.number} i go zachowa.", field="number"
            )
        item.position.number = content.number
        item.position.save(update_fields=["number"])
    return item


def _mark(item, content, plan):
    before = _published(plan, item)
    item.update_kind, item.changes = mark(content, before, is_first=plan.current is None, names=Names())


def _published(plan, item):
    return next((one for one in contents.read(plan.current) if one.position_id == item.position_id), None)


def _item(draft, position_id):
    item = draft.items.select_related("position").filter(position=position_id).first()
    if item is None:
        raise Refused("Tej pozycji nie ma już w szkicu.")
    item.version = draft
    return item
