"""The invented plans and notices: believable, the same for the same seed, safe to write again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q

from procurement.choices import NoticeState, PlanState, UpdateKind
from procurement.models import (
    Announcement,
    Award,
    Clause,
    Notice,
    NoticeStep,
    Performance,
    Plan,
    PlanItem,
    PlanVersion,
    PostingEntry,
)
from procurement.use_cases.demo.seed import seed_orders
from registry.use_cases.demo.seed import seed_organisations
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    seed_organisations(count=40, seed=7, now=NOW)
    written = seed_orders(seed=7, now=NOW)
    # PostgreSQL may have looked at these tables while they were empty, and would join thousands of rows one by one.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return written


def facts():
    notices = Notice.objects.order_by("posting__ocid", "pk").values_list(
        "posting__ocid", "subject", "state", "value", "published_at"
    )
    items = PlanItem.objects.order_by("version__plan__authority__slug", "version", "order").values_list(
        "subject", "value", "position__number", "update_kind"
    )
    return list(notices), list(items)


def every_state_and_three_years_of_plans(written):
    plans, notices = written
    assert (plans, notices) == (Plan.objects.count(), Notice.objects.count())
    invented = Plan.objects.filter(authority__institution__nip__startswith="000")
    assert set(invented.values_list("year", flat=True)) == {NOW.year - 1, NOW.year, NOW.year + 1}
    assert set(Notice.objects.values_list("state", flat=True)) == set(NoticeState.values)
    assert set(PlanItem.objects.values_list("update_kind", flat=True)) == {"", *UpdateKind.values}
    assert PlanVersion.objects.filter(state=PlanState.DRAFT).exists()
    assert Award.objects.filter(was_pes=True, supplier__nip__startswith="000").exists()
    assert Award.objects.filter(was_pes=None).exclude(supplier_name="").exists()
    assert Performance.objects.filter(is_final=True).exclude(kept="").exists()
    assert Clause.objects.exclude(notice=None).values("kind").distinct().count() >= 7
    assert NoticeStep.objects.filter(name="correct").exists()


def nothing_announced_or_reported_before_its_day(written):
    assert not Notice.objects.filter(published_at__gt=NOW).exists()
    assert not Notice.objects.filter(ended_at__gt=NOW).exists()
    assert not Award.objects.filter(decided_on__gt=NOW.date()).exists()
    assert not PlanVersion.objects.filter(published_at__gt=NOW).exists()
    assert not Performance.objects.filter(reported_on__gt=NOW.date()).exists()


def real_notices_that_say_where_they_stood_and_nothing_that_was_not_printed(written):
    real = Notice.objects.filter(bzp_number="2025/BZP 00398118/01").get()
    assert real.url.startswith("https://www.komunikaty.pl/")
    assert (real.value, real.deadline_at, real.mode, real.county_id) == (None, None, None, "0264")
    tied = Notice.objects.get(bzp_number="2023/BZP 00435882/01")
    assert tied.position.number == "1.3.1"


def the_same_when_it_is_written_again_on_another_day(written):
    before, told = facts(), Announcement.objects.count()
    assert seed_orders(seed=7, now=NOW + timedelta(days=2)) == (0, 0)
    assert (facts(), Announcement.objects.count()) == (before, told)


# To write it takes some seconds, and none of these changes it.
SHOWN = [
    every_state_and_three_years_of_plans,
    nothing_announced_or_reported_before_its_day,
    real_notices_that_say_where_they_stood_and_nothing_that_was_not_printed,
    the_same_when_it_is_written_again_on_another_day,
]


def test_the_demo_shows_what_it_is_for(demo, subtests):
    for shown in SHOWN:
        with subtests.test(shown.__name__):
            shown(demo)


def test_what_was_written_is_put_on_the_public_list_and_told_to_suppliers():
    seed_organisations(count=5, seed=7, now=NOW)
    seed_orders(seed=7, now=NOW)
    public = Notice.objects.filter(Q(state__in=NoticeState.public()))
    numbers = set(public.values_list("pk", flat=True))
    assert numbers <= set(PostingEntry.objects.values_list("pk", flat=True))
    assert numbers <= set(Announcement.objects.values_list("posting_id", flat=True))
