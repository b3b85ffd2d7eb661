"""What a Polish form may be a form of.

simplemma knows one lemma of a form, and not always the same one for all forms of a word: to it "sprzątanie" is a verb
and "sprzątania" a noun, "zakupem" belongs to "zakup" and "zakupów" to "zakupy". The rules below bring such lemmas
together. They were chosen by trying all forms of the words of real registers, of the CPV and of place names; a rule
that joins two words too many costs a search less than one that misses.
"""

import re

from core.polish.dictionary import lookup

SHORTEST_TAIL = 5
# Endings that give an unknown word away, with accents or without; the lemma ends as the second part says.
_TELLING = (
    (re.compile(r"(.{3,}o[śs])(?:ć|c|ci|cią|cia|ciom|ciach|ciami)"), "ć"),
    (re.compile(r"(.{3,}[csz]j)(?:a|i|e|ę|ą|o|om|ach|ami)"), "a"),
    (re.compile(r"(.{3,}[nw])(?:y|a|e|i|ego|emu|ej|ym|ą|ych|ymi)"), "y"),
)
PREFIXES = (
    *("aero", "agro", "anty", "aqua", "arcy", "audio", "auto", "bez", "bio", "cyber", "dwu", "eko", "elektro", "euro"),
    *("fizjo", "foto", "geo", "hydro", "inter", "krypto", "makro", "meta", "między", "mikro", "mini", "multi", "nad"),
    *(
        "nano",
        "neo",
        "nie",
        "około",
        "para",
        "pod",
        "ponad",
        "poza",
        "pół",
        "pra",
        "pro",
        "przeciw",
        "przed",
        "pseudo",
    ),
    *("psycho", "radio", "re", "samo", "socjo", "super", "śród", "tele", "termo", "trans", "trój", "trzy", "ultra"),
    *("wewnątrz", "wice", "wideo", "wielo", "współ", "zewnątrz"),
)
# What simplemma or the rules make up and no rule mends. The last two are one thing said in two ways: who looks for
# "transport osób niepełnosprawnych" means "transport osób z niepełnosprawnością".
_ODD = {
    "wynajm": "wynajem",
    "międzyleś": "międzylesie",
    "kotły": "kocioł",
    "niepełnosprawność": "niepełnosprawny",
    "niepelnosprawnosć": "niepełnosprawny",
}
# Endings of verbal nouns and those of their verbs, the longest first: czyszczenie - czyścić, koszenie - kosić.
_VERBAL_NOUNS = (
    ("szczenie", ("ścić", "szczyć")),
    ("żdżenie", ("ździć", "żdżyć")),
    ("szenie", ("sić", "szyć")),
    ("żenie", ("zić", "żyć")),
    ("nięcie", ("nąć",)),
    ("ęcie", ("ąć",)),
    ("anie", ("ać",)),
    ("enie", ("ić", "yć", "eć", "ieć")),
    ("cie", ("ć",)),
)
# Endings that can make one lemma a form of another: zakupy - zakup, środki - środek, socjalna - socjalny.
# The first that leads to a lemma counts.
_SAME_WORD = (
    ("ska", ("ski",)),
    ("ka", ("ki",)),
    ("ga", ("gi",)),
    ("ia", ("i",)),
    ("tra", ("trum",)),
    ("a", ("y",)),
    ("cje", ("cja",)),
    ("ie", ("i",)),
    ("e", ("y", "")),
    ("o", ("",)),
    ("ości", ("ość",)),
    ("ki", ("ek", "k", "ka")),
    ("gi", ("ga", "g")),
    ("y", ("", "a")),
    ("i", ("", "a")),
)
# The same of names: Mirsk - mirski, Strzelino - Strzelin, Wąsosze - Wąsosz, Lubina - Lubin.
_SAME_NAME = (
    ("sko", ("ski",)),
    ("cko", ("cki",)),
    ("dzko", ("dzki",)),
    ("sk", ("ski",)),
    ("ania", ("ań",)),
    ("owa", ("ów",)),
    ("o", ("",)),
    ("e", ("",)),
    ("a", ("", "o")),
)
# Forms of a town's name that the dictionary takes for those of another word: Głogowa, Mściwojowie.
_TOWNS = (("owa", ("ów",)), ("owie", ("ów",)), ("ania", ("ań",)))
# A form taken for one of a verb or an adjective may be one of a noun: nazwie - nazwa, broni - broń, rybie - ryba.
_NOUNS = (
    ("ie", ("a", "", "o")),
    ("ni", ("ń", "nia")),
    ("ci", ("ć", "cia")),
    ("si", ("ś",)),
    ("i", ("", "ia", "a")),
    ("y", ("", "a")),
    ("a", ("", "o")),
    ("ą", ("a",)),
    ("ę", ("a",)),
)
# Forms the dictionary lacks although it has others of the word: administracyjnego - administracyjny.
_MISSING = (
    ("ości", ("ość",)),
    *((ending, ("y",)) for ending in ("ego", "emu", "ymi", "ych", "ym", "ej", "ą", "e")),
    *((ending, ("i",)) for ending in ("iego", "iemu", "imi", "ich", "im", "iej", "ią", "ie")),
    *((ending, ("", "a", "o", "e")) for ending in ("ami", "ach", "om", "ów", "owi", "em", "iem", "ie", "u", "y", "i")),
    *((ending, ("a", "ia")) for ending in ("ę", "ą", "i")),
    ("a", ("", "o", "y")),
)


