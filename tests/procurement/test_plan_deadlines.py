"""Thirty days from the budget: letters and a line on the panel until the plan is published."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from notifications.models import OutgoingEmail
from procurement.models import OrderingUnit, Rule
from procurement.plans.desk import allowed_days, deadline_of, desk
from procurement.use_cases.plans.reminding import remind_of_plans
from tests.accounts.factories import account, authority
from tests.procurement.factories import PlanFactory, PlanItemFactory, PlanVersionFactory, published
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


@pytest.fixture
def buyer():
    return authority(name="Gmina Nowa Wieś")


def due_in(buyer, days, **given):
    return PlanFactory(authority=buyer, budget_on=TODAY + timedelta(days=days - 30), **given)


def written():
    return sorted(OutgoingEmail.objects.values_list("to", flat=True))


def test_the_time_runs_as_the_rule_of_the_day_of_the_budget_says(buyer):
    plan = PlanFactory(authority=buyer, budget_on=date(2026, 11, 20))
    assert deadline_of(plan, allowed_days()) == date(2026, 12, 20)
    Rule.objects.filter(kind="termin-planu").update(number=14)
    assert deadline_of(plan, allowed_days()) == date(2026, 12, 4)
    assert deadline_of(PlanFactory(budget_on=None), allowed_days()) is None


def test_officers_of_the_unit_and_of_the_whole_authority_are_told_once_in_each_stage(buyer):
    unit = OrderingUnit.objects.create(authority=buyer, name="Szkoła")
    account(Role.OFFICER, authority=buyer, email="urzad@example.pl")
    account(Role.OFFICER, authority=buyer, ordering_unit=unit, email="szkola@example.pl")
    account(Role.OFFICER, email="inny@example.pl")
    due_in(buyer, 7, unit=unit)
    assert remind_of_plans(now=NOW) == 2
    assert remind_of_plans(now=NOW + timedelta(days=1)) == 0
    assert written() == ["szkola@example.pl", "urzad@example.pl"]
    assert remind_of_plans(now=NOW + timedelta(days=6)) == 2
    assert remind_of_plans(now=NOW + timedelta(days=8)) == 2
    assert remind_of_plans(now=NOW + timedelta(days=30)) == 0
    subjects = set(OutgoingEmail.objects.values_list("subject", flat=True))
    assert any(subject.startswith("Minął termin") for subject in subjects)


def test_an_officer_of_a_unit_hears_nothing_of_the_plan_of_the_whole(buyer):
    unit = OrderingUnit.objects.create(authority=buyer, name="Szkoła")
    account(Role.OFFICER, authority=buyer, ordering_unit=unit, email="szkola@example.pl")
    due_in(buyer, 7)
    assert remind_of_plans(now=NOW) == 0


@pytest.mark.parametrize("days", [20, -40])
def test_nobody_is_told_long_before_or_long_after(buyer, days):
    account(Role.OFFICER, authority=buyer)
    due_in(buyer, days)
    assert remind_of_plans(now=NOW) == 0


def test_a_published_plan_waits_for_nobody(buyer):
    person = account(Role.OFFICER, authority=buyer)
    plan = due_in(buyer, 3)
    assert [(one.label, one.until) for one in desk(person, NOW)[0]] == [
        (f"Ogłoś plan: {plan}", TODAY + timedelta(days=3))
    ]
    version = PlanVersionFactory(plan=plan)
    PlanItemFactory(version=version)
    published(version)
    assert remind_of_plans(now=NOW) == 0
    assert desk(person, NOW) == ([], [])


def test_the_panel_tells_of_a_new_version_that_waits(client, buyer):
    person = account(Role.OFFICER, authority=buyer)
    version = PlanVersionFactory(plan=PlanFactory(authority=buyer))
    published(version)
    PlanVersionFactory(plan=version.plan, number=2)
    client.force_login(person)
    text = client.get("/panel/").content.decode()
    assert "Nowa wersja planu czeka na ogłoszenie: Gmina Nowa Wieś, 2027" in text
    assert 'href="/panel/zamowienia/plany/"' in text
