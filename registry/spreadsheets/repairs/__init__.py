"""Cleaning of one cell by its field. Nothing here raises for any text; a refused value carries its reason."""

import functools

from registry.spreadsheets.repairs import addresses, answers, contacts, dates, identifiers, kinds, names, places, text
from registry.spreadsheets.repairs.kinds import guess_kind
from registry.spreadsheets.repairs.outcome import EMPTY, NOTES, Cleaned, Note, notes, refused
from registry.spreadsheets.repairs.places import Gmina, county_key

__all__ = [
    "EMPTY",
    "FIELDS",
    "NOTES",
    "REFUSING_FIELDS",
    "Cleaned",
    "Gmina",
    "Note",
    "clean",
    "clean_row",
    "county_key",
    "guess_kind",
]

# A problem in one of these refuses the row; in any other the field is left empty with a warning.
REFUSING_FIELDS = frozenset(("name", "nip", "regon", "krs"))


# Longer texts are refused before any pattern is tried on them: a hostile cell must not cost more than a long one.
_LONGEST = 1_000
_LONG_FIELDS = frozenset(("description", "mission", "notes", "accessibility", "offers", "target_groups", "area"))


def _line(longest):
    return functools.partial(text.line, longest=longest)


def _block(longest):
    return functools.partial(text.block, longest=longest)


_CLEANERS = {
    "name": names.name,
    "short_name": _line(120),
    "kind": kinds.kind,
    "legal_form": kinds.legal_form,
    "nip": identifiers.nip,
    "regon": identifiers.regon,
    "krs": identifiers.krs,
    "other_register": _line(160),
    "street": addresses.street,
    "house_number": addresses.house_number,
    "flat_number": addresses.flat_number,
    "postal_code": addresses.postal_code,
    "post_office": places.town,
    "town": places.town,
    "gmina": places.gmina,
    "gmina_teryt": places.gmina_teryt,
    "powiat": places.powiat,
    "voivodeship": places.voivodeship,
    "address": addresses.address,
    "phone": contacts.phone,
    "email": contacts.email,
    "www": contacts.www,
    "contact_person": _line(120),
    "opening_hours": _line(200),
    "description": _block(10_000),
    "mission": _block(5_000),
    "offers": answers.items,
    "pkd": answers.pkd,
    "founded_on": dates.date,
    "is_opp": answers.answer,
    "is_zpch": answers.answer,
    "ps_status": answers.answer,
    "ps_decision_number": _line(80),
    "ps_granted_on": dates.date,
    "ps_lost_on": dates.date,
    "ct9": answers.answer,
    "mark_info": _line(300),
    "operator": names.name,
    "employees": answers.employees,
    "target_groups": answers.items,
    "area": answers.items,
    "verified_on": dates.date,
    "source_url": _line(300),
    "page_date": dates.date,
    "notes": _block(5_000),
    "accessibility": _block(5_000),
    "social_media": contacts.social_media,
    "ade": identifiers.ade,
}
FIELDS = tuple(_CLEANERS)


def clean(field, raw):
    """`Cleaned` value of one cell of any type; unknown fields raise KeyError, cells never raise."""
    cleaner = _CLEANERS[field]
    if isinstance(raw, str) and len(raw) > _LONGEST and field not in _LONG_FIELDS:
        return refused(f"wpis ma ponad {_LONGEST} znaków")
    return cleaner(raw)


def clean_row(mapping, cells):
    """{field: Cleaned} of one row, blank cells left out.

    Parts that one cell gives to another field (the house number of a street, the town of an address) fill that
    field when its own cell is blank. A kind that no column gives is read from the name.
    """
    row, lent = {}, []
    for field, raw in mapping.values(cells).items():
        if field not in _CLEANERS:
            continue
        cleaned = row[field] = clean(field, raw)
        if cleaned.extra:
            lent.append(cleaned.extra)
    for extra in lent:
        for field, value in extra.items():
            if field not in row and value is not None:
                row[field] = _lent(field, value)
    name = row.get("name")
    if "kind" not in row and name is not None and name.value:
        guess = guess_kind(name.value)
        if guess:
            row["kind"] = Cleaned(guess[0], notes("z-nazwy"))
            if guess[1]:
                row.setdefault("legal_form", Cleaned(guess[1], notes("z-nazwy")))
    return row


def _lent(field, value):
    """A value another cell gave, cleaned by its own rules; the note stays with the cell it was written in."""
    if isinstance(value, str) and field in _CLEANERS:
        return clean(field, value)._replace(notes=())
    return Cleaned(value)
