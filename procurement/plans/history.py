"""The published versions of plans with what each has changed."""

from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from procurement.choices import PlanState
from procurement.models import PlanItem, PlanVersion
from procurement.plans.differences import lines
from procurement.plans.rows import BADGES, LABELS

# Of one version; the rest is in the tables and files of the plan.
MOST = 60


@dataclass(frozen=True, slots=True)
class Marked:
    number: str
    subject: str
    update: str
    badge: str
    changes: list


def histories(plans):
    """[(plan, [(version, marked positions, how many there are)])], newest first. Three queries."""
    versions = list(PlanVersion.objects.filter(plan__in=plans, state=PlanState.PUBLISHED).order_by("plan", "-number"))
    marked = PlanItem.objects.filter(version__in=[one for one in versions if one.number > 1]).exclude(update_kind="")
    counts = dict(marked.values_list("version").annotate(Count("pk")).order_by())
    first = marked.annotate(place=Window(RowNumber(), partition_by=F("version"), order_by=["order", "pk"]))
    shown = {}
    for version, *values in first.filter(place__lte=MOST).values_list(
        "version", "position__number", "subject", "update_kind", "changes"
    ):
        shown.setdefault(version, []).append(_marked(*values))
    told = {plan.pk: [] for plan in plans}
    for version in versions:
        told[version.plan_id].append((version, shown.get(version.pk, []), counts.get(version.pk, 0)))
    return [(plan, told[plan.pk]) for plan in plans]


def _marked(number, subject, kind, changed):
    return Marked(number, subject, LABELS[kind], BADGES[kind], lines(changed))
