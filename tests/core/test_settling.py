import gc

from core.settling import settle


def test_what_stands_by_now_is_not_looked_at_by_the_collector_again():
    before = gc.get_freeze_count()
    lasting = [[] for _ in range(1000)]
    settle()
    assert gc.get_freeze_count() - before >= len(lasting)
