"""How an order will be given: the words of a cell against the names, other names and articles of the modes."""

import re
from dataclasses import dataclass

from procurement.plan_sheets.outcome import EMPTY, Cleaned, refused
from registry.spreadsheets.repairs.text import fold, means_nothing

_ARTICLE = re.compile(r"(?:art\.?|i|oraz)\s*(\d+)((?:\s*(?:ust|pkt)\.?\s*\d+)*)")


@dataclass(frozen=True)
class ModeTable:
    """`wordings` {folded wording: code of a mode}, `keys` {code: what stands for the mode in a line}."""

    wordings: dict
    keys: dict

    @classmethod
    def of(cls, modes):
        """`modes`: [(key, code, label, synonyms, legal basis)]; the first one wins a wording that several claim."""
        wordings = {}
        for _, code, label, synonyms, basis in modes:
            articles = [f"art {number} {rest}" for number, rest in _ARTICLE.findall(basis)]
            for wording in (label, re.sub(r"\(.*?\)", "", label), code.replace("-", " "), *synonyms, *articles):
                wordings.setdefault(fold(wording), code)
        wordings.pop("", None)
        return cls(wordings, {code: key for key, code, *_ in modes})


def mode(text, table):
    """Cleaned key of the mode that the words name; several different ones, or none, are for a person."""
    if means_nothing(text):
        return EMPTY
    words = f" {fold(text)} "
    spans = []
    for wording, code in table.wordings.items():
        start = words.find(f" {wording} ")
        if start >= 0:
            spans.append((start, start + len(wording), code))
    codes = {code for start, end, code in spans if not _is_inside(start, end, spans)}
    # "tryb podstawowy, art. 275 pkt 1": the more particular one says more.
    codes = {code for code in codes if not any(other.startswith(f"{code}-") for other in codes)}
    if not codes:
        return refused("nie ma takiego trybu ani procedury w słowniku")
    if len(codes) > 1:
        return refused("podano kilka trybów; wybierz jeden")
    return Cleaned(table.keys[codes.pop()])


def _is_inside(start, end, spans):
    return any(s <= start and end <= e and e - s > end - start for s, e, _ in spans)
