"""What a spreadsheet shows beside a number and does not store with it: "50 000 €", "200 tys. zł", "brutto".

A number whose cell says that it is no plain one must not be read as one: the words stand behind it, as if typed.
"""

import re

# The first section of a format code is that of positive numbers; "[$€-407]" is a symbol, "[$-415]" only a language.
_PIECE = re.compile(r"\[\$([^\]-]*)[^\]]*\]|\"([^\"]*)\"|\\(.)|\[[^\]]*\]|_.|\*.|;|(.)", re.DOTALL)
# "#,##0," shows thousands: the number is stored whole, so the unit has been taken into account.
_SCALED = re.compile(r"[0#?],+(?![0#?])")
_CURRENCY = re.compile(r"\b(?:EUR|USD|CHF|GBP|CZK)\b|[€$£]", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:tys|mln|mld)\b", re.IGNORECASE)
_BASIS = re.compile(r"\b(?:brutto|netto)\b", re.IGNORECASE)


def words_of_format(code):
    """What a number format of XLSX shows beside the number, as far as it changes what the number means."""
    literals, rest = [], []
    for found in _PIECE.finditer(code):
        if found[0] == ";":
            break
        literal = found[1] or found[2] or found[3] or (found[4] if found[4] in tuple("€$£") else "")
        literals.append(literal or " ")
        rest.append("" if literal else found[4] or "")
    return telling("".join(literals), is_scaled=_SCALED.search("".join(rest)) is not None)


def words_of_cell(number, shown, currency):
    """The same of a cell of ODS, which holds what it shows: "200 tys." of the number 200 means more than of 200000."""
    symbol = "" if currency in ("", "PLN") or _CURRENCY.search(shown) else f" {currency}"
    whole = re.sub(r"\D", "", shown.split(",")[0])[:15]
    is_scaled = bool(number and whole) and abs(float(number)) >= int(whole) * 500
    return telling(shown + symbol, is_scaled=is_scaled)


def telling(text, *, is_scaled=False):
    """Of the words beside a number those that change what it means, or ""."""
    kinds = (_UNIT, _CURRENCY, _BASIS)
    found = [kind.search(text) for kind in kinds if not (is_scaled and kind is _UNIT)]
    return " ".join(one[0] for one in found if one)
