"""What kind of organisation a word means, and what legal form follows from it."""

import functools
import re

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.kind_words import CELL_WORDS, FORM_WORDS, KINDS, LEGAL_FORMS, NAME_WORDS
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, notes, refused
from registry.spreadsheets.repairs.text import fold, means_nothing

_CODE = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")


def kind(raw):
    """Code of the kind; a legal form that follows from it is in extra["legal_form"]."""
    text = cell_text(raw)
    return _kind(text) if text else EMPTY


@functools.lru_cache(maxsize=2048)
def _kind(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    code = text.lower()
    if code in KINDS:
        form = "spoldzielnia" if code.startswith("spoldzielnia") else None
        return Cleaned(code, notes("rodzaj") if code != text else (), extra={"legal_form": form} if form else None)
    words = fold(text)
    if re.search(r"\bzpch\b|zaklad\w* pracy chronion", words):
        return refused("zakład pracy chronionej to status, nie rodzaj podmiotu", extra={"is_zpch": True})
    if re.fullmatch(r"ps|przedsiebiorstw\w+ spoleczn\w+", words):
        return refused("przedsiębiorstwo społeczne to status, nie rodzaj podmiotu", extra={"ps_status": True})
    if len(words) > 120:
        return refused("nieznany rodzaj podmiotu")
    for pattern, code, form in CELL_WORDS:
        # A code that merely begins with a known one (CIS_NAZWA) is somebody's own code, not ours.
        matched = pattern.fullmatch(words) if _CODE.fullmatch(text) else pattern.search(words)
        if matched:
            return Cleaned(code, notes("rodzaj"), extra={"legal_form": form} if form else None)
    return refused("nieznany rodzaj podmiotu")


def legal_form(raw):
    """Code of the legal form."""
    text = cell_text(raw)
    return _legal_form(text) if text else EMPTY


@functools.lru_cache(maxsize=2048)
def _legal_form(text):
    if text in LEGAL_FORMS:
        return Cleaned(text)
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    words = fold(text)
    if len(words) > 120:
        return refused("nieznana forma prawna")
    if words.replace(" ", "_") in LEGAL_FORMS:
        return Cleaned(words.replace(" ", "_"), notes("forma"))
    if re.search(r"jednostk\w+ operatora", words):
        return Cleaned(notes=notes("forma-jednostki"))
    for pattern, _code, form in CELL_WORDS:
        if form and pattern.search(words):
            return Cleaned(form, notes("forma"))
    for pattern, form in FORM_WORDS:
        if pattern.search(words):
            return Cleaned(form, notes("forma"))
    return refused("nieznana forma prawna")


@functools.lru_cache(maxsize=1024)
def guess_kind(name):
    """(kind, legal form) that a name tells, or None; only the nominative counts ("przy Fundacji X" does not)."""
    words = fold(name)
    for pattern, code, form in NAME_WORDS:
        if pattern.search(words):
            return code, form
    return None
