"""The published versions of plans with what each has changed."""

from procurement.choices import PlanState
from procurement.models import PlanVersion
from procurement.plans.rows import items, rows

# Of one version; the rest is in the files of the plan.
MOST = 60


def histories(plans):
    """[(plan, [(version, marked rows, how many more)])], newest first. Five queries."""
    versions = list(PlanVersion.objects.filter(plan__in=plans, state=PlanState.PUBLISHED).order_by("plan", "-number"))
    later = [one for one in versions if one.number > 1]
    marked = {}
    found = list(items(version__in=later).exclude(update_kind="")) if later else []
    for item, row in zip(found, rows(found) if found else [], strict=True):
        marked.setdefault(item.version_id, []).append(row)
    told = {plan.pk: [] for plan in plans}
    for version in versions:
        changed = marked.get(version.pk, [])
        told[version.plan_id].append((version, changed[:MOST], max(len(changed) - MOST, 0)))
    return [(plan, told[plan.pk]) for plan in plans]
