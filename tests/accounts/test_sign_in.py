import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from accounts.choices import Role
from tests.accounts.factories import account
from tests.browser.doors import PASSWORD, with_password

pytestmark = pytest.mark.django_db


def test_signing_in_without_a_destination_leads_to_the_panel(client):
    user = with_password(account(Role.COORDINATOR))
    response = client.post("/konto/logowanie/", {"login": user.email, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, resolve_url(settings.LOGIN_REDIRECT_URL))
