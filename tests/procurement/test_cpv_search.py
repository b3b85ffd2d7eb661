"""Codes are found by how people write: words in any form, the beginning of a code."""

import pytest

from procurement.notices.cpv_search import MOST, found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("sprzątanie", "90910000"),
        ("sprzątania szkół", "90919300"),
        ("sprzatanie szkol", "90919300"),
        ("90910000-9", "90910000"),
        ("90910000", "90910000"),
        ("90.91", "90910000"),
    ],
)
def test_the_first_found_is_the_one_that_is_meant(query, first):
    assert found(query)[0].code8 == first


@pytest.mark.parametrize(("query", "meant"), [("obiady", "55320000"), ("dowóz obiadów", "55524000")])
def test_words_that_no_code_is_called_by_lead_to_their_kind_of_work(query, meant):
    assert meant in [code.code8 for code in found(query)]


def test_digits_find_what_begins_with_them():
    rows = found("9091")
    assert rows[0].code8 == "90910000"
    assert all(row.code8.startswith("9091") for row in rows)


@pytest.mark.parametrize("query", ["", "  ", "a", "xyzzyplugh", "99999999", "()%_'\\", "١٢٣"])
def test_what_is_no_word_and_no_code_finds_nothing(query):
    assert found(query) == []


def test_no_more_are_found_than_can_be_read():
    assert len(found("usługi")) == MOST
