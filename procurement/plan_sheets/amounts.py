"""Values of orders: net, in PLN, from the many ways in which plans write them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from procurement.plan_sheets.numbers import decimal
from procurement.plan_sheets.outcome import EMPTY, Cleaned, refused
from procurement.plan_sheets.undecided import is_undecided
from registry.spreadsheets.repairs.text import means_nothing, one_line

GROSZ = Decimal("0.01")
# A hundred thousand million: no authority plans an order like that, a slip of the keyboard makes one.
MOST = Decimal(10) ** 11
_LONGEST = 200
_YEAR = re.compile(r"\b(?:w\s+)?(?:19|20)\d\d\s?(?:r\.|r\b|rok\w*)")
_RATE = re.compile(r"(?:\bvat\s*:?\s*)?(?<![\d,.])(\d{1,2})\s?%(?:\s*vat\b)?")
_UNITS = {"tys": 3, "tyś": 3, "mln": 6, "mil": 6, "mld": 9}
_AMOUNT = re.compile(
    r"(?P<number>\d(?:[\d\s.,'’]*\d)?)(?:,\s?[-–—]+)?\s*"
    r"(?P<unit>tys\w*|tyś\w*|mln|milion\w*|mld|miliard\w*)?\.?\s*"
    r"(?P<currency>zł\w*|zl\b|pln\b|eur\w*|€|usd\b|\$|dolar\w*|chf\b|frank\w*|gbp\b|£|czk\b)?\.?\s*"
    r"(?P<basis>netto|brutto|bez\s(?:podatku\s)?vat|(?:z|w\stym)\s(?:podatkiem\s)?vat)?"
)
_FOREIGN = re.compile(r"eur(?!op)\w*|€|\busd\b|\$|dolar\w*|\bchf\b|frank\w*|\bgbp\b|£|\bczk\b")
_POLISH = re.compile(r"\bzł\w*|\bzl\b|\bpln\b|(?<=\d)(?:zł|zl|pln)")
_NET, _GROSS = re.compile(r"netto|bez\s(?:podatku\s)?vat"), re.compile(r"brutto|\bz\s(?:podatkiem\s)?vat")
# Looked for beside the rate, which is taken off before amounts are.
_WITH_VAT = re.compile(r"\b(?:z|w\stym|wraz\sz|zawiera)\s(?:podatkiem\s)?(?:\d{1,2}\s?%\s?)?(?:podatku\s)?vat\b")
_BOUND = re.compile(
    r"\b(?:od|do|min|minimum|max|maks\w*|powyżej|ponad|poniżej|przynajmniej|co najmniej|najwyżej|najmniej|"
    r"nie (?:więcej|mniej|wyższ\w+|niższ\w+)|między|pomiędzy)\b|[<>≤≥]"
)
_ROUGHLY = re.compile(r"\b(?:ok|około|okolo|blisko|prawie|ca|circa|szac\w*|orient\w*|przybliż\w*)\b|~|≈")
_MORE_OR_LESS = re.compile(r"±|\+\s?/\s?-")
# "cz. 1 100 000": a part and its value, or more than a million.
_NUMBERED = re.compile(r"\b(?:cz|część|części|poz|pozycja|zad|zadanie|pakiet|etap|lp|nr)\.?\s*(?:nr\.?\s*)?$")
_SHARE = re.compile(r"\d\s?%\s*(?:z|od)\s+\d")
_BY_PIECE = re.compile(
    r"\b(?:miesięczn\w*|roczn\w*|kwartaln\w*|jednostkow\w*)|\bza\s(?:szt|m2|m3|godz|tonę|mies|rok|osob|kg)|"
    r"/\s?(?:szt|m2|m3|m-?c|mies|rok|godz|os|kg|t\b)|\b(?:na|w|co|za) (?:miesiąc|rok|m-?c)\b"
)
_RANGE = re.compile(r"\s*(?:[-–—÷]|do|a)\s*")


class Amount(NamedTuple):
    """`words` is what was written, when it says more than the number."""

    value: Decimal
    is_approximate: bool = False
    words: str = ""


def amount(text, *, heading=""):
    """Cleaned Amount. `heading` may say of a whole column that it is gross, in thousands or in another currency."""
    if means_nothing(text):
        return EMPTY
    text = one_line(text)
    if len(text) > _LONGEST:
        return refused("zbyt długi wpis jak na kwotę")
    lowered = text.lower()
    rates = set(_RATE.findall(lowered))
    bare = _RATE.sub(" ", _YEAR.sub(" ", lowered))
    found = list(_AMOUNT.finditer(bare))
    if not found:
        undecided = is_undecided(lowered)
        return refused(
            "wartość nieustalona; podaj orientacyjną kwotę netto" if undecided else "nie ma tu kwoty zapisanej cyframi"
        )
    chosen, problem = _the_one(found, bare)
    if problem := _not_a_value(lowered, bare, found[0]) or problem or _not_whole(lowered, bare, chosen):
        return refused(problem)
    return _amount(text, bare, chosen, heading.lower(), rates, single=len(found) == 1)


def _not_a_value(lowered, bare, first):
    """Why what is written is no value of an order at all, if so."""
    if re.search(r"(?:^|\s)[-–−]\s?$", bare[: first.start()]):
        return "wartość nie może być ujemna"
    if _BY_PIECE.search(bare):
        return "podano cenę za jednostkę albo okres; wpisz wartość całego zamówienia"
    return "podano część kwoty; wpisz wartość całego zamówienia" if _SHARE.search(lowered) else None


def _not_whole(lowered, bare, chosen):
    """Why the amount says less than a value, if so: a limit, or a number that a part may share."""
    if _BOUND.search(f"{bare[: chosen.start()]} {bare[chosen.end() :]}") or lowered.rstrip().endswith("+"):
        return "podano tylko granicę albo przedział; wpisz jedną orientacyjną kwotę"
    if _NUMBERED.search(bare[: chosen.start()]):
        return "nie wiadomo, co tu jest numerem, a co kwotą; wpisz samą kwotę"
    return None


def _amount(text, bare, chosen, column, rates, *, single):
    if _is_foreign(chosen["currency"] or "", bare if single else "", column):
        return refused("kwota w innej walucie; podaj wartość netto w złotych")
    power, notes = _UNITS.get((chosen["unit"] or "")[:3], 0), []
    if power:
        notes.append("kwotę słowną zamieniono na liczbę")
    elif re.search(r"\bw\s?tys", column):
        power = 3
        notes.append("kwota w tysiącach, jak mówi nagłówek")
    number = decimal(chosen["number"], has_unit=bool(power), is_money=bool(chosen["currency"]))
    # "1.500 tys." may be one and a half thousand or one and a half million.
    if number is None or (power == 3 and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", chosen["number"])):
        return refused("nie wiadomo, co w tej kwocie jest separatorem tysięcy, a co grosze")
    value, gross = number * 10**power, _is_gross(chosen, bare if single else "", column)
    gross = gross or (single and not _NET.search(bare) and _WITH_VAT.search(text.lower()) is not None)
    if gross and len(rates) != 1:
        return refused("kwota brutto bez stawki VAT; podaj wartość netto")
    if gross:
        [rate] = rates
        value /= 1 + Decimal(rate) / 100
        notes.append(f"z kwoty brutto i stawki {rate}% policzono netto")
    if value >= MOST:
        return refused("kwota jest nieprawdopodobnie wysoka; sprawdź ją")
    value = value.quantize(GROSZ, ROUND_HALF_UP)
    if value == 0:
        return refused("wartość wynosi zero; podaj orientacyjną wartość zamówienia")
    roughly = bool(_ROUGHLY.search(bare[: chosen.start()]) or _MORE_OR_LESS.search(text))
    if roughly:
        notes.append("kwota przybliżona")
    says_more = roughly or gross or chosen["unit"] or not single
    return Cleaned(Amount(value, roughly, text if says_more else ""), tuple(notes))


def _the_one(found, text):
    """(match, None) of the amount that counts: the only one, the only net one, the only one in PLN; or the reason."""
    if len(found) == 1:
        return found[0], None
    gap = text[found[0].end() : found[1].start()]
    if _RANGE.fullmatch(gap) or re.search(r"\bod\b", text[: found[0].start()]):
        return None, "podano przedział; wpisz jedną orientacyjną kwotę"
    net = [one for one in found if _NET.match(one["basis"] or "")]
    if len(net) == 1 and all(one["basis"] for one in found):
        return net[0], None
    polish = [one for one in found if one["currency"] and not _FOREIGN.match(one["currency"])]
    foreign = [one for one in found if one["currency"] and _FOREIGN.match(one["currency"])]
    if len(polish) == 1 and len(polish) + len(foreign) == len(found):
        return polish[0], None
    return None, "podano kilka kwot; wpisz jedną, całego zamówienia"


def _is_gross(chosen, text, column):
    """As said with the amount, anywhere in a cell of one amount, or by the heading."""
    for where in (chosen["basis"] or "", text, column):
        if _NET.search(where):
            return False
        if _GROSS.search(where) or where.startswith("w tym"):
            return True
    return False


def _is_foreign(currency, text, column):
    for where in (currency, text, column):
        if _POLISH.search(where) or where.startswith(("zł", "zl", "pln")):
            return False
        if _FOREIGN.search(where):
            return True
    return False
