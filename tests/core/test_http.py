import pytest
from django.test import RequestFactory

from core.http import TooManyRequests, paginate, throttle


def page_for(query, rows=60, **options):
    return paginate(RequestFactory().get("/", {"page": query}), range(rows), 25, **options)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("1", 1),
        ("2", 2),
        ("3", 3),
        ("4", 3),
        ("999999999999999999999", 3),
        ("9" * 5000, 3),
        ("0", 1),
        ("-1", 1),
        ("", 1),
        ("abc", 1),
        ("1.5", 1),
        ("²", 1),
        ("٣", 1),
        ("last", 1),
    ],
)
def test_any_page_number_leads_to_a_page(asked, given):
    assert page_for(asked).number == given


def test_no_rows_is_one_empty_page():
    page = page_for("7", rows=0)
    assert (page.number, page.paginator.num_pages, list(page)) == (1, 1, [])


def test_the_pager_names_the_ends_and_the_neighbours():
    page = page_for("20", rows=1000)
    assert page.numbers == [1, "…", 19, 20, 21, "…", 40]


def test_a_count_already_known_is_not_asked_for_again():
    class Rows:
        def __getitem__(self, part):
            return list(range(60))[part]

        def count(self):
            raise AssertionError("counted again")

    page = paginate(RequestFactory().get("/", {"page": "3"}), Rows(), 25, count=60)
    assert list(page) == list(range(50, 60))


def test_throttle_stops_only_the_one_who_repeats_in_the_same_place():
    for _ in range(3):
        throttle("report", "10.0.0.1", limit=3, seconds=60)
    throttle("report", "10.0.0.2", limit=3, seconds=60)
    throttle("sign-in", "10.0.0.1", limit=3, seconds=60)
    with pytest.raises(TooManyRequests) as stopped:
        throttle("report", "10.0.0.1", limit=3, seconds=60)
    assert stopped.value.retry_after == 60
