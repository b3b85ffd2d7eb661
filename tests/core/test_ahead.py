import threading

import pytest

from core.ahead import one_ahead


def test_results_come_in_order_and_one_is_under_way_while_the_last_is_used():
    begun = {number: threading.Event() for number in range(4)}

    def work(number):
        begun[number].set()
        return number * 10

    results = []
    for result in one_ahead(work, range(3)):
        following = result // 10 + 1
        assert following == 3 or begun[following].wait(timeout=60)
        results.append(result)
    assert results == [0, 10, 20]
    assert not begun[3].is_set()


def test_nothing_given_gives_nothing():
    assert list(one_ahead(str, [])) == []


def test_what_the_work_raises_is_raised_where_its_result_was_due():
    results = one_ahead(lambda number: 10 // number, [5, 0, 2])

    assert next(results) == 2
    with pytest.raises(ZeroDivisionError):
        next(results)
