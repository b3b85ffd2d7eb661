import pytest

from registry.spreadsheets import clean


def told(field, raw):
    cleaned = clean(field, raw)
    return cleaned.value, [note.code for note in cleaned.notes], cleaned.problem


@pytest.mark.parametrize(
    "raw", ["TAK", "x", "X", "+", "✓", "1", 1.0, "true", "Yes", "posiada", "tak, od 2020 r.", "od 2005-03-01"]
)
def test_many_words_and_signs_mean_yes(raw):
    assert told("is_opp", raw) == (True, ["tak-nie"], None)


@pytest.mark.parametrize("raw", ["NIE", "0", 0, "false", "–", "-", "brak", "nie posiada", "Nie dotyczy", "no"])
def test_many_words_and_signs_mean_no(raw):
    assert told("ps_status", raw) == (False, ["tak-nie"], None)


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("tak", (True, [], None)),
        ("nie", (False, [], None)),
        (True, (True, [], None)),
        ("", (None, [], None)),
        ("?", (None, ["puste"], None)),
        ("może", (None, [], "to nie jest odpowiedź tak lub nie")),
        ("organizacja pożytku publicznego", (True, ["tak-nie"], None)),
    ],
)
def test_plain_and_impossible_answers(raw, outcome):
    assert told("is_zpch", raw) == outcome


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("catering", ("catering",), []),
        ("catering; szkolenia", ("catering", "szkolenia"), []),
        ("catering;szkolenia;", ("catering", "szkolenia"), ["lista"]),
        ("catering\nszkolenia", ("catering", "szkolenia"), ["lista"]),
        ("• catering • szkolenia", ("catering", "szkolenia"), ["lista"]),
        ("- catering\n- szkolenia.\n", ("catering", "szkolenia"), ["lista"]),
        ("1. catering\n2) szkolenia", ("catering", "szkolenia"), ["lista"]),
        ("Catering; catering; ; -", ("Catering",), ["lista"]),
        ("pracownie: stolarnia, szwalnia; usługi: laser", ("pracownie: stolarnia, szwalnia", "usługi: laser"), []),
        ("3D druk", ("3D druk",), []),
    ],
)
def test_offers_are_parted_by_semicolons_lines_and_bullets_but_not_by_commas(raw, value, codes):
    assert told("offers", raw) == (value, codes, None)


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("10-49", ("10-49", [], None)),
        ("7", ("1-9", ["zatrudnienie"], None)),
        (12.0, ("10-49", ["zatrudnienie"], None)),
        ("ok. 60 osób", ("50-249", ["zatrudnienie"], None)),
        ("od 10 do 49", ("10-49", ["zatrudnienie"], None)),
        ("powyżej 250", ("250+", ["zatrudnienie"], None)),
        ("1 200", ("250+", ["zatrudnienie"], None)),
        ("0", (None, ["puste"], None)),
        ("2026-09-01", (None, [], "arkusz zamienił liczbę osób na datę")),
        ("kilka", (None, [], "brak liczby zatrudnionych")),
    ],
)
def test_employees_become_a_band(raw, outcome):
    assert told("employees", raw) == outcome


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("88.99.Z", (("88.99.Z",), [], None)),
        ("8899Z, 56.21.z", (("88.99.Z", "56.21.Z"), ["pkd"], None)),
        ("PKD 88.99.Z pozostała pomoc społeczna", (("88.99.Z",), ["pkd"], None)),
        ("pomoc", (None, [], "brak kodu PKD w postaci 00.00.A")),
    ],
)
def test_pkd(raw, outcome):
    assert told("pkd", raw) == outcome


@pytest.mark.parametrize(
    "raw", ["-", "–", "brak", "Brak danych", "n/d", "b/d", "nie dotyczy", "xxx", "?", "...", "#N/D!", "NULL"]
)
@pytest.mark.parametrize("field", ["name", "notes", "street", "town", "offers", "other_register"])
def test_words_for_nothing_leave_the_field_empty(field, raw):
    assert told(field, raw) == (None, ["puste"], None)


@pytest.mark.parametrize(("field", "longest"), [("short_name", 120), ("contact_person", 120), ("mark_info", 300)])
def test_a_text_that_does_not_fit_is_refused_not_cut(field, longest):
    assert told(field, "a" * longest) == ("a" * longest, [], None)
    assert told(field, "a" * (longest + 1)) == (
        None,
        [],
        f"tekst ma {longest + 1} znaków, a mieści się najwyżej {longest}",
    )


def test_long_texts_keep_their_paragraphs():
    assert told("description", "Raz  dwa \n\n\n trzy") == ("Raz dwa\ntrzy", ["odstepy"], None)
    assert told("opening_hours", "pn–pt\n8–16") == ("pn–pt 8–16", ["odstepy"], None)


def test_a_cell_too_long_for_its_field_is_refused_before_anything_is_tried():
    assert told("email", "a" * 1001) == (None, [], "wpis ma ponad 1000 znaków")
