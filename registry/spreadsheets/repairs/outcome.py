"""What cleaning one cell gives back, and the kinds of repair that reports count."""

import functools
from typing import Any, NamedTuple

NOTES = {
    "wielka-pisownia": "nazwę pisaną wielkimi literami zapisano zwykłą pisownią",
    "cudzyslowy": "ujednolicono cudzysłowy",
    "odstepy": "usunięto zbędne odstępy lub podział wiersza",
    "zapis-numeru": "usunięto odstępy, kreski lub przedrostek z numeru",
    "zera": "dopisano zera na początku, zgubione przez arkusz",
    "regon-14": "REGON dopełniony zerami do 14 cyfr skrócono do 9",
    "puste": "wpis oznaczający brak danych pominięto",
    "telefon": "ujednolicono zapis telefonu",
    "telefon-inne": "pozostałe numery telefonu zapisano osobno",
    "telefon-wewnetrzny": "numer wewnętrzny zapisano osobno",
    "email": "poprawiono zapis adresu e-mail",
    "email-inne": "pozostałe adresy e-mail zapisano osobno",
    "www": "uzupełniono lub poprawiono zapis adresu strony",
    "www-inne": "z kilku adresów stron wzięto pierwszy",
    "kod-pocztowy": "poprawiono zapis kodu pocztowego",
    "ulica": "ujednolicono zapis ulicy",
    "adres-podzielony": "adres rozdzielono na części",
    "adres-sklejony": "rozdzielono sklejony numer domu i kod pocztowy",
    "data": "ujednolicono zapis daty",
    "data-niepelna": "podano tylko rok lub miesiąc; przyjęto pierwszy dzień",
    "data-arkusza": "liczbę dni z arkusza zamieniono na datę",
    "tak-nie": "odpowiedź zamieniono na tak lub nie",
    "rodzaj": "rodzaj podmiotu rozpoznano z opisu",
    "forma": "formę prawną rozpoznano z opisu",
    "z-nazwy": "rodzaj podmiotu odczytano z nazwy",
    "powiat": "ujednolicono zapis powiatu",
    "powiat-dawny": "dawny powiat jeleniogórski to dziś karkonoski",
    "gmina": "ujednolicono zapis gminy",
    "wojewodztwo": "ujednolicono zapis województwa",
    "lista": "wpis rozdzielono na listę",
    "pkd": "ujednolicono zapis kodów PKD",
    "zatrudnienie": "liczbę osób zamieniono na przedział",
    "forma-jednostki": "jednostka bez własnej formy prawnej; formę ma jej organ prowadzący",
}


class Note(NamedTuple):
    """One repair: a code to count by and a short Polish text."""

    code: str
    text: str


class Cleaned(NamedTuple):
    """`value` (None when there is nothing to keep), repairs made, and at most one reason why it was refused.

    `doubt` is a warning about a value that was kept; `extra` are values that belong to other fields.
    """

    value: Any = None
    notes: tuple = ()
    problem: str | None = None
    doubt: str | None = None
    extra: dict | None = None


EMPTY = Cleaned()
_NOTE_OBJECTS = {code: Note(code, text) for code, text in NOTES.items()}


def note(code):
    return _NOTE_OBJECTS[code]


@functools.lru_cache(maxsize=1024)
def notes(*codes):
    """Notes of these codes, each once, the falsy ones left out."""
    return tuple(_NOTE_OBJECTS[code] for code in dict.fromkeys(codes) if code)


def refused(problem, *, extra=None):
    return Cleaned(problem=problem, extra=extra)
