import pytest

from accounts.choices import Role
from tests.accounts.factories import account


@pytest.fixture
def ola():
    return account(Role.OFFICER, email="ola@example.pl")
