"""Accounts in the admin: seen, not edited."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from tests.accounts.factories import account, hold

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


def test_roles_of_today_are_shown_in_the_list(administrator):
    user = account(Role.ASSESSOR)
    hold(user, Role.DIRECTOR)
    hold(user, Role.COORDINATOR, ends_on=timezone.localdate())
    page = administrator.get(LIST).content.decode()
    assert "asesor, dyrektor" in page
    assert "koordynator, " not in page


def test_an_account_is_only_seen(administrator):
    user = account(Role.ASSESSOR)
    assert administrator.get(change(user)).status_code == 200
    administrator.post(change(user), {"email": "inny@example.pl", "is_active": ""})
    user.refresh_from_db()
    assert (user.email, user.is_active) == ("asesor@example.pl", True)


def test_accounts_are_switched_off_and_never_deleted(administrator):
    user = account(Role.COORDINATOR)
    assert administrator.get(reverse("admin:accounts_user_delete", args=[user.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    administrator, rows, django_assert_num_queries
):
    for number in range(rows):
        account(Role.COORDINATOR, email=f"k{number}@example.pl")
    with django_assert_num_queries(7):
        assert len(administrator.get(LIST).context["cl"].result_list) == rows + 1


def test_the_table_of_roles_is_told_in_polish(administrator):
    page = administrator.get(reverse("admin:accounts_role_table")).content.decode()
    assert "<li>podmiot: przegląd, dodawanie, zmiany</li>" in page
    assert "<li>kod CPV: przegląd</li>" in page
    assert "<li>nadawanie ról w urzędzie i w kapitule</li>" in page
    assert "<li>przyznanie, odmowa, zawieszenie i odebranie znaku</li>" in page
    # Every role may do something.
    assert "W panelu koordynatora: nic." not in page


def test_whoever_is_signed_in_may_sign_out(client):
    client.force_login(account(Role.REPRESENTATIVE))
    assert client.post(reverse("admin:logout")).status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path", ["accounts/user/?password__startswith=a", "notifications/outgoingemail/?body__contains=a"]
)
def test_nobody_asks_for_a_hidden_field_letter_by_letter(client, path):
    client.force_login(account(Role.COORDINATOR))
    assert client.get(f"/admin/{path}").status_code == 400


def test_titles_are_polish_sentences_and_a_way_leads_past_the_menu(administrator):
    page = administrator.get(LIST).content.decode()
    assert "Konta | Koordynacja" in page.partition("</title>")[0]
    assert ('href="#content"' in page, page.count("<main")) == (True, 1)
    adding = administrator.get(reverse("admin:accounts_rolegrant_add"))
    assert adding.context["title"] == "Dodaj: rola osoby"
