from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from core.templatetags import portal


def words(text):
    """The text with plain spaces in place of no-break ones, which no assertion should have to spell."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("count", "word"),
    [
        (0, "podmiotów"),
        (1, "podmiot"),
        (2, "podmioty"),
        (4, "podmioty"),
        (5, "podmiotów"),
        (11, "podmiotów"),
        (12, "podmiotów"),
        (14, "podmiotów"),
        (21, "podmiotów"),
        (22, "podmioty"),
        (101, "podmiotów"),
        (112, "podmiotów"),
        (122, "podmioty"),
        (1340, "podmiotów"),
    ],
)
def test_polish_plural_follows_the_last_digits(count, word):
    assert portal.plural(count, "podmiot,podmioty,podmiotów") == word


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("1234.5"), "1 234,50 zł"),
        ("118000", "118 000 zł"),
        (0, "0 zł"),
        (Decimal("1000000.05"), "1 000 000,05 zł"),
        (None, ""),
        ("", ""),
        ("brak", ""),
        ("NaN", ""),
        ("Infinity", ""),
    ],
)
def test_money_is_written_the_polish_way(amount, text):
    assert words(portal.money(amount)) == text


def test_numbers_and_dates_never_break_in_the_middle():
    texts = [portal.number(1340), portal.money(1234), portal.date_words(date(2026, 11, 3)), portal.nip("8971234567")]
    assert [text for text in texts if " " in text] == []


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (date(2026, 11, 3), "3 listopada 2026"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "1 stycznia 2027"),
        (None, ""),
        ("2026-11-03", ""),
    ],
)
def test_a_date_is_words_by_the_polish_clock(moment, text):
    assert words(portal.date_words(moment)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("8971234567", "897 123 45 67"), ("897123456", "897123456"), ("", ""), ("٣٣٣٣٣٣٣٣٣٣", "٣٣٣٣٣٣٣٣٣٣")],
)
def test_nip_is_grouped_only_when_it_is_ten_digits(value, text):
    assert words(portal.nip(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("717700000", "71 770 00 00"),
        ("+48717700000", "71 770 00 00"),
        ("601 234 567", "601 234 567"),
        ("601-234-567", "601 234 567"),
        ("+49 30 123456", "+49 30 123456"),
        ("71 770 00 00 wew. 12", "71 770 00 00 wew. 12"),
    ],
)
def test_a_phone_number_is_grouped_as_people_say_it(value, text):
    assert words(portal.phone(value)) == text


def test_one_letter_words_are_tied_to_the_next_word():
    tied = portal.nbsp("W domu i w szkole, z klasą. „O nas” to my")
    assert tied.replace("\N{NO-BREAK SPACE}", "_") == "W_domu i_w_szkole, z_klasą. „O_nas” to my"


def test_nbsp_keeps_text_from_people_escaped():
    rendered = Template("{{ text|nbsp }}").render(Context({"text": "<b>w domu</b>"}))
    assert words(rendered) == "&lt;b&gt;w domu&lt;/b&gt;"


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("", ""),
        ("Jedno.", "<p>Jedno.</p>"),
        ("Jedno.\r\n\r\nDrugie,\r\nniżej.", "<p>Jedno.</p>\n<p>Drugie,<br>niżej.</p>"),
        ("Kto:\n- ja\n - ty\nTu.", "<p>Kto:</p>\n<ul><li>ja</li><li>ty</li></ul>\n<p>Tu.</p>"),
        ("a\n \n\nb", "<p>a</p>\n<p>b</p>"),
        ("-bez odstępu", "<p>-bez odstępu</p>"),
        ("- <b>x</b> & y", "<ul><li>&lt;b&gt;x&lt;/b&gt; &amp; y</li></ul>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_typed_text_becomes_paragraphs_and_lists_and_never_markup(typed, html):
    assert Template("{{ text|prose }}").render(Context({"text": typed})) == html