def readings(form):
    """Lemmas of a form (lower case, NFC) that the dictionary knows, the likeliest first; else an empty list."""
    common, names = lookup(form)
    found = [_settled(name, _SAME_NAME, _is_any) for name in names]
    if common:
        reading = common[0]
        found = [*_verbs(form), _settled(reading, _SAME_WORD, _is_common), *found]
        if reading == form:
            found += _neighbours(form)
        elif reading.endswith(("ć", "c")) or (form.endswith("ie") and reading.endswith(("i", "ia"))):
            found += _first(form, _NOUNS)
        elif form.endswith("a") and reading.endswith("y"):
            found += _first(form, (("a", ("o",)),))  # prawa: prawy, prawo
    if not found:
        found = _prefixed(form)
    return [_ODD.get(reading, reading) for reading in (*found, *_first(form, _TOWNS, _is_name))]


def guesses(word):
    """The likely lemma of a word that the dictionary does not know, in a list that may be empty."""
    known = _first(word, _MISSING, lambda form: lookup(form)[0])
    if known:
        return readings(known[0])
    for pattern, ending in _TELLING:
        told = pattern.fullmatch(word)
        if told:
            return [_ODD.get(told[1] + ending, told[1] + ending)]
    for start in range(1, len(word) - SHORTEST_TAIL + 1):
        tails = readings(word[start:])
        if tails:
            return [word[:start] + tails[0]]
    return []


def _neighbours(lemma):
    """Lemmas of which this one may be a form: gmin - gmina, seniora - senior, prawa - prawo, paczek - paczka."""
    others = [f"{lemma}a"]
    if lemma.endswith("a"):
        others = [lemma[:-1], f"{lemma[:-1]}o"]
    elif lemma.endswith("ek"):
        others = [f"{lemma[:-2]}ka"]
    return [other for other in others if _is_common(other)]


def _is_common(form):
    return form in lookup(form)[0]


def _is_name(form):
    return form in lookup(form)[1]


def _is_any(form):
    return _is_common(form) or _is_name(form)


def _settled(reading, endings, is_lemma):
    """The lemma on which all forms of a word agree: usługi - usługa, socjalna - socjalny, szkolenie - szkolić."""
    for _ in range(3):
        verbs = _verbs(reading)
        if verbs:
            return verbs[0]
        common, names = lookup(reading)
        further = names if is_lemma is _is_any else common
        if not further or further[0] == reading:
            break
        reading = further[0]
    if _is_adjective(reading):
        return reading
    return next(iter(_first(reading, endings, is_lemma)), reading)


def _is_adjective(reading):
    if reading.endswith(("ny", "wy", "ski", "cki", "dzki")):
        return True
    return reading.endswith(("y", "i")) and bool(lookup(f"{reading.removesuffix('y')}ego")[0])


def _verbs(noun):
    """The verbs of a verbal noun in the nominative."""
    return _first(noun, _VERBAL_NOUNS)


def _first(form, endings, is_lemma=_is_common):
    """Lemmas made of `form` by the first of `endings` that makes any."""
    for ending, others in endings:
        if form.endswith(ending):
            stem = form.removesuffix(ending)
            found = [stem + other for other in others if is_lemma(stem + other)]
            if found:
                return found
    return []


def _prefixed(word):
    """Lemmas of an unknown word made of a known one: niepełnosprawnych - niepełnosprawny."""
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_TAIL:
            tails = readings(word.removeprefix(prefix))
            if tails:
                return [prefix + tail for tail in tails]
    return []
