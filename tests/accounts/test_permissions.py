"""What the table of roles answers: by day, by object, for those who hold nothing."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import (
    POWERS,
    ROLE_PERMISSIONS,
    Action,
    has_own_interest,
    may,
    may_enter_admin,
    needs_second_factor,
)
from procurement.models import OrderingUnit
from tests.accounts.factories import account, authority, hold
from tests.registry.factories import InstitutionFactory, OrganisationFactory, UnitFactory

pytestmark = pytest.mark.django_db
COLLEAGUES = Action.MANAGE_COLLEAGUES


def test_every_role_has_its_line():
    assert list(POWERS) == list(Role)


def test_every_line_of_the_table_names_a_model_or_an_app():
    for table in ROLE_PERMISSIONS.values():
        for entry in table:
            app_label, _, model = entry.partition(".")
            assert apps.get_app_config(app_label).get_model(model) if model != "*" else apps.get_app_config(app_label)


@pytest.mark.parametrize(
    ("role", "enters", "second_factor"),
    [
        (Role.ADMINISTRATOR, True, True),
        (Role.COORDINATOR, True, True),
        (Role.DIRECTOR, False, True),
        (Role.COMMISSION, False, True),
        (Role.ASSESSOR, False, True),
        (Role.OFFICER, False, False),
        (Role.REPRESENTATIVE, False, False),
        (None, False, False),
    ],
)
def test_who_enters_the_admin_and_who_needs_a_second_factor(role, enters, second_factor):
    user = account(role)
    assert (may_enter_admin(user), user.is_staff, needs_second_factor(user)) == (enters, enters, second_factor)


def test_coordinator_works_on_the_register_and_administrator_on_accounts_too():
    coordinator, administrator = account(Role.COORDINATOR), account(Role.ADMINISTRATOR)
    assert coordinator.has_perms(["registry.change_organisation", "registry.add_institution"])
    for denied in ("registry.delete_organisation", "registry.change_cpvcode", "accounts.change_user"):
        assert not coordinator.has_perm(denied)
    assert administrator.has_perm("accounts.change_user")
    assert (coordinator.has_module_perms("registry"), coordinator.has_module_perms("auth")) == (True, False)


def test_asking_many_times_is_one_query(django_assert_num_queries):
    user = account(Role.COORDINATOR)
    with django_assert_num_queries(1):
        user.has_perm("registry.view_offer")
        user.has_module_perms("registry")
        may(user, COLLEAGUES)
        may_enter_admin(user)


def test_a_role_holds_from_its_first_day_until_the_day_it_ends():
    user, today = account(), timezone.localdate()
    hold(user, Role.COORDINATOR, starts_on=today - timedelta(days=1), ends_on=today + timedelta(days=1))
    days = [today + timedelta(days=away) for away in (-2, -1, 0, 1)]
    assert [may(user, COLLEAGUES, on=day) for day in days] == [False, True, True, False]


def test_a_role_that_ended_today_gives_nothing():
    user = account()
    hold(user, Role.ADMINISTRATOR, ends_on=timezone.localdate())
    assert (may_enter_admin(user), user.has_perm("registry.view_offer")) == (False, False)


def test_an_account_that_is_off_and_a_visitor_may_nothing():
    user = account(Role.ADMINISTRATOR)
    User.objects.update(is_active=False)
    for nobody in (User.objects.get(pk=user.pk), AnonymousUser()):
        assert not may(nobody, COLLEAGUES)
        assert not may_enter_admin(nobody)
        assert not needs_second_factor(nobody)


def test_a_superuser_may_everything():
    user = User.objects.create_superuser("root@example.pl", "x")
    assert may(user, Action.GIVE_STAFF_ROLES)
    assert user.has_perm("registry.delete_organisation")
    assert needs_second_factor(user)


def test_representative_acts_for_the_own_organisation_only():
    own, foreign = OrganisationFactory(), OrganisationFactory()
    user = account(Role.REPRESENTATIVE, organisation=own)
    assert (may(user, COLLEAGUES, own), may(user, COLLEAGUES, foreign), may(user, COLLEAGUES)) == (True, False, False)


def test_officer_of_a_unit_acts_for_it_and_not_for_the_whole_authority():
    office = authority()
    roads, parks = (OrderingUnit.objects.create(authority=office, name=name) for name in ("drogi", "zieleń"))
    of_roads = account(Role.OFFICER, authority=office, ordering_unit=roads, email="drogi@example.pl")
    of_all = account(Role.OFFICER, authority=office)
    assert [may(of_roads, COLLEAGUES, obj) for obj in (roads, parks, office)] == [True, False, False]
    assert [may(of_all, COLLEAGUES, obj) for obj in (roads, parks, office)] == [True, True, True]
    assert not may(of_all, COLLEAGUES, authority())


def test_coordinator_has_an_interest_in_what_they_act_for():
    institution = InstitutionFactory()
    of_unit = OrganisationFactory(
        of_unit=True, unit=UnitFactory(operator=institution), institution=institution, kind_id="wtz"
    )
    user = account(Role.COORDINATOR)
    assert not has_own_interest(user, institution.pk)
    given = hold(user, Role.REPRESENTATIVE, organisation=of_unit)
    assert has_own_interest(user, institution.pk)
    assert not has_own_interest(user, InstitutionFactory().pk)
    given.ends_on = date(2021, 1, 1)
    given.save()
    assert not has_own_interest(user, institution.pk)
