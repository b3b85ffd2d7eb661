import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.permissions import Role, may_enter_admin
from accounts.use_cases.demo import DEMO_PASSWORD, create_demo_accounts
from accounts.use_cases.roles import sync_roles
from core.exceptions import Refused
from tests.accounts.factories import account
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db


def names(group):
    return set(group.permissions.values_list("content_type__app_label", "codename"))


def test_every_role_is_a_group_after_migrations():
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_coordinator_works_on_the_register_but_not_on_accounts():
    held = names(Group.objects.get(name=Role.COORDINATOR))
    assert {app for app, _ in held} == {"registry"}
    assert {("registry", "change_organisation"), ("registry", "add_institution")} <= held
    assert ("registry", "delete_organisation") not in held
    assert ("registry", "change_cpvcode") not in held


def test_administrator_holds_accounts_and_the_register():
    held = names(Group.objects.get(name=Role.ADMINISTRATOR))
    assert {app for app, _ in held} == {"registry", "accounts", "auth"}
    assert ("accounts", "change_user") in held


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COMMISSION, Role.ASSESSOR, Role.OFFICER, Role.REPRESENTATIVE])
def test_other_roles_exist_without_a_permission(role):
    assert names(Group.objects.get(name=role)) == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", [1, 2])
def test_roles_are_still_there_after_a_test_that_commits(again):
    User.objects.create_user("ktos@example.pl")  # the second time the table was emptied in between
    assert names(Group.objects.get(name=Role.COORDINATOR))


def test_syncing_takes_away_what_the_table_does_not_give():
    coordinators = Group.objects.get(name=Role.COORDINATOR)
    before = names(coordinators)
    administrators = Group.objects.get(name=Role.ADMINISTRATOR)
    coordinators.permissions.add(administrators.permissions.get(codename="change_user"))
    sync_roles()
    assert names(coordinators) == before


def test_a_group_that_is_no_role_is_left_alone():
    other = Group.objects.create(name="goście")
    permission = Group.objects.get(name=Role.ADMINISTRATOR).permissions.first()
    other.permissions.add(permission)
    sync_roles()
    assert list(other.permissions.all()) == [permission]


@pytest.mark.parametrize(
    ("role", "staff", "enters"),
    [
        (Role.ADMINISTRATOR, True, True),
        (Role.COORDINATOR, True, True),
        (Role.COORDINATOR, False, False),
        (Role.DIRECTOR, True, False),
        (None, True, False),
        (None, False, False),
    ],
)
def test_only_staff_with_a_staff_role_enter_the_admin(role, staff, enters):
    assert may_enter_admin(account(role, staff=staff)) is enters


def test_demo_accounts_are_refused_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(Refused):
        create_demo_accounts(now=NOW)
    assert not User.objects.exists()


def test_demo_accounts_have_the_promised_addresses_roles_and_password(settings):
    settings.DEMO = True
    create_demo_accounts(now=NOW)
    create_demo_accounts(now=NOW)
    accounts = {user.email: user for user in User.objects.all()}
    assert {email: [group.name for group in user.groups.all()] for email, user in accounts.items()} == {
        "przedstawiciel@demo.example": ["przedstawiciel"],
        "urzednik@demo.example": ["urzednik"],
        "asesor@demo.example": ["asesor"],
        "kapitula@demo.example": ["kapitula"],
        "dyrektor@demo.example": ["dyrektor"],
        "koordynator@demo.example": ["koordynator"],
        "admin@demo.example": ["administrator"],
    }
    assert all(user.check_password(DEMO_PASSWORD) for user in accounts.values())
    assert {email for email, user in accounts.items() if user.is_staff} == {
        "koordynator@demo.example",
        "admin@demo.example",
    }
