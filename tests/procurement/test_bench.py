"""What the bench calls a first visit: everything is counted, nothing is left behind, and the queue stays whole."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.unkept import nothing_kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(client):
    def ask():
        with CaptureQueriesContext(connection) as asked:
            client.get("/zamowienia/?q=x")
        return len(asked)

    return ask


def test_each_visit_counts_anew_and_leaves_the_cache_as_it_was(counted):
    cache.set("queue", "kept")
    first, again = counted(), counted()
    assert first > again
    with nothing_kept():
        assert [counted() for _ in range(3)] == [first] * 3
    assert counted() == again
    assert cache.get("queue") == "kept"
