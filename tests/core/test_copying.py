"""What core.copying writes is read back by PostgreSQL as it was."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core import copying

pytestmark = pytest.mark.django_db

# PostgreSQL holds no NUL and no half of a surrogate pair.
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])) | st.sampled_from(
    ["\\N", "\\.", "NULL", "", "a\tb", "a\nb\r", "{}", '"', "\\\\", "żółć"]
)


def copied(type_, values):
    """The values after a way through COPY into a column of this type."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE copied (id serial, value {type_}, last text)")
        with cursor.copy("COPY copied (value, last) FROM STDIN") as copy:
            copy.write("".join(copying.line([copying.field(value), "end"]) for value in values))
        cursor.execute("SELECT value, last FROM copied ORDER BY id")
        found = cursor.fetchall()
        cursor.execute("DROP TABLE copied")
    assert all(last == "end" for _, last in found)
    return [value for value, _ in found]


class Texts(TestCase):
    @given(st.lists(st.none() | texts, max_size=5))
    def test_texts(self, values):
        assert copied("text", values) == values

    @given(st.lists(st.none() | st.lists(texts, max_size=4), max_size=3))
    def test_arrays_of_texts(self, values):
        assert copied("text[]", values) == values


@pytest.mark.parametrize(
    ("type_", "values"),
    [
        ("boolean", [True, False, None]),
        ("integer", [0, -5, 2_000_000_000]),
        ("numeric", [Decimal("-12.50"), Decimal(0)]),
        ("date", [datetime.date(2026, 11, 22), None]),
        ("timestamptz", [datetime.datetime(2026, 3, 29, 1, 59, 59, 999_999, tzinfo=datetime.UTC)]),
        ("text[]", [["0264", "0211"], [], ["12", ""]]),
    ],
)
def test_other_values(type_, values):
    assert copied(type_, values) == values
