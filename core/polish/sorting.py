"""Alphabetical order kept in a column, because a database without ICU knows only the order of bytes."""

import unicodedata

from core.polish.folding import fold

# "~" comes after "z", so "ą" follows "a" with any letter behind it and still precedes "b".
_LETTERS = {accented: f"{plain}~" for accented, plain in zip("ąćęłńóśź", "acelnosz", strict=True)} | {"ż": "z~~"}
_LONGEST = 300
_LONGEST_KEY = 2600  # a B-tree of PostgreSQL refuses entries beyond 2,704 bytes


class _Codes(dict):
    """What stands for a character (by its code point) in the key, worked out when first met."""

    def __missing__(self, point):
        char = chr(point)
        plain = fold(char)
        if char in _LETTERS:
            code = _LETTERS[char]
        elif plain.isascii() and plain.isalnum():
            code = plain
        elif char.isalnum():
            code = f"|{point:06x}"  # other scripts: after "z", in the order of Unicode
        else:
            code = "" if unicodedata.combining(char) else " "
        self[point] = code
        return code


_CODES = _Codes()


def sort_key(text):
    """ASCII key of at most 2,600 characters whose order of bytes is the Polish alphabetical order of `text`.

    Digits come before letters; case, quotes and punctuation do not count. Texts that differ only in those are told
    apart by a second part behind a tab, so that the order is always the same. Of a text longer than 300 characters
    only its beginning counts.
    """
    text = text[:_LONGEST]
    alphabetical = " ".join(unicodedata.normalize("NFC", text).lower().translate(_CODES).split())
    as_typed = text.replace("\0", "").encode("ascii", "backslashreplace").decode()
    return f"{alphabetical}\t{as_typed}"[:_LONGEST_KEY]
