"""What was counted for a word is kept, and never older than the orders."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from redis.exceptions import ConnectionError as CacheIsAway

from procurement.filters import PostingFilter
from procurement.models import PostingEntry
from procurement.outlets.results import PostingResult
from tests.procurement.orders import SOON, notice, refresh

pytestmark = pytest.mark.django_db


def counted(query):
    """What is counted, and whether the rows were looked at."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        counts = PostingResult(PostingFilter(query, now=timezone.now())).counts
    return counts, any("GROUPING SETS" in one["sql"] for one in asked.captured_queries)


@pytest.fixture
def roofs():
    notice(subject="Remont dachu", county_id="0208", deadline_at=SOON)
    notice(subject="Remont dachu szkoły", county_id="0264", deadline_at=SOON + timedelta(days=9))
    refresh()


def test_the_same_words_are_counted_once(roofs):
    first, looked = counted("q=dach")
    again, looked_again = counted("q=dach")
    assert (first.total, looked, looked_again) == (2, True, False)
    assert again == first


def test_another_filter_or_another_word_is_counted_for_itself(roofs):
    counted("q=dach")
    assert counted("q=dach&powiat=0208")[0].total == 1
    assert counted("q=szkoła")[0].total == 1


def test_a_new_order_and_one_taken_away_are_counted_at_once(roofs):
    counted("q=dach")
    notice(subject="Dach sali")
    refresh()
    assert counted("q=dach")[0].total == 3
    PostingEntry.objects.filter(county_id="0208").delete()
    assert counted("q=dach")[0].total == 2


def test_a_deadline_that_passes_is_noticed(roofs):
    # Two minutes lie between them: what is kept is not over by itself.
    with time_machine.travel(SOON - timedelta(minutes=1)):
        assert counted("q=dach")[0].of("open") == {"1": 2}
    with time_machine.travel(SOON + timedelta(minutes=1)):
        assert counted("q=dach")[0].of("open") == {"1": 1}


def test_with_the_cache_away_everything_is_counted(roofs, monkeypatch):
    def away(*_, **__):
        raise CacheIsAway

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "set", away)
    assert [counted("q=dach")[0].total for _ in range(2)] == [2, 2]
