"""The words of an order that say what is wanted, and how much each of them says."""

import re
from dataclasses import dataclass
from functools import lru_cache

from core.polish import STOP_WORDS, lemma
from core.polish.lemmas import aspects, terms

MOST, SHORTEST = 40, 3
_WORD = re.compile(r"[^\W_]+|[,;:]")
# What follows says where, for whom or when, once something has been said.
_CONTEXT = frozenset("w we dla na przy do z ze u podczas pod przez od po na potrzeby ramach".split())
# What every order says of itself.
_EMPTY = """
usługa usługi świadczenie dostawa zakup wykonanie realizacja kompleksowy bieżący zapewnienie organizacja obsługa
przygotowanie potrzeba rok budynek obiekt teren lokal pomieszczenie siedziba jednostka gmina powiat miasto miejski
gminny powiatowy urząd szkoła zespół ośrodek pomoc społeczny dom centrum zamówienie przedmiot część zadanie projekt
program rama zakres sukcesywny sukcesywnie wraz publiczny osoba mieszkaniec uczestnik praca prace robota różny nowy
inny miesiąc dzień lata termin numer ulica okres udzielenie przeprowadzenie prowadzenie wybór wykonawca polegać
dotyczyć związany podstawowy samorządowy wojewódzki regionalny polityka starostwo zarząd instytucja placówka zakład
sprzedaż wynajem utrzymanie opracowanie materiał sprzęt wyposażenie budowa stały jednorazowy całodobowy codzienny
środek terenie utrzymywać system wewnętrzny zewnętrzny zlecenie etap informacyjny administracyjny dofinansowanie
wypożyczenie najem dzierżawa wymiana usuwanie montaż demontaż produkcja stworzenie nabycie sporządzenie dostarczenie
dostarczanie celowy indywidualny
"""
# "na konferencje i szkolenia": both are what it is for.
_FOR = frozenset(("na", "dla", "do"))
_VERBAL = ("nie", "nia", "cie", "cia")
FULL, ASIDE, EMPTY, NAME = 1.0, 0.5, 0.15, 0.3


@dataclass(frozen=True, slots=True)
class Word:
    """`terms` are those of core.polish, any of them a match; `share` is 1, or a half for what is said aside."""

    text: str
    terms: frozenset
    position: int
    share: float
    weight: float


@lru_cache(maxsize=20_000)
def content(text):
    """The Words of a text, each once, without those that only hold a sentence together."""
    found, aside, said, marker = {}, False, False, ""
    pieces = _WORD.findall(text[:2_000])
    shouted = text.isupper()
    for position, piece in enumerate(pieces):
        word = piece.lower()
        if word in _CONTEXT:
            aside, marker = said, word
            continue
        if word in ("oraz", "i", ",", ";", ":"):
            # "sprzątanie w szkole i koszenie trawnika": the second thing is no place.
            following = pieces[position + 1].lower() if position + 1 < len(pieces) else ""
            goes_on = word in ("oraz", ";") or (following.endswith(_VERBAL) and marker not in _FOR)
            aside = aside and not goes_on
            continue
        if len(word) < SHORTEST or word in STOP_WORDS or not any(char.isalpha() for char in word):
            continue
        share = ASIDE if aside else FULL
        forms = forms_of(word)
        empty = not forms.isdisjoint(_empty())
        named = position and piece[0].isupper() and not piece.isupper() and not shouted
        weight = (EMPTY if empty else NAME if named else FULL) * share
        said = said or not empty
        if forms not in found:
            found[forms] = Word(piece, forms, position, share, weight)
        if len(found) == MOST:
            break
    return tuple(found.values())


@lru_cache(maxsize=50_000)
def forms_of(word):
    """Terms of a word in lower case, of its work done and under way."""
    return frozenset({*terms(word), *aspects(word)})


@lru_cache(maxsize=1)
def _empty():
    return frozenset(lemma(word) for word in _EMPTY.split())
