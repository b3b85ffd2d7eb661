"""Letters to those who have a plan to publish, before and just after the last day."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from notifications import outbox
from procurement.models import Plan
from procurement.plans.desk import allowed_days, deadline_of
from procurement.plans.letters import DEADLINE

# Days before the last one, each once; then once when it has passed, for as long as that is news.
BEFORE = (7, 1)
LATE_FOR = 14


def remind_of_plans(*, now):
    """Write to the officers of each plan that is not published yet. Safe to repeat. Returns how many were written."""
    today, rules, count = timezone.localdate(now), allowed_days(), 0
    plans = Plan.objects.filter(current=None, budget_on__isnull=False, budget_on__gte=today - timedelta(days=400))
    plans = plans.annotate(publish_at=Max("versions__publish_at"))
    for plan in plans.select_related("authority__institution", "unit").order_by("pk"):
        last = deadline_of(plan, rules)
        stage = last and _stage(last, today)
        if stage and not _is_in_time(plan, last):
            count += _write(plan, last, stage, today, now)
    return count


def _is_in_time(plan, last):
    """Whether it will be published by itself before the time is over."""
    return plan.publish_at is not None and timezone.localdate(plan.publish_at) <= last


def _stage(last, today):
    left = (last - today).days
    if left < 0:
        return "po" if -left <= LATE_FOR else ""
    return next((str(days) for days in sorted(BEFORE) if left <= days), "")


@transaction.atomic
def _write(plan, last, stage, today, now):
    link = settings.SITE_URL + reverse("procurement:plan", args=[plan.pk])
    context = {
        "plan": str(plan),
        "budget_on": plan.budget_on,
        "deadline": last,
        "is_late": stage == "po",
        "link": link,
    }
    written = 0
    for grant in _officers(plan, today):
        letter = outbox.enqueue(
            to=grant.user.email,
            user=grant.user,
            template=DEADLINE,
            context=context,
            dedupe_key=f"{DEADLINE}:{plan.pk}:{last}:{stage}:{grant.user_id}",
            now=now,
        )
        written += bool(letter and letter.created_at == now)
    return written


def _officers(plan, today):
    """One grant of each person who acts for the unit of the plan or for the whole authority."""
    grants = RoleGrant.objects.valid_on(today).of_active_people().filter(role=Role.OFFICER, authority=plan.authority)
    grants = grants.filter(
        Q(ordering_unit=None) | Q(ordering_unit=plan.unit_id) if plan.unit_id else Q(ordering_unit=None)
    )
    return grants.select_related("user").order_by("user_id", "pk").distinct("user_id")
