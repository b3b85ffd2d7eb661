import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.polish import fold, sort_key, words

ALPHABET = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zażółć GĘŚLĄ jaźń", "zazolc gesla jazn"),
        ("  Spółdzielnia\u00a0„ŻÓŁW” –\tŁódź\n", "spoldzielnia zolw lodz"),
        ("Polanica-Zdrój", "polanica zdroj"),
        ("Müller & Søn, Straße 5", "muller & son, strasse 5"),
        (unicodedata.normalize("NFD", "Ćma Ósma"), "cma osma"),
        ("a\x00b", "a b"),
        ("", ""),
    ],
)
def test_folding_drops_case_accents_and_typography(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_has_neither_outer_nor_double_spaces(text):
    assert fold(text) == " ".join(fold(text).split())


def test_words_are_runs_of_letters_and_digits():
    text = unicodedata.normalize("NFD", "D'Arc: e-usługi, „Łącznik” nr 7b_(50-001)!")
    assert words(text) == ["D", "Arc", "e", "usługi", "Łącznik", "nr", "7b", "50", "001"]


def test_names_sort_as_in_a_polish_encyclopaedia():
    in_order = [
        "3 Koła",
        "Aaron",
        "Ach",
        "Ąbecadło",
        "Bąk",
        "bąka",
        "Bez barier",
        "Bezdomni",
        "Cukier",
        "Ćma",
        "Lwówek",
        "Łabędź",
        "Oława",
        "Óśmy",
        "Pająk",
        "Sum",
        "Śliwka",
        "Zebra",
        '„"Zosia" fundacja"',
        "Źródło",
        "Żaba",
        "Γάμμα",
    ]
    assert sorted(reversed(in_order), key=lambda name: sort_key(name).encode()) == in_order


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=6), min_size=2, max_size=8))
def test_order_of_keys_is_the_order_of_the_polish_alphabet(names):
    by_alphabet = sorted(names, key=lambda name: [ALPHABET.index(letter) for letter in name])
    assert sorted(names, key=lambda name: sort_key(name).encode()) == by_alphabet


@given(st.text(), st.text())
def test_keys_are_ascii_without_nul_and_tell_texts_apart(one, other):
    keys = {sort_key(one), sort_key(other)}
    assert all(key.isascii() and "\0" not in key for key in keys)
    assert len(keys) == len({one.replace("\0", ""), other.replace("\0", "")})


def test_case_and_quotes_matter_only_between_equal_names():
    names = ["zosia b", "„Zosia” a", "ZOSIA B", "Zosia a"]
    assert [name.casefold().strip("„”").replace("”", "") for name in sorted(names, key=sort_key)] == [
        "zosia a",
        "zosia a",
        "zosia b",
        "zosia b",
    ]


def test_key_of_a_very_long_text_stays_short_enough_for_an_index():
    assert [len(sort_key(letter * 100_000)) <= 2600 for letter in "ż\U00010428"] == [True, True]
