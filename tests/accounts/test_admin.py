"""Accounts in the admin: roles by name, nobody locks themselves out."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from tests.accounts.factories import account

pytestmark = pytest.mark.django_db
LIST = reverse("admin:accounts_user_changelist")


@pytest.fixture
def administrator(client):
    user = account(Role.ADMINISTRATOR)
    client.force_login(user)
    client.user = user
    return client


def change(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def group(role):
    return Group.objects.get(name=role).pk


def test_an_account_is_made_with_its_role(administrator):
    data = {"email": "nowa@example.pl", "full_name": "Nowa Osoba", "is_staff": "on", "usable_password": "true"}
    passwords = {"password1": "las-rzeka-most-7", "password2": "las-rzeka-most-7"}
    response = administrator.post(
        reverse("admin:accounts_user_add"), data | passwords | {"groups": [group(Role.COORDINATOR)]}
    )
    assert response.status_code == 302
    made = User.objects.get(email="nowa@example.pl")
    assert made.check_password("las-rzeka-most-7")
    assert (made.is_staff, [g.name for g in made.groups.all()]) == (True, ["koordynator"])


def test_the_same_address_in_other_case_is_refused_in_words(administrator):
    account(Role.COORDINATOR, email="ola@example.pl")
    data = {
        "email": "OLA@example.pl",
        "usable_password": "true",
        "password1": "las-rzeka-7",
        "password2": "las-rzeka-7",
    }
    response = administrator.post(reverse("admin:accounts_user_add"), data)
    assert response.status_code == 200
    assert "To konto już istnieje." in response.content.decode()


def test_roles_are_changed_and_shown_in_the_list(administrator):
    user = account(Role.ASSESSOR)
    data = {"email": user.email, "full_name": "", "is_active": "on", "is_staff": "on"}
    administrator.post(change(user), data | {"groups": [group(Role.DIRECTOR), group(Role.COORDINATOR)]})
    assert {g.name for g in user.groups.all()} == {"dyrektor", "koordynator"}
    assert "dyrektor, koordynator" in administrator.get(LIST).content.decode()


@pytest.mark.parametrize("left_out", ["is_active", "is_staff", "groups"])
def test_nobody_takes_the_keys_from_their_own_account(administrator, left_out):
    user = administrator.user
    data = {"email": user.email, "is_active": "on", "is_staff": "on", "groups": [group(Role.ADMINISTRATOR)]}
    del data[left_out]
    response = administrator.post(change(user), data)
    assert list(response.context["adminform"].form.errors) == [left_out]


def test_accounts_are_switched_off_and_never_deleted(administrator):
    user = account(Role.COORDINATOR)
    assert administrator.get(reverse("admin:accounts_user_delete", args=[user.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    administrator, rows, django_assert_num_queries
):
    for number in range(rows):
        account(Role.COORDINATOR, email=f"k{number}@example.pl")
    with django_assert_num_queries(8):
        assert len(administrator.get(LIST).context["cl"].result_list) == rows + 1


def test_a_role_tells_in_words_what_it_may_do(administrator):
    page = administrator.get(reverse("admin:auth_group_change", args=[group(Role.DIRECTOR)])).content.decode()
    assert "nic: ta rola działa poza panelem" in page


def test_a_role_of_the_office_tells_models_and_actions_in_polish(administrator):
    page = administrator.get(reverse("admin:auth_group_change", args=[group(Role.COORDINATOR)])).content.decode()
    assert "<p>podmiot: dodawanie, zmiany, przegląd</p>" in page
    assert "<p>kod CPV: przegląd</p>" in page
    assert "konto:" not in page


def test_whoever_is_signed_in_may_sign_out(client):
    client.force_login(account(Role.REPRESENTATIVE))
    assert client.post(reverse("admin:logout")).status_code == 200
    assert "_auth_user_id" not in client.session
