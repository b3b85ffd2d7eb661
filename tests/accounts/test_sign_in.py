import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from accounts.choices import Role
from accounts.models import User
from tests.accounts.factories import account
from tests.browser.doors import PASSWORD, with_password

pytestmark = pytest.mark.django_db


def test_signing_in_without_a_destination_leads_to_the_panel(client):
    user = with_password(account(Role.COORDINATOR))
    response = client.post("/konto/logowanie/", {"login": user.email, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, resolve_url(settings.LOGIN_REDIRECT_URL))


def test_the_first_administrator_signs_in_with_the_account_made_at_the_shell(client, settings):
    settings.STAFF_SECOND_FACTOR = "optional"
    User.objects.create_superuser("Pierwsza@Example.pl", PASSWORD)

    response = client.post("/konto/logowanie/?next=/admin/", {"login": "pierwsza@example.pl", "password": PASSWORD})

    assert (response.status_code, response.url) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200
    assert client.get("/konto/adres/").status_code == 200
