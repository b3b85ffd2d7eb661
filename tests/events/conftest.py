import pytest
import time_machine

from accounts.choices import Role
from tests.accounts.factories import account
from tests.events.factories import AT


@pytest.fixture
def office(client, settings):
    """A browser in which a coordinator is signed in."""
    settings.STAFF_SECOND_FACTOR = "optional"
    client.force_login(account(Role.COORDINATOR), settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def on_the_day(settings, tmp_path):
    """Five minutes after the event has begun."""
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(AT, tick=False):
        yield
