"""NIP, REGON and KRS in what people type: with dashes, with their names, behind the name of an organisation."""

import re
from dataclasses import dataclass

_NAME = r"(?P<name>N\.?I\.?P|REGON|KRS|PL)\W*(?:(?:nr|numer)\W*)?(?:PL\s*)?"
_DIGITS = r"(?P<digits>\d[\d\s.–-]*)"
_ALONE = re.compile(rf"\W*(?:(?:nr|numer)\W+)?(?:{_NAME})?{_DIGITS}\W*", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<!\w)(?:{_NAME}{_DIGITS}|(?P<bare>\d(?:-?\d)+)(?!\w))", re.IGNORECASE)
# Lengths that a number has, or is left with by a spreadsheet that drops the zeros before it.
_NIP, _REGON, _REGON_OF_UNIT, _KRS = 10, 9, 14, 10
_FEWEST_DIGITS_OF_KRS, _FEWEST_DIGITS_OF_REGON = 5, 7


@dataclass(frozen=True)
class Numbers:
    """`digits` are what may be looked up, `parts` where they stand; `alone` when the text is nothing but a number."""

    digits: tuple = ()
    parts: tuple = ()
    alone: bool = False

    def __bool__(self):
        return bool(self.digits)


def numbers_in(text):
    """The Numbers of a text; none for a short number, which is as good a word as any."""
    whole = _ALONE.fullmatch(text)
    if whole:
        return Numbers(_meanings(whole["name"], _plain(whole["digits"]), alone=True), alone=True)
    digits, parts = [], []
    for found in _WITHIN.finditer(text):
        meanings = _meanings(found["name"], _plain(found["bare"] or found["digits"]), alone=False)
        digits += meanings
        parts += [found[0]] if meanings else []
    return Numbers(tuple(dict.fromkeys(digits)), tuple(parts))


def _plain(digits):
    return re.sub(r"\D", "", digits)


def _meanings(name, digits, *, alone):
    name, length = (name or "").upper().replace(".", ""), len(digits)
    if name == "KRS":
        return (digits.zfill(_KRS),) if length <= _KRS else ()
    if name in ("NIP", "PL") and length > _NIP and not alone:
        # What follows is another number: a postal code, a telephone.
        digits, length = digits[:_NIP], _NIP
    if length == _REGON_OF_UNIT - 1 and (alone or name):
        digits, length = digits.zfill(_REGON_OF_UNIT), _REGON_OF_UNIT
    if length == _REGON_OF_UNIT:
        return digits, digits[:_REGON]
    meant = [digits] if length in (_NIP, _REGON) else []
    if name == "REGON" or (alone and not name):
        meant += [digits.zfill(_REGON)] if _FEWEST_DIGITS_OF_REGON <= length < _REGON else []
    if alone and not name:
        meant += [digits.zfill(_KRS)] if _FEWEST_DIGITS_OF_KRS <= length < _KRS else []
    return tuple(meant)
