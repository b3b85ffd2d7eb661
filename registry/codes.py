"""Codes that lie in one another: what is stored with an entry, and what is asked of it."""

import re
from dataclasses import dataclass

COUNTRY = "PL"
_CPV = re.compile(
    r"(?P<name>(?:kod\W+)?CPV\W*)?(?P<digits>\d(?:[. ]?\d){1,7})(?: ?[-–] ?(?P<control>\d))?(?P<rest>[\s:,–-]+\D.*)?",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class CpvWriting:
    """What a text says of a CPV code. Only the dictionary knows whether there is one of these digits.

    `control` is the last digit when it was written; `certain` that the text can hardly mean another number.
    """

    code8: str
    control: str
    certain: bool


def cpv_writing(text):
    """The CpvWriting of "90910000-9", "90.91.00.00", "9091" and "CPV 9091 sprzątanie", else None."""
    found = _CPV.fullmatch(text.strip())
    if not found:
        return None
    digits = re.sub(r"[. ]", "", found["digits"])
    short = len(digits) < 8
    if short and not found["name"] and (found["rest"] or digits != found["digits"]):
        return None
    certain = bool(found["name"]) or (not short and bool(found["control"] or "." in found["digits"]))
    return CpvWriting(digits.ljust(8, "0"), found["control"] or "", certain)


def cpv_code(text):
    """ "90910000-9", "90910000" and "9091" as "90910000"; anything else as it is, which no dictionary knows."""
    found = cpv_writing(text)
    return found.code8 if found else text


def wider_areas(code):
    """TERYT codes of the areas that this one lies in: "0264011" → ["0264", "02"]; the country "PL" lies in none."""
    return [code[:length] for length in (4, 2) if length < len(code)]


def served_areas(codes):
    """What an entry stores of the areas it serves: the codes, and "0264*" for each area of which it serves a part."""
    return sorted({*codes, *(f"{wider}*" for code in codes for wider in wider_areas(code))})


def serving(code):
    """Any of these stored codes means that the area `code` is served, wholly or in part."""
    return [code, f"{code}*", *wider_areas(code), COUNTRY]


def cpv_parents(code8):
    """The code and all its parents as numbers: "90911200" → [90911200, 90911000, 90910000, 90900000, 90000000]."""
    return list(dict.fromkeys(int(code8[:length].ljust(8, "0")) for length in range(8, 1, -1)))


def pkd_parents(symbol):
    """ "2007:81.21.Z" → that and its class, group and division, each also without the version."""
    version, _, plain = symbol.partition(":")
    steps = [plain]
    parts = plain.split(".")
    if len(parts) == 3:
        steps += [".".join(parts[:2]), f"{parts[0]}.{parts[1][0]}", parts[0]]
    return [*steps, *(f"{version}:{step}" for step in steps)]
