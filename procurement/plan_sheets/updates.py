"""Column "informacja na temat aktualizacji" (Dz.U. 2020 poz. 2362)."""

import re

from procurement.choices import UpdateKind
from procurement.plan_sheets.outcome import EMPTY, Cleaned, refused
from registry.spreadsheets.repairs.text import fold, means_nothing

_STEMS = {
    UpdateKind.DROPPED: re.compile(r"\b(?:rezygn|usun|wykresl|skresl|odstap|wycof)"),
    UpdateKind.ADDED: re.compile(r"\b(?:dodan|dodaje|nowa poz|dopisan|wprowadzon)"),
    UpdateKind.CHANGED: re.compile(r"\b(?:zmian|zmien|aktualiz|korekt)"),
}
_NOTHING = re.compile(r"^(?:bez|brak) (?:zmian|aktualiz)|^nie (?:zmien|ulegl)")


def update(text):
    if means_nothing(text):
        return EMPTY
    words = fold(text)
    if _NOTHING.search(words):
        return EMPTY
    for kind, stem in _STEMS.items():
        if stem.search(words):
            return Cleaned(kind)
    return refused("nie wiadomo, czy to zmiana, dodanie, czy rezygnacja")
