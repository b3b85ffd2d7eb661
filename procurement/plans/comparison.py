"""Any two versions of a plan, and a year against the one before."""

from dataclasses import dataclass

from core.polish import fold
from procurement.choices import Nature, UpdateKind
from procurement.models import PlanItem
from procurement.plans.differences import changes, lines
from procurement.plans.words import Names
from procurement.use_cases.plans import contents


@dataclass(frozen=True, slots=True)
class Difference:
    number: str
    subject: str
    words: str
    kind: str
    lines: list


def between(older, newer):
    """[Difference] of two versions, in the order of the newer one; what only the older one had comes last."""
    names, before = Names(), {one.position_id: one for one in contents.read(older) if not one.is_dropped}
    found = []
    for content in contents.read(newer):
        former = before.pop(content.position_id, None)
        if content.is_dropped:
            if former:
                found.append(_difference(content, "rezygnacja", "bad"))
        elif former is None:
            found.append(_difference(content, "dodano", "good"))
        elif differing := changes(former, content, names):
            found.append(_difference(content, "zmieniono", "warn", lines(differing)))
    return [*found, *(_difference(content, "nie ma jej w nowszej wersji", "bad") for content in before.values())]


def _difference(content, words, kind, changed=()):
    return Difference(content.number, content.subject, words, kind, list(changed))


def year_against_last(plans, last):
    """(rows by nature of (label, count, value, known values, and the same of last year), items that are new). What has
    no value is not counted as zero: the number of values stands beside the sum."""
    now, before = _facts(plans), _facts(last)
    natures = [*Nature.choices, ("", "bez podanego rodzaju")]
    table = [(label, _sum(now, code), _sum(before, code)) for code, label in natures]
    known = {fold(subject) for _, subject, *_ in before}
    new = [(pk, subject) for pk, subject, *_ in now if fold(subject) not in known]
    return [row for row in table if row[1]["count"] or row[2]["count"]], new if before else []


def _facts(plans):
    versions = [plan.current_id for plan in plans if plan.current_id]
    found = PlanItem.objects.filter(version__in=versions).exclude(update_kind=UpdateKind.DROPPED)
    return list(found.order_by("order", "pk").values_list("position_id", "subject", "nature", "value"))


def _sum(facts, nature):
    values = [value for _, _, kind, value in facts if kind == nature]
    known = [value for value in values if value is not None]
    return {"count": len(values), "value": sum(known) if known else None, "known": len(known)}
