"""Codes of the CPV in a cell: several, without their control digit, with names behind them. The table is the check."""

import re
from bisect import bisect
from dataclasses import dataclass
from functools import cached_property

from procurement.plan_sheets.outcome import EMPTY, Cleaned, refused
from registry.spreadsheets.repairs.text import means_nothing

MOST = 50
_SHOWN = 3
# Digits in one piece or parted as "90.91.00.00-9" and "45 000 000-7"; a name may follow.
_WRITTEN = re.compile(
    r"(?<![\d-])(\d{8}|\d{2}\.\d{2}\.\d{2}\.\d{2}|\d{2} \d{3} \d{3}|\d{2,7}|\d{9,})(?:\s?[-–—/]\s?(\d)(?!\d))?(?!\d)"
)
_SURE = re.compile(r"(?<![\d-])(\d{8}|\d{2}\.\d{2}\.\d{2}\.\d{2})\s?[-–—]\s?(\d)(?!\d)")
# A letter typed for the digit that looks like it.
_LETTERED = re.compile(r"(?<![\w-])(?=(?:[OIl]*\d){5})[\dOIl]{8}(?!\w)", re.IGNORECASE)
_ALIKE = str.maketrans("oOiIlL", "001111")
_LABELLED = re.compile(r"\bCPV\b[\s:nr.]*(?:kod\w*\s*)?(\d{8})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True)
class CpvTable:
    """{code8: (code with its control digit, name)}"""

    codes: dict

    def written(self, code8):
        return self.codes[code8][0]

    def named(self, code8):
        code, name = self.codes[code8]
        return f"{code} ({name})"

    def nearest(self, code8):
        """Three codes that a slip of one digit, or of two swapped ones, could have been meant for, and those above it;
        of a code far from all others the closest by number."""
        slips = [f"{code8[:i]}{digit}{code8[i + 1 :]}" for i in range(7, -1, -1) for digit in "0123456789"]
        slips += [f"{code8[:i]}{code8[i + 1]}{code8[i]}{code8[i + 2 :]}" for i in range(7)]
        parents = [code8[:length].ljust(8, "0") for length in range(7, 1, -1)]
        near = [one for one in dict.fromkeys([*slips, *parents]) if one in self.codes and one != code8][:_SHOWN]
        place = bisect(self._in_order, code8)
        around = self._in_order[max(0, place - _SHOWN) : place + _SHOWN]
        return near or sorted(around, key=lambda one: abs(int(one) - int(code8)))[:_SHOWN]

    @cached_property
    def _in_order(self):
        return sorted(self.codes)


def cpv_codes(text, table):
    """Cleaned list of code8 in the order in which they stand. One wrong code refuses the cell, with nearest ones."""
    if means_nothing(text):
        return EMPTY
    codes, notes = [], []
    certain = _SURE.search(text) or re.search(r"(?<!\d)\d{8}(?!\d)", text)
    lettered = next((one[0] for one in _LETTERED.finditer(text) if not one[0].isdigit()), None)
    if lettered and not certain:
        return refused(f"w kodzie „{lettered}” stoi litera zamiast cyfry{_near(lettered.translate(_ALIKE), table)}")
    for found in _WRITTEN.finditer(text):
        digits, control = re.sub(r"[. ]", "", found[1]), found[2] or ""
        if certain and len(digits) < 7:
            continue  # a number in the name behind a code
        outcome = _one(digits, control, found[0].strip(), table)
        if outcome.problem:
            return outcome
        if outcome.value not in codes:
            codes.append(outcome.value)
            notes += outcome.notes
    if not codes:
        return refused("nie ma tu kodu CPV; pozycja bez kodu jest dozwolona, więc możesz zostawić puste pole")
    if len(codes) > MOST:
        return refused(f"ponad {MOST} kodów CPV w jednej pozycji")
    return Cleaned(codes, tuple(notes))


def cpv_within(text, table):
    """code8 of the codes that a free text names beyond doubt: with the right control digit, or called CPV."""
    sure = [(written.replace(".", ""), control) for written, control in _SURE.findall(text)]
    codes = [code8 for code8, control in sure if code8 in table.codes and table.written(code8)[-1] == control]
    return list(dict.fromkeys([*codes, *(code8 for code8 in _LABELLED.findall(text) if code8 in table.codes)]))


def _one(digits, control, written, table):
    if len(digits) == 7:
        return _seven(digits, control, written, table)
    if len(digits) < 8:
        return refused(f"„{written}” ma za mało cyfr na kod CPV{_near(digits, table)}")
    if digits not in table.codes:
        return refused(f"nie ma kodu CPV „{written}”{_near(digits[:8], table)}")
    if control and table.written(digits)[-1] != control:
        near = ", ".join(table.named(code) for code in [digits, *table.nearest(digits)][:_SHOWN])
        return refused(f"w kodzie „{written}” nie zgadza się cyfra kontrolna; najbliższe kody: {near}")
    if not control:
        return Cleaned(digits, (f"dopisano cyfrę kontrolną: {table.written(digits)}",))
    return Cleaned(digits)


def _seven(digits, control, written, table):
    """A spreadsheet drops the zero in front. Only where nothing else can have been meant."""
    full = f"0{digits}"
    fits = full in table.codes and (not control or table.written(full)[-1] == control)
    if fits and (control or f"{digits}0" not in table.codes):
        return Cleaned(full, (f"dopisano zero zgubione przez arkusz: {table.written(full)}",))
    return refused(f"„{written}” ma 7 cyfr, a kod CPV ma ich 8{_near(digits, table)}")


def _near(digits, table):
    full = digits.ljust(8, "0")
    near = [*([full] if full in table.codes else []), *table.nearest(full)][:_SHOWN]
    return f"; najbliższe kody: {', '.join(table.named(code) for code in near)}" if near else ""
