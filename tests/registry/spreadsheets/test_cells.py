import datetime

import pytest

from registry.spreadsheets import cell_text, harmless


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("  Fundacja\xa0", "Fundacja"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("FUN\u00adDACJA\u200b \ufeffX\x07", "FUNDACJA X"),
        (123.0, "123"),
        (7.41e9, "7410000000"),
        (8831690460.0, "8831690460"),
        (1.5, "1.5"),
        (1e300, "1E+300"),
        (float("nan"), ""),
        (float("inf"), ""),
        (-7, "-7"),
        (True, "tak"),
        (False, "nie"),
        (datetime.date(2024, 5, 1), "2024-05-01"),
        (datetime.datetime(2024, 5, 1), "2024-05-01"),  # noqa: DTZ001  spreadsheets know no time zones
        (datetime.datetime(2024, 5, 1, 10, 30), "2024-05-01 10:30:00"),  # noqa: DTZ001
        (datetime.time(8, 30), "08:30:00"),
        (("catering", "szkolenia"), "catering; szkolenia"),
    ],
)
def test_any_cell_becomes_plain_text(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize("text", ["=1+1", "+48710000000", "-5", "@SUM(A1)", "\tX", "\rX"])
def test_text_that_a_spreadsheet_would_run_is_disarmed_and_read_back(text):
    assert harmless(text) == f"'{text}"
    assert cell_text(harmless(text)) == text.strip()


@pytest.mark.parametrize("value", ["Fundacja", "'cytat", "", "a=b", -5, 1.5, None, True])
def test_harmless_leaves_other_values_alone(value):
    assert harmless(value) == value


def test_an_ordinary_apostrophe_survives_reading():
    assert cell_text("'t Gooi") == "'t Gooi"
