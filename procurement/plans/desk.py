"""What plans give to the panel of whoever writes them."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.workspace import Waiting
from procurement.choices import PlanState, RuleKind
from procurement.models import PlanVersion, Rule
from procurement.plans.access import plans_of

# Beyond these the list of plans tells more.
MOST = 10


def desk(user, now):
    """Plans whose time for publishing runs; drafts of published plans that wait. One query, two when a time runs."""
    draft = PlanVersion.objects.filter(plan=OuterRef("pk"), state=PlanState.DRAFT)
    plans = plans_of(user).select_related("authority__institution", "unit").annotate(has_draft=Exists(draft))
    found = plans.filter(Q(current=None, budget_on__isnull=False) | Q(current__isnull=False, has_draft=True))
    # What will be published by itself waits for nobody.
    found = found.exclude(Exists(draft.filter(publish_at__isnull=False)))
    found = list(found.order_by(F("current").asc(nulls_first=True), "budget_on", "pk")[:MOST])
    rules = allowed_days() if any(plan.current_id is None for plan in found) else []
    return [_waiting(plan, rules) for plan in found], []


def _waiting(plan, rules):
    words = "Nowa wersja planu czeka na ogłoszenie" if plan.current_id else "Ogłoś plan"
    return Waiting(
        f"{words}: {plan}",
        reverse("procurement:plan", args=[plan.pk]),
        None if plan.current_id else deadline_of(plan, rules),
    )


def allowed_days():
    """Rows of the rules that say how many days a plan may take to be published."""
    return list(Rule.objects.filter(kind=RuleKind.PLAN_DAYS))


def deadline_of(plan, rules):
    """The last day for publishing (art. 23 ust. 1 PZP), None when nothing says it."""
    day = plan.budget_on
    if day is None:
        return None
    rule = next(
        (one for one in rules if one.valid_from <= day and (one.valid_until is None or day < one.valid_until)), None
    )
    return day + timedelta(days=int(rule.number)) if rule else None


def standing(plan, rules, now):
    """(words, kind of badge) of where the time of an unpublished plan stands."""
    last = deadline_of(plan, rules)
    if plan.current_id or last is None:
        return "", ""
    left = (last - timezone.localdate(now)).days
    if left < 0:
        return "termin ogłoszenia minął", "bad"
    return "termin ogłoszenia się zbliża" if left <= 7 else "", "warn"
