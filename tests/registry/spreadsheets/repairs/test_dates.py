import datetime

import pytest

from registry.spreadsheets import clean
from registry.spreadsheets.repairs.dates import date

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("2013-12-02", "2013-12-02", []),
        (datetime.date(2013, 12, 2), "2013-12-02", []),
        ("02.12.2013", "2013-12-02", ["data"]),
        ("2.12.13", "2013-12-02", ["data"]),
        ("2.12.97", "1997-12-02", ["data"]),
        ("2/12/2013", "2013-12-02", ["data"]),
        ("02-12-2013 r.", "2013-12-02", ["data"]),
        ("2 . 12 . 2013", "2013-12-02", ["data"]),
        ("2013/12/02", "2013-12-02", ["data"]),
        ("2013-12-02 10:30:00", "2013-12-02", ["data"]),
        ("2 grudnia 2013 r.", "2013-12-02", ["data"]),
        ("2 XII 2013", "2013-12-02", ["data"]),
        ("plik z 2025-02-07", "2025-02-07", ["data"]),
        ("2014-06", "2014-06-01", ["data-niepelna"]),
        ("06.2014", "2014-06-01", ["data-niepelna"]),
        ("stan na marzec 2020 r.", "2020-03-01", ["data-niepelna"]),
        ("Stan na I 2022", "2022-01-01", ["data-niepelna"]),
        ("2013", "2013-01-01", ["data-niepelna"]),
        ("2013 r.", "2013-01-01", ["data-niepelna"]),
        ("1885", "1885-01-01", ["data-niepelna"]),
        ("43831", "2020-01-01", ["data-arkusza"]),
        (43831.0, "2020-01-01", ["data-arkusza"]),
    ],
)
def test_dates_in_any_writing(raw, value, codes):
    cleaned = date(raw, today=TODAY)
    assert (cleaned.value, [note.code for note in cleaned.notes]) == (datetime.date.fromisoformat(value), codes)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("31.02.2020", "takiego dnia nie ma w kalendarzu"),
        ("2020-13-01", "takiego dnia nie ma w kalendarzu"),
        ("12.31.2020", "takiego dnia nie ma w kalendarzu"),
        ("0000-00-00", "takiego dnia nie ma w kalendarzu"),
        ("01.01.1700", "rok 1700 jest poza zakresem 1800–2036"),
        ("01.01.2037", "rok 2037 jest poza zakresem 1800–2036"),
        ("wkrótce", "to nie jest data"),
        ("3 dni", "to nie jest data"),
    ],
)
def test_impossible_dates_are_refused(raw, problem):
    cleaned = date(raw, today=TODAY)
    assert (cleaned.value, cleaned.problem) == (None, problem)


@pytest.mark.parametrize("field", ["founded_on", "ps_granted_on", "ps_lost_on", "verified_on", "page_date"])
def test_every_date_field_is_cleaned_as_a_date(field):
    assert clean(field, "02.12.2013").value == datetime.date(2013, 12, 2)
    assert clean(field, "-").value is None
