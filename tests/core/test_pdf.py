"""Whatever people type or bring, a document is set."""

import io

import pytest
import typst
from django.core.cache import cache
from PIL import Image
from pypdf import PdfReader
from redis.exceptions import ConnectionError as CacheIsAway

from core.pdf import can_be_drawn, document, kept_document


def data(text):
    return {
        "title": "Tytuł",
        "portal": "Portal",
        "operator": "Operator",
        "count": "0 wydarzeń",
        "address": "https://portal.example/",
        "made": "dziś",
        "empty": text,
        "lines": [],
    }


def words(content):
    return " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())


HEBREW = "".join(map(chr, range(0x5BD, 0x5DD)))


@pytest.mark.parametrize(
    ("text", "squares"),
    [
        ("Święto \N{PARTY POPPER} roku", 1),
        # A mark that belonged to a letter nobody can show, and then belongs to the square.
        ("\u08ff\u0900", 2),
        # Typst panics.
        (HEBREW * 2, 64),
    ],
)
def test_what_cannot_be_shown_becomes_squares_and_the_rest_stays(text, squares):
    line = {"day": "3 grudnia", "clock": "", "title": "Zażółć gęślą", "state": "", "url": "https://portal.example/"}
    lines = [line | {"kind": "targi", "place": text, "audience": "dla „wszystkich” – także nas"}]
    shown = words(document("events/month.typ", data("") | {"lines": lines}))
    assert shown.count("□") == squares
    assert "Zażółć gęślą" in shown
    assert "dla „wszystkich” – także nas" in shown


def drawn(mode, kind, cut=None):
    content = io.BytesIO()
    Image.new(mode, (40, 20)).save(content, kind)
    return content.getvalue()[:cut]


def svg(inside, size='width="10" height="10"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (drawn("RGB", "PNG"), True),
        (drawn("CMYK", "JPEG"), True),
        (svg('<rect width="5" height="5"/>'), True),
        (drawn("RGB", "PNG", cut=60), False),
        (drawn("RGB", "JPEG", cut=300), False),
        (svg("", size='width="0" height="0"'), False),
        (svg('<text y="5">\N{CJK UNIFIED IDEOGRAPH-4E2D}</text>'), False),
        (b"", False),
    ],
)
def test_a_picture_is_tried_before_a_document_depends_on_it(content, expected):
    assert can_be_drawn(content) is expected


@pytest.fixture
def settings_made(monkeypatch):
    """How often Typst has set something, as a list that grows."""
    made, compile = [], typst.compile
    monkeypatch.setattr(typst, "compile", lambda *given, **more: made.append(1) or compile(*given, **more))
    return made


def test_what_everybody_reads_is_set_once_for_all_until_a_word_changes(settings_made):
    first = kept_document("events/month.typ", data("nic"))
    assert kept_document("events/month.typ", data("nic")) == first
    assert len(settings_made) == 1
    assert "coś" in words(kept_document("events/month.typ", data("coś")))
    assert len(settings_made) == 2


def test_without_the_cache_the_document_is_there_all_the_same(monkeypatch):
    def away(*_, **__):
        raise CacheIsAway

    monkeypatch.setattr(cache, "get", away)
    assert "nic" in words(kept_document("events/month.typ", data("nic")))
