"""The few filters that public pages need; loaded everywhere as builtins."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import groupby

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
LONELY_LETTER = re.compile(r"(?<![^\s(„\"'])([aiouwz]) +", re.IGNORECASE)


@register.filter
def number(value):
    """1340 → "1 340" with no-break spaces; an empty value stays empty."""
    return "" if value in (None, "") else f"{int(value):,}".replace(",", NBSP)


@register.filter
def money(value):
    """1234.5 → "1 234,50 zł" with no-break spaces; whole amounts without the grosze; an empty value stays empty."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return ""
    if not amount.is_finite():
        return ""
    text = f"{amount:,.2f}".removesuffix(".00")
    return text.replace(",", NBSP).replace(".", ",") + f"{NBSP}zł"


@register.filter
def date_words(value):
    """A date or time as "3 listopada 2026", by the Polish clock."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if not isinstance(value, date):
        return ""
    return date_format(value, "j E Y").replace(" ", NBSP)


@register.filter
def moment_words(value):
    """A moment as "3 grudnia 2026, godz. 9.00", by the Polish clock."""
    if not isinstance(value, datetime):
        return ""
    local = timezone.localtime(value)
    return f"{date_words(local)}, godz.{NBSP}{local.hour}.{local.minute:02}"


@register.filter
def plural(count, forms):
    """The Polish form that fits a count: {{ n|plural:"podmiot,podmioty,podmiotów" }}."""
    one, few, many = forms.split(",")
    count = abs(int(count))
    if count == 1:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many


@register.filter
def beside(columns, row):
    """Pairs (column, cell) of a table row."""
    return list(zip(columns, row, strict=True))


@register.filter(is_safe=True)
@stringfilter
def nbsp(text):
    """Ties one-letter words to the next word, as Polish typesetting asks: "w domu" never breaks after "w"."""
    return LONELY_LETTER.sub(rf"\1{NBSP}", text)


@register.filter(name="prose")
def as_prose(text):
    """Typed text as HTML: paragraphs parted by empty lines, lines that begin with "- " as a list, other lines one
    under another. Whatever was typed is escaped: it is never markup."""
    blocks = re.split(r"\n\s*\n", str(text or "").replace("\r\n", "\n").strip())
    runs = (run for block in blocks if block for run in groupby(block.split("\n"), _is_item))
    return mark_safe("\n".join(_run(is_list, list(lines)) for is_list, lines in runs))  # noqa: S308 - built by format_html


def _is_item(line):
    return line.lstrip().startswith("- ")


def _run(is_list, lines):
    lines = [line.strip() for line in lines]
    if is_list:
        items = format_html_join("", "<li>{}</li>", ((line.removeprefix("- ").strip(),) for line in lines))
        return format_html("<ul>{}</ul>", items)
    return format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines)))


@register.filter
@stringfilter
def nip(value):
    """ "8971234567" → "897 123 45 67"; anything else as it is."""
    return _grouped(value, 3, 3, 2, 2)


@register.filter
@stringfilter
def phone(value):
    """A number as people write it: mobile 3-3-3, landline 2-3-2-2; foreign or odd ones as they are."""
    digits = re.sub(r"[\s-]", "", value).removeprefix("+48")
    return _grouped(digits, 3, 3, 3) if digits[:2] in MOBILE else _grouped(digits, 2, 3, 2, 2, otherwise=value)


MOBILE = {"45", "50", "51", "53", "57", "60", "66", "69", "72", "73", "78", "79", "88"}


def _grouped(digits, *sizes, otherwise=None):
    if not digits.isascii() or not digits.isdigit() or len(digits) != sum(sizes):
        return digits if otherwise is None else otherwise
    parts, start = [], 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return NBSP.join(parts)
