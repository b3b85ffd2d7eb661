import gc
from itertools import count

import pytest
from django.core.signals import request_finished

from core import settling


@pytest.fixture(autouse=True)
def _collector():
    usual = gc.get_threshold()
    yield
    gc.set_threshold(*usual)
    request_finished.disconnect(dispatch_uid="core.settling")


def looked_at(thing):
    """Whether the collector would go through it."""
    return any(one is thing for one in gc.get_objects())


def test_what_stands_by_now_is_not_looked_at_by_the_collector_again():
    lasting = []
    assert looked_at(lasting)
    settling.settle()
    assert not looked_at(lasting)


def test_what_the_first_answers_have_loaded_is_left_alone_too_and_nothing_after_them(client, monkeypatch):
    monkeypatch.setattr(settling, "WARM", 3)
    monkeypatch.setattr(settling, "_answered", count(1))
    settling.settle()
    loaded, seen = [], []
    for _ in range(3):
        seen.append(looked_at(loaded))
        client.get("/robots.txt")
    assert (seen, looked_at(loaded)) == ([True] * 3, False)
    later = []
    for _ in range(4):
        client.get("/robots.txt")
    assert looked_at(later)
