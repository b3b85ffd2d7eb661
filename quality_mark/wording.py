"""Words of a document from a template of the rules: {names} become facts of the case, nothing else is read."""

import re

from core.exceptions import Refused
from quality_mark.choices import DocumentKind

_NAME = re.compile(r"\{([a-z_]+)\}")
_OF_CASE = {
    "number": "numer",
    "organisation": "podmiot",
    "nip": "NIP",
    "operator": "operator jednostki",
    "offer": "oferta",
    "matter": "„przyznania” albo „przedłużenia”",
}
_DECIDED = {"note": "uzasadnienie", "date": "data pisma", "due": "termin"}
_PERIOD = {"from": "pierwszy dzień licencji", "until": "ostatni dzień"}
# What may stand in braces in the words of each document, and what it becomes.
FACTS = {
    DocumentKind.APPLICATION: _OF_CASE,
    DocumentKind.CORRECTION: _OF_CASE | {"faults": "braki", "due": "termin"},
    DocumentKind.UNEXAMINED: _OF_CASE | {"note": "uzasadnienie", "due": "termin"},
    DocumentKind.DECISION: _OF_CASE | _DECIDED,
    DocumentKind.REFUSAL: _OF_CASE | _DECIDED,
    DocumentKind.LICENCE: _OF_CASE | _PERIOD,
    DocumentKind.CERTIFICATE: _OF_CASE | _PERIOD,
    DocumentKind.MINUTES: {"date": "dzień i godzina", "place": "miejsce", "present": "obecni"},
    DocumentKind.SUSPENSION: _OF_CASE | _DECIDED | {"hearing": "termin wyjaśnień"},
    DocumentKind.REVOCATION: _OF_CASE | _DECIDED,
    DocumentKind.CORRECTED: _OF_CASE | _DECIDED,
}


def template_of(rulebook, kind):
    """The DocumentTemplate of this kind. Refused when the rules have none."""
    found = rulebook.templates.filter(kind=kind).first()
    if found is None:
        raise Refused(f"Zasady „{rulebook}” nie mają wzoru: {kind.label}.")
    return found


def fill(text, facts):
    """The text with the facts; a name that nobody knows stays as it was written, so that it is seen."""
    return _NAME.sub(lambda found: str(facts.get(found[1], found[0])), text)


def unknown_names(kind, text):
    """Names in braces that a document of this kind does not know, as they were written."""
    return [f"{{{name}}}" for name in dict.fromkeys(_NAME.findall(text)) if name not in FACTS.get(kind, {})]


def names_told(kind):
    """„{number} – numer, {offer} – oferta”."""
    return ", ".join(f"{{{name}}} – {meaning}" for name, meaning in FACTS.get(kind, {}).items())


def paragraphs(text, facts):
    """[paragraph]; those that are empty once they are filled are left out."""
    filled = (fill(part, facts).strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return [part for part in filled if part]
