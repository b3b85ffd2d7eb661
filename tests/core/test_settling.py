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


def test_what_stands_by_now_is_not_looked_at_by_the_collector_again():
    before = gc.get_freeze_count()
    lasting = [[] for _ in range(1000)]
    settling.settle()
    assert gc.get_freeze_count() - before >= len(lasting)


def test_the_collector_looks_between_pages_and_leaves_alone_what_the_first_of_them_loaded(monkeypatch):
    monkeypatch.setattr(settling, "WARM", 3)
    monkeypatch.setattr(settling, "_answered", count(1))
    settling.settle()
    lasting, frozen = [[] for _ in range(1000)], []
    for _ in range(7):
        cycle = []
        cycle.append(cycle)
        del cycle
        settling._between_pages()
        frozen.append(gc.get_freeze_count())
    assert frozen[1] + len(lasting) <= frozen[2]
    assert frozen[2] >= frozen[6]
    # What came after the sixth answer only.
    assert gc.collect() < 10


def test_it_looks_when_an_answer_has_gone_out(client, monkeypatch):
    monkeypatch.setattr(settling, "WARM", 1)
    settling.settle()
    looks = []

    def note(phase, info):
        looks.append((phase, info["generation"]))

    gc.callbacks.append(note)
    client.get("/robots.txt")
    gc.callbacks.remove(note)
    assert ("stop", 2) in looks
