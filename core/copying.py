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


class Rows:
    """Rows of one table, collected where there is no connection; may be sent to another process and back."""

    def __init__(self, table, defaults=()):
        self.table = table
        self._defaults = {column: field(value) for column, value in dict(defaults).items()}
        self._columns, self._lines = (), []

    def add(self, **values):
        """Columns that have no default are given in every row or in none."""
        row = {**self._defaults, **{column: field(value) for column, value in values.items()}}
        if not self._lines:
            self._columns = tuple(row)
        self._lines.append(line(row.values()))

    def write(self, cursor):
        """COPY what was added; the next rows begin anew."""
        lines, self._lines = self._lines, []
        if lines:
            columns = ", ".join(f'"{column}"' for column in self._columns)
            with cursor.copy(f'COPY "{self.table}" ({columns}) FROM STDIN') as copy:
                copy.write("".join(lines))
