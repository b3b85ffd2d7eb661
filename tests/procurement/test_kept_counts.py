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
from procurement.outlets import counting
from procurement.outlets.results import PostingResult
from procurement.tasks.entries import count_ahead
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
def roofs(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _roofs()


def _roofs():
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


@pytest.fixture
def words_are_common(monkeypatch):
    """Three orders are few: as if they were many, and as if to count them took long."""
    monkeypatch.setattr(counting, "LEAST", 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE procurement_postingentry")


def test_a_word_of_many_orders_is_counted_before_anybody_asks(roofs, words_are_common):
    assert counting.count_ahead(timezone.now()) > 0
    counts, looked = counted("q=dachu")
    assert (counts.total, counts.of("powiat"), looked) == (2, {"0208": 1, "0264": 1}, False)


def test_a_deadline_that_passes_while_it_is_counted_ahead_is_noticed(roofs, words_are_common):
    # The worker began before the last moment for offers, and came to count after it.
    with time_machine.travel(SOON + timedelta(seconds=1)):
        counting.count_ahead(SOON - timedelta(seconds=1))
        assert counted("q=dachu")[0].of("open") == {"1": 1}


def test_a_word_of_few_orders_waits_until_somebody_asks(roofs, words_are_common, monkeypatch):
    monkeypatch.setattr(counting, "COMMON", 0.9)
    counting.count_ahead(timezone.now())
    assert counted("q=dachu")[1] is False
    assert counted("q=szkoły")[1] is True


def test_what_took_long_is_counted_ahead_of_the_next_who_asks(roofs, words_are_common, monkeypatch):
    monkeypatch.setattr(counting, "LONG", 0)
    counted("q=szkoła&powiat=0264")
    notice(subject="Szkoła", county_id="0264")
    refresh()
    count_ahead()
    counts, looked = counted("q=szkoła&powiat=0264")
    assert (counts.total, looked) == (2, False)


def test_what_nobody_has_asked_for_a_day_is_forgotten(roofs, words_are_common, monkeypatch):
    monkeypatch.setattr(counting, "LONG", 0)
    monkeypatch.setattr(counting, "COMMON", 2)
    counted("q=szkoła")
    now = timezone.now()
    assert counting.count_ahead(now) == 1
    assert counting.count_ahead(now + timedelta(days=1, minutes=1)) == 0


def test_what_few_orders_meet_is_not_noted(roofs, monkeypatch):
    monkeypatch.setattr(counting, "LONG", 0)
    monkeypatch.setattr(counting, "COMMON", 2)
    counted("q=szkoła")
    assert counting.count_ahead(timezone.now()) == 0


def test_of_many_questions_the_last_are_noted(roofs, words_are_common, monkeypatch):
    monkeypatch.setattr(counting, "LONG", 0)
    monkeypatch.setattr(counting, "COMMON", 2)
    monkeypatch.setattr(counting, "MOST", 2)
    for query in ("q=dach", "q=remont", "q=szkoła", "q=szkoła"):
        counted(query)
    assert counting.count_ahead(timezone.now()) == 2


def test_what_is_open_is_never_counted_for_a_moment_that_is_over(roofs, words_are_common, monkeypatch):
    monkeypatch.setattr(counting, "LONG", 0)
    with time_machine.travel(SOON - timedelta(minutes=1)):
        assert counted("q=dach&open=1")[0].total == 2
    with time_machine.travel(SOON + timedelta(minutes=1)):
        count_ahead()
        assert counted("q=dach&open=1")[0].total == 1
