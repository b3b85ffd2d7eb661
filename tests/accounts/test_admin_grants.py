"""Roles in the admin: given and ended by use cases, found by person, role and day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from tests.accounts.factories import account, hold
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:accounts_rolegrant_changelist"), reverse("admin:accounts_rolegrant_add")


def change(grant):
    return reverse("admin:accounts_rolegrant_change", args=[grant.pk])


def typed(**more):
    return {"email": "anna@example.pl", "starts_on": timezone.localdate().isoformat(), "ends_on": ""} | more


def test_a_coordinator_gives_a_role_by_address(coordinator):
    anna, card = account(email="anna@example.pl"), OrganisationFactory()
    answer = coordinator.post(ADD, typed(email="Anna@Example.pl", role=Role.REPRESENTATIVE, organisation=card.pk))
    assert answer.status_code == 302
    assert anna.grants.get().organisation == card


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"role": Role.REPRESENTATIVE}, "Podmiot podaje się dla przedstawiciela"),
        ({"role": Role.REPRESENTATIVE, "email": "nikt@example.pl"}, "Nie ma czynnego konta"),
        ({"role": Role.DIRECTOR}, "Wybierz poprawną wartość"),
    ],
)
def test_a_faulty_role_comes_back_with_the_reason(coordinator, sent, words):
    account(email="anna@example.pl")
    answer = coordinator.post(ADD, typed(**sent))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert RoleGrant.objects.count() == 1


def test_what_the_use_case_refuses_is_told_above_the_form(coordinator):
    anna = account(email="anna@example.pl")
    given = hold(anna, Role.REPRESENTATIVE)
    answer = coordinator.post(ADD, typed(role=Role.REPRESENTATIVE, organisation=given.organisation_id))
    assert "Ta osoba ma już tę rolę w tym czasie." in answer.content.decode()


def test_a_role_is_ended_with_a_reason_and_then_only_read(coordinator):
    given = hold(account(email="anna@example.pl"), Role.REPRESENTATIVE)
    assert "Napisz, dlaczego" in coordinator.post(change(given), {"reason": ""}).content.decode()
    assert coordinator.post(change(given), {"reason": "Koniec pracy."}).status_code == 302
    given.refresh_from_db()
    assert given.ends_on == timezone.localdate()
    assert "Dlaczego rola się kończy" not in coordinator.get(change(given)).content.decode()


def test_the_last_administrator_is_kept_in_words(client):
    administrator = account(Role.ADMINISTRATOR)
    client.force_login(administrator)
    answer = client.post(change(administrator.grants.get()), {"reason": "Dość."})
    assert "nie można odebrać samemu sobie" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("?rola=asesor", 2), ("?waznosc=dzis", 2), ("?waznosc=minelo", 1), ("?waznosc=bedzie", 1), ("?q=anna", 3)],
)
def test_roles_are_found_by_person_role_and_day(coordinator, query, found):
    anna, today = account(email="anna@example.pl"), timezone.localdate()
    hold(anna, Role.ASSESSOR)
    hold(anna, Role.ASSESSOR, starts_on=today - timedelta(days=4000), ends_on=today - timedelta(days=3900))
    hold(anna, Role.DIRECTOR, starts_on=today + timedelta(days=5))
    RoleGrant.objects.filter(user=anna, role=Role.ASSESSOR, ends_on=None).update(starts_on=today)
    assert coordinator.get(LIST + query).context["cl"].result_count == found


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_number_of_queries(coordinator, rows, django_assert_num_queries):
    for number in range(rows):
        hold(account(email=f"o{number}@example.pl"), Role.REPRESENTATIVE)
    with django_assert_num_queries(6):
        assert coordinator.get(LIST).context["cl"].result_count == rows + 1
