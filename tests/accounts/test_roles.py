"""Giving and ending roles: who may, what is refused, who is told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.choices import Role, TrailKind
from accounts.models import RoleGrant, TrailEntry, User
from accounts.use_cases.demo import DEMO_PASSWORD, create_demo_accounts
from accounts.use_cases.roles import end_grant, grant
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from procurement.models import OrderingUnit
from tests.accounts.factories import account, authority, hold
from tests.registry.factories import NOW, TODAY, OrganisationFactory

pytestmark = pytest.mark.django_db


def give(user, role, *, actor, starts_on=TODAY, **given):
    return grant(user_id=user.pk, role=role, starts_on=starts_on, actor=actor, now=NOW, **given)


@pytest.fixture
def administrator():
    return account(Role.ADMINISTRATOR)


@pytest.fixture
def coordinator():
    return account(Role.COORDINATOR)


@pytest.fixture
def anna():
    return account(email="anna@example.pl")


def test_a_role_is_given_told_and_noted(coordinator, anna):
    card = OrganisationFactory(institution__name="Zielony Próg")
    given = give(anna, Role.REPRESENTATIVE, organisation=card.pk, actor=coordinator)
    assert (given.user, given.organisation, given.granted_by, given.starts_on) == (anna, card, coordinator, TODAY)
    letter = OutgoingEmail.objects.get()
    assert (letter.to, letter.template) == ("anna@example.pl", "accounts/email/role_granted")
    assert "Zielony Próg" in letter.subject
    entry = TrailEntry.objects.get()
    assert (entry.kind, entry.actor, entry.subject) == (TrailKind.ROLE_GRANTED, coordinator, anna)


def test_the_same_role_twice_in_one_time_is_refused_in_words(administrator, anna):
    give(anna, Role.ASSESSOR, actor=administrator, ends_on=date(2027, 1, 1))
    with pytest.raises(Refused, match="już tę rolę"):
        give(anna, Role.ASSESSOR, actor=administrator, starts_on=date(2026, 12, 31))
    give(anna, Role.ASSESSOR, actor=administrator, starts_on=date(2027, 1, 1))
    assert anna.grants.count() == 2


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.DIRECTOR, Role.COMMISSION, Role.ASSESSOR])
def test_only_administrators_give_roles_of_staff(administrator, coordinator, anna, role):
    with pytest.raises(Refused, match="nie możesz nadać"):
        give(anna, role, actor=coordinator)
    assert give(anna, role, actor=administrator).role == role


def test_nobody_gives_a_role_to_oneself(administrator):
    with pytest.raises(Refused, match="samemu sobie"):
        give(administrator, Role.DIRECTOR, actor=administrator)


def test_a_representative_brings_colleagues_to_the_own_organisation_only(anna):
    own, foreign = OrganisationFactory(), OrganisationFactory()
    representative = account(Role.REPRESENTATIVE, organisation=own)
    assert give(anna, Role.REPRESENTATIVE, organisation=own.pk, actor=representative)
    with pytest.raises(Refused):
        give(anna, Role.REPRESENTATIVE, organisation=foreign.pk, actor=representative)


def test_an_officer_of_a_unit_brings_no_one_to_the_whole_authority(anna):
    office = authority()
    unit = OrderingUnit.objects.create(authority=office, name="drogi")
    officer = account(Role.OFFICER, authority=office, ordering_unit=unit)
    with pytest.raises(Refused):
        give(anna, Role.OFFICER, authority=office.pk, actor=officer)
    assert give(anna, Role.OFFICER, authority=office.pk, ordering_unit=unit.pk, actor=officer)


def test_nonsense_is_refused_in_words(administrator, anna):
    card, office = OrganisationFactory(), authority()
    foreign_unit = OrderingUnit.objects.create(authority=authority(), name="drogi")
    for role, given in [
        (Role.REPRESENTATIVE, {}),
        (Role.OFFICER, {}),
        (Role.DIRECTOR, {"organisation": card.pk}),
        (Role.REPRESENTATIVE, {"organisation": card.pk, "authority": office.pk}),
        (Role.OFFICER, {"authority": office.pk, "ordering_unit": foreign_unit.pk}),
        (Role.DIRECTOR, {"ends_on": TODAY}),
    ]:
        with pytest.raises(Refused):
            give(anna, role, actor=administrator, **given)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    with pytest.raises(Refused, match="wyłączone"):
        give(anna, Role.DIRECTOR, actor=administrator)
    assert not anna.grants.exists()


def test_a_role_ends_today_with_a_reason_that_is_told(coordinator, anna):
    given = hold(anna, Role.REPRESENTATIVE)
    ended = end_grant(grant_id=given.pk, actor=coordinator, reason=" Odejście z pracy. ", now=NOW)
    assert ended.ends_on == TODAY
    letter = OutgoingEmail.objects.get(template="accounts/email/role_ended")
    assert letter.to == "anna@example.pl"
    assert "Powód: Odejście z pracy." in letter.body
    assert TrailEntry.objects.get().about.endswith("Odejście z pracy.")


def test_a_role_that_has_not_begun_never_begins(coordinator, anna):
    given = hold(anna, Role.REPRESENTATIVE, starts_on=TODAY + timedelta(days=9))
    end_grant(grant_id=given.pk, actor=coordinator, reason="Pomyłka.", now=NOW)
    given.refresh_from_db()
    assert given.ends_on == given.starts_on


def test_ending_is_refused_twice_without_a_reason_and_without_the_right(coordinator, anna):
    given = hold(anna, Role.REPRESENTATIVE)
    with pytest.raises(Refused, match="Napisz"):
        end_grant(grant_id=given.pk, actor=coordinator, reason=" ", now=NOW)
    stranger = account(Role.REPRESENTATIVE)
    with pytest.raises(Refused, match="nie możesz"):
        end_grant(grant_id=given.pk, actor=stranger, reason="Bo tak.", now=NOW)
    end_grant(grant_id=given.pk, actor=coordinator, reason="Koniec.", now=NOW)
    with pytest.raises(Refused, match="już się skończyła"):
        end_grant(grant_id=given.pk, actor=coordinator, reason="Koniec.", now=NOW)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DIRECTOR, Role.COMMISSION, Role.ASSESSOR])
def test_coordinators_end_what_only_administrators_give(coordinator, role):
    leaving = account(role, email="ktos@example.pl")
    ended = end_grant(grant_id=leaving.grants.get().pk, actor=coordinator, reason="Koniec kadencji.", now=NOW)
    assert ended.ends_on == TODAY


def test_coordinators_take_no_administrator_away(coordinator, administrator):
    account(Role.ADMINISTRATOR, email="drugi@example.pl")
    with pytest.raises(Refused, match="nie możesz"):
        end_grant(grant_id=administrator.grants.get().pk, actor=coordinator, reason="Bo tak.", now=NOW)


def test_the_last_administrator_stays(administrator):
    root = User.objects.create_superuser("root@example.pl", "x")
    given = administrator.grants.get()
    other = account(Role.ADMINISTRATOR, email="drugi@example.pl")
    User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(Refused, match="ostatni administrator"):
        end_grant(grant_id=given.pk, actor=root, reason="Zmiana.", now=NOW)
    User.objects.filter(pk=other.pk).update(is_active=True)
    assert end_grant(grant_id=given.pk, actor=root, reason="Zmiana.", now=NOW)


def test_nobody_takes_the_own_role_of_staff_away(administrator):
    account(Role.ADMINISTRATOR, email="drugi@example.pl")
    with pytest.raises(Refused, match="samemu sobie"):
        end_grant(grant_id=administrator.grants.get().pk, actor=administrator, reason="Dość.", now=NOW)


@pytest.mark.parametrize(
    "given",
    [
        {"role": Role.REPRESENTATIVE},
        {"role": Role.OFFICER},
        {"role": "krol"},
        {"role": Role.DIRECTOR, "ends_on": date(2019, 1, 1)},
    ],
)
def test_the_database_refuses_nonsense_too(anna, given):
    with pytest.raises(IntegrityError):
        RoleGrant.objects.create(user=anna, starts_on=date(2020, 1, 1), granted_at=NOW, **given)


def test_demo_accounts_are_refused_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(Refused):
        create_demo_accounts(now=NOW)
    assert not User.objects.exists()


def test_demo_accounts_have_the_promised_addresses_roles_objects_and_password(settings):
    settings.DEMO = True
    card = OrganisationFactory(published=True, institution__name="Zielony Próg")
    now = timezone.now()
    create_demo_accounts(now=now)
    create_demo_accounts(now=now)
    accounts = {user.email: user for user in User.objects.all()}
    held = {given.user.email: (given.role, given.object) for given in RoleGrant.objects.with_objects()}
    office = RoleGrant.objects.get(role=Role.OFFICER).authority
    assert held == {
        "przedstawiciel@demo.example": ("przedstawiciel", card),
        "urzednik@demo.example": ("urzednik", office),
        "asesor@demo.example": ("asesor", None),
        "kapitula@demo.example": ("kapitula", None),
        "dyrektor@demo.example": ("dyrektor", None),
        "koordynator@demo.example": ("koordynator", None),
        "admin@demo.example": ("administrator", None),
    }
    assert office.ordering_units.count() == 1
    assert RoleGrant.objects.count() == len(accounts) == 7
    assert all(user.check_password(DEMO_PASSWORD) for user in accounts.values())
