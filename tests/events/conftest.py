import pytest
import time_machine

from tests.events.factories import AT


@pytest.fixture
def on_the_day():
    """Five minutes after the event has begun."""
    with time_machine.travel(AT, tick=False):
        yield
