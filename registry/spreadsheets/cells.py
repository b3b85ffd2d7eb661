"""A cell as text, both ways: what was read becomes plain text, what is written can do no harm."""

import datetime
import math
import re

# Control and invisible characters mean nothing in a register; XLSX cannot even hold some of them.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LINE_BREAK = re.compile("\r\n?|[\x85\u2028\u2029]")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_DISARMED = re.compile(r"'(?=[=+\-@\t\r\n])")


def cell_text(value):
    """Text of any cell value: 123.0 → "123", a date → "2024-05-01", True → "tak", None → "".

    Takes off the apostrophe that `harmless` puts on, so that our own exports can be fed again.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "; ".join(cell_text(item) for item in value)
    return _plain(str(value))


def harmless(value):
    """The text as it may stand in an exported cell: what a spreadsheet would run as a formula gets an apostrophe.

    Numbers are not text and stay as they are; call this for texts only.
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def _plain(text):
    if not text.isprintable():
        text = _CONTROL.sub("", _LINE_BREAK.sub("\n", text))
    text = text.strip()
    while text[:1] == "'" and _DISARMED.match(text):
        text = text[1:].lstrip()
    return text


def _number_text(number):
    if not math.isfinite(number):
        return ""
    # Above 2**53 a float no longer holds every digit; such a cell keeps its scientific look and is refused later.
    if number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    return repr(number).replace("e", "E")
