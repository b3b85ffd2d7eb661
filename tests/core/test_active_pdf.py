"""PDFs that act by themselves are known, however they are written; others are not taken for them."""

import os
import zlib

import pytest

from core.active_pdf import MOST_BYTES, runs_scripts


def packed(objects):
    return (
        b"%PDF-1.7\n5 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n"
        + zlib.compress(objects)
        + b"\nendstream\n%%EOF"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n<</S/JavaScript/JS (app.alert(1))>>\n%%EOF",
        b"%PDF-1.7\n<</S/J#61vaScript/J#53 9 0 R>>\n%%EOF",
        b"%PDF-1.7\n<</Type/Action/S/Launch/F(cmd.exe)>>\n%%EOF",
        b"%PDF-1.7\n<</JS 9 0 R>>\n%%EOF",
        packed(b"1 0 <</OpenAction<</S/JavaScript/JS(x)>>>>"),
        packed(b" " * 100_000 + b"<</JS<feff>>>"),
    ],
)
def test_a_pdf_with_a_script_is_known(content):
    assert runs_scripts(content)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF",
        b"%PDF-1.7\n<</Length 9>>stream\nab/JS (cd\nendstream\n%%EOF",
        b"%PDF-1.7\n<</Subtype/JSomething>>\n%%EOF",
        packed(b"1 0 <</Type/Catalog>>"),
        b"%PDF-1.7\n/ObjStm stream\nnot packed endstream /ObjStm %%EOF",
    ],
)
def test_an_ordinary_pdf_is_not_taken_for_one(content):
    assert not runs_scripts(content)


def test_a_bomb_is_not_unpacked():
    bomb = packed(b"\0" * (MOST_BYTES * 4)) * 3
    assert not runs_scripts(bomb + os.urandom(1000).replace(b"/", b""))
