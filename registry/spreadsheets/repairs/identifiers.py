"""NIP, REGON, KRS and the electronic delivery address: an impossible one is refused, never bent into shape."""

import re

from stdnum.pl import nip as stdnum_nip
from stdnum.pl import regon as stdnum_regon

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, notes, refused
from registry.spreadsheets.repairs.text import means_nothing

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?\s?[eE]\s?\+?\d+")
_SEPARATORS = re.compile(r"[\s.\-–—−/']+")
_FRACTION_OF_NOTHING = re.compile(r"(\d+)[.,]0+")
_LABEL = re.compile(
    r"(?:nr|numer)?\s*(?:nip|regon|krs)?\s*(?:nr|numer)?\s*[:.]?\s*(?:PL(?=[\s\d-]))?\s*", re.IGNORECASE
)
_ADE = re.compile(r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}")
_REGISTER_LABEL = {"nip": "NIP", "regon": "REGON", "krs": "KRS"}


def nip(raw):
    text, digits, early = _digits(raw, "nip")
    if early is not None:
        return early
    if len(digits) != 10:
        hint = "; to wygląda na REGON" if len(digits) == 9 and _regon_holds(digits) else ""
        return refused(f"NIP ma {_count(len(digits))} zamiast 10{hint}")
    if stdnum_nip.checksum(digits):
        return refused("NIP ma błędną cyfrę kontrolną")
    return Cleaned(digits, notes("zapis-numeru") if digits != text else ())


def regon(raw):
    text, digits, early = _digits(raw, "regon")
    if early is not None:
        return early
    written = notes("zapis-numeru" if digits != text else None)
    if len(digits) in (9, 14) and _regon_holds(digits) and not (len(digits) == 14 and digits.endswith("00000")):
        return Cleaned(digits, written)
    if len(digits) == 14 and digits.endswith("00000") and _regon_holds(digits[:9]):
        return Cleaned(digits[:9], (*written, *notes("regon-14")))
    for length in (9, 14):
        padded = digits.zfill(length)
        # Two or three zeros are the most that old REGON numbers begin with.
        if length - 3 <= len(digits) < length and _regon_holds(padded):
            doubt = None if len(digits) == length - 1 else "REGON uzupełniono kilkoma zerami; sprawdź go"
            return Cleaned(padded, (*written, *notes("zera")), doubt=doubt)
    if len(digits) not in (9, 14):
        return refused(f"REGON ma {_count(len(digits))} zamiast 9 lub 14")
    return refused("REGON ma błędną cyfrę kontrolną")


def krs(raw):
    text, digits, early = _digits(raw, "krs")
    if early is not None:
        return early
    if len(digits) > 10:
        return refused(f"numer KRS ma {_count(len(digits))} zamiast 10")
    if len(digits) < 10:
        return Cleaned(digits.zfill(10), notes("zapis-numeru" if digits != text else None, "zera"))
    return Cleaned(digits, notes("zapis-numeru") if digits != text else ())


def ade(raw):
    text = cell_text(raw)
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    value = re.sub(r"\s", "", text.upper()).replace("–", "-").replace("—", "-")
    if value.startswith("PL-"):
        value = f"AE:{value}"
    if not _ADE.fullmatch(value):
        return refused("adres do e-Doręczeń ma postać AE:PL-00000-00000-AAAAA-00")
    return Cleaned(value, notes("zapis-numeru") if value != text else ())


def _digits(raw, register):
    """(text, digits, outcome): the outcome is given when the digits cannot even be weighed."""
    text = cell_text(raw)
    if not text:
        return text, "", EMPTY
    if text.isascii() and text.isdigit():
        digits = text
    elif means_nothing(text):
        return text, "", Cleaned(notes=notes("puste"))
    elif _SCIENTIFIC.fullmatch(text):
        return (
            text,
            "",
            refused(f"{_REGISTER_LABEL[register]} zapisany przez arkusz skrótowo; końcowe cyfry przepadły"),
        )
    else:
        whole = _FRACTION_OF_NOTHING.fullmatch(text)
        digits = whole[1] if whole else _SEPARATORS.sub("", _LABEL.sub("", text, count=1))
        if not (digits.isascii() and digits.isdigit()):
            return text, "", refused(f"{_REGISTER_LABEL[register]} zawiera coś innego niż cyfry")
    if not digits.strip("0"):
        return text, "", Cleaned(notes=notes("puste"))
    return text, digits, None


def _regon_holds(digits):
    """Check digits of 9 or 14 known digits; a 14-digit number carries the one of its first nine as well."""
    first = stdnum_regon.calc_check_digit(digits[:8]) == digits[8]
    return first and (len(digits) == 9 or stdnum_regon.calc_check_digit(digits[:13]) == digits[13])


def _count(number):
    return f"{number} cyfrę" if number == 1 else f"{number} cyfry" if 2 <= number <= 4 else f"{number} cyfr"
