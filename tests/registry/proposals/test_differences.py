"""Words that differ are marked, and what is typed is never markup."""

import time

import pytest

from registry.proposals.differences import marked


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("Dom i ogród.", "Dom i ogród. Także okna.", "Dom i ogród.", "Dom i ogród. <ins>Także okna.</ins>"),
        ("od 8 do 16", "od 8 do 18", "od 8 do <del>16</del>", "od 8 do <ins>18</ins>"),
        ("", "nowe", "", "<ins>nowe</ins>"),
        ("stare", "", "<del>stare</del>", ""),
        ("raz dwa trzy cztery", "co innego", "<del>raz dwa trzy cztery</del>", "<ins>co innego</ins>"),
        ("a <b>", "a <i>", "a <del>&lt;b&gt;</del>", "a <ins>&lt;i&gt;</ins>"),
    ],
)  # fmt: skip
def test_words_that_differ_are_marked(old, new, before, after):
    assert marked(old, new) == (before, after)


@pytest.mark.parametrize("word", ["a ", "a\n", "słowo "])
def test_long_texts_are_compared_in_no_time(word):
    start = time.process_time()
    marked(word * 9_000, f"inne {word * 8_990} koniec")
    assert time.process_time() - start < 2
