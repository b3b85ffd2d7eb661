"""Whatever stands in a cell, cleaning gives a value or a reason, and a cleaned value stays as it is."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.spreadsheets import cell_text, clean, clean_row, recognise
from registry.spreadsheets.repairs import FIELDS, NOTES

SCRAPS = [
    *"aAzŻ1 0-–/.,;:\"„”()+@\n\t\xa0'",
    ",,",
    '""',
    "ul. ",
    "gm. ",
    "m. ",
    "pow. ",
    "12-345",
    "lok. ",
    "NIP ",
    "KRS",
    "tel. ",
    "wew. 3",
    "www.",
    "http://",
    ".pl",
    "@wp.pl",
    "48",
    "2020",
    "01",
    "Świdnica",
    "FUNDACJA",
    "SP. Z O.O.",
    "II",
    "(wiejska)",
    "- gm. w.",
    "nr ",
    "brak",
    "E+9",
    "W ",
    "„X”",
    "RAZEM ",
    "• ",
    "1) ",
    "os. ",
    "123456789",
    " i ",
    "x",
    "tak",
]
TEXTS = st.one_of(st.lists(st.sampled_from(SCRAPS), max_size=8).map("".join), st.text(max_size=60))


@pytest.mark.parametrize("field", FIELDS)
@given(text=TEXTS)
@example(text="a(wiejska)-")
@example(text="a'12-345")
@settings(max_examples=60, deadline=None)
def test_cleaning_never_fails_and_never_changes_its_own_result(field, text):
    cleaned = clean(field, text)
    assert cleaned.problem is None or cleaned.value is None
    assert all(note.code in NOTES for note in cleaned.notes)
    if cleaned.value is not None:
        again = clean(field, cell_text(cleaned.value))
        assert (again.value, again.notes, again.problem) == (cleaned.value, (), None)


@given(cells=st.lists(TEXTS, max_size=12))
@settings(max_examples=100, deadline=None)
def test_any_row_under_any_heading_is_cleaned(cells):
    headings = [
        "Nazwa i adres",
        "NIP",
        "Kontakt",
        "Kod i miejscowość",
        "Ulica",
        "Miejscowość/Nazwa",
        "Rodzaj",
        "Adres",
    ]
    for cleaned in clean_row(recognise(headings), cells).values():
        assert cleaned.problem is None or cleaned.value is None
