"""Rows as COPY reads them, made where there is no connection (PostgreSQL, COPY, "Text Format")."""

import re

NULL = "\\N"
_SPECIAL = re.compile(r"[\\\n\r\t]")
_WRITTEN = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_IN_ARRAY, _BACKSLASHED = re.compile(r'(["\\])'), r"\\\1"


def field(value):
    """Text of None, a string, a truth value, a list of strings, or anything whose str() PostgreSQL reads."""
    if value is None:
        return NULL
    kind = type(value)
    if kind is bool:
        return "t" if value else "f"
    if kind is list:
        value = array(value)
    elif kind is not str:
        return str(value)
    # Nearly all texts end here, at the price of two looks at them.
    if value.isprintable() and "\\" not in value:
        return value
    return _SPECIAL.sub(lambda found: _WRITTEN[found[0]], value)


def array(texts):
    """Literal of a text[] without NULLs."""
    if not all(map(str.isdigit, texts)):
        texts = [f'"{_IN_ARRAY.sub(_BACKSLASHED, text)}"' for text in texts]
    return f"{{{','.join(texts)}}}"


def line(fields):
    """One row of texts made by `field`."""
    return "\t".join(fields) + "\n"
