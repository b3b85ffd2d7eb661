"""Digits with separators of thousands and of decimals, where they can be read in one way only."""

import re
from decimal import Decimal

_BETWEEN_GROUPS = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")


def decimal(text, *, has_unit=False, is_money=False):
    """The Decimal of "1 234 567,89" or "1.234.567", or None of what may mean two things.

    `has_unit`: "mln" or the like follows, so a lone separator parts decimals; `is_money`: a currency follows, which
    has no thousandth parts.
    """
    whole = _BETWEEN_GROUPS.sub("", text)
    if re.search(r"[\s'’]", whole):
        return None
    marks = re.findall(r"[.,]", whole)
    if not marks:
        return Decimal(whole)
    if len(marks) > 1:
        return _several(whole, marks)
    [mark] = marks
    before, after = whole.split(mark)
    is_grouped = whole != text
    if len(after) != 3 or has_unit or (len(before) > 3 and not is_grouped):
        return None if is_grouped and len(after) > 2 else Decimal(f"{before}.{after}")
    if is_grouped or before.startswith("0"):
        return None
    return Decimal(before + after) if after == "000" or (mark == "." and is_money) else None


def _several(whole, marks):
    """ "1.234.567" and "1.234.567,89": groups of three, and another mark before the grosze."""
    last, thousands = marks[-1], marks[0]
    if last == thousands:
        groups = re.fullmatch(rf"\d{{1,3}}(?:\{last}\d{{3}})+", whole)
        return Decimal(whole.replace(last, "")) if groups else None
    if marks.count(last) > 1 or not re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+\{last}\d{{1,2}}", whole):
        return None
    return Decimal(whole.replace(thousands, "").replace(last, "."))
