import pytest

from accounts.permissions import Role
from tests.accounts.factories import account

pytestmark = pytest.mark.django_db


def test_signing_in_without_a_destination_leads_to_the_panel(client):
    user = account(Role.COORDINATOR)
    user.set_password("haslo-do-testu-2026")
    user.save()
    response = client.post("/admin/login/", {"username": user.email, "password": "haslo-do-testu-2026"})
    assert (response.status_code, response.url) == (302, "/admin/")
