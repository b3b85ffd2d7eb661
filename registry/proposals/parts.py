"""The parts of a card that can be edited: pages with fields of the card and its party, and rows that hang on it.

A section is one form: the code of a page, or the code of a kind of rows with the number of a row, `oferty:12`, or with
a name of its own as long as the row is only proposed, `oferty:n3fa9`.
"""

import re
import secrets
from dataclasses import dataclass

from registry.choices import Subject
from registry.models import Offer, OfferPicture, Organisation, Reference, Unit, Workplace

CARD, PARTY = Subject.CARD, Subject.PARTY
ADDRESS = ("street", "house_number", "flat_number", "postal_code", "post_office", "town", "municipality")
# What a coordinator should look at twice: who the organisation is.
SENSITIVE = {"name", "nip", "regon", "krs", "legal_form"}
ROW = re.compile(r"(?P<code>[a-z]+):(?P<key>n[0-9a-f]{6}|[1-9][0-9]{0,17})")


@dataclass(frozen=True)
class Page:
    """Fields of a card that are typed together: [(subject, name)]. What the party has no column for is left out."""

    code: str
    label: str
    fields: tuple


@dataclass(frozen=True)
class Rows:
    """Rows of one table: what one is called, its fields, whether people may add and remove them here."""

    code: str
    label: str
    one: str
    adding: str
    subject: str
    model: type
    fields: tuple
    may_add: bool = True
    may_remove: bool = True


def _of(subject, *names):
    return tuple((subject, name) for name in names)


PAGES = {
    page.code: page
    for page in (
        Page(
            "opis",
            "Opis i działalność",
            _of(CARD, "description", "mission", "target_groups", "employees", "serves", "accessibility"),
        ),
        Page(
            "kontakt",
            "Kontakt",
            (
                *_of(PARTY, "phone", "phone_other", "email", "www"),
                *_of(CARD, "opening_hours", "social_media", "contact_person", "contact_consent_on"),
            ),
        ),
        Page("adres", "Adres", _of(PARTY, *ADDRESS)),
        Page(
            "dane",
            "Nazwa i rejestry",
            _of(PARTY, "name", "short_name", "legal_form", "nip", "regon", "krs", "founded_year", "ended_on"),
        ),
    )
}
ROWS = {
    rows.code: rows
    for rows in (
        Rows(
            "oferty", "Oferty", "Oferta", "Dodaj ofertę", Subject.OFFER, Offer,
            ("name", "description", "category", "cpv", "capacity", "serves"),
        ),
        Rows(
            "zdjecia", "Zdjęcia", "Zdjęcie", "Dodaj zdjęcie", Subject.PICTURE, OfferPicture, ("alt",), may_add=False
        ),
        Rows(
            "miejsca", "Miejsca działalności", "Miejsce działalności", "Dodaj miejsce", Subject.WORKPLACE, Workplace,
            ("name", *ADDRESS),
        ),
        Rows(
            "referencje", "Referencje", "Referencja", "Dodaj referencję", Subject.REFERENCE, Reference,
            ("client", "subject", "year", "value_amount"),
        ),
        Rows(
            "jednostki", "Jednostki", "Nowa jednostka", "Dodaj jednostkę", Subject.UNIT, Unit,
            ("name", "kind", *ADDRESS, "phone", "email", "register_number", "started_on"), may_remove=False,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """`row` is None for pages and for rows that are only proposed."""

    code: str
    label: str
    fields: tuple
    kind: Rows | None = None
    row: int | None = None

    @property
    def is_new(self):
        return self.kind is not None and self.row is None

    @property
    def path(self):
        """Its part of the address."""
        return self.code.replace(":", "/")


def section_of(code):
    """The Section of a code, whether or not such a row exists; None when the code means nothing."""
    if code in PAGES:
        return Section(code, PAGES[code].label, PAGES[code].fields)
    found = ROW.fullmatch(code)
    if not found or found["code"] not in ROWS:
        return None
    kind, key = ROWS[found["code"]], found["key"]
    row = None if key.startswith("n") else int(key)
    if (row is None and not kind.may_add) or (row is not None and kind.subject == Subject.UNIT):
        return None
    return Section(code, kind.one, _of(kind.subject, *kind.fields), kind, row)


def new_code(kind):
    return f"{kind}:n{secrets.token_hex(3)}"


def model_of(subject, organisation):
    """The table of a subject; of the party whichever this card stands for."""
    if subject == CARD:
        return Organisation
    if subject == PARTY:
        return type(organisation.party)
    return next(rows.model for rows in ROWS.values() if rows.subject == subject)


def has_column(subject, name, organisation):
    """Pseudo-columns (codes of an offer, the kind of a new unit) count as columns."""
    if (subject, name) in ((Subject.OFFER, "cpv"), (Subject.UNIT, "kind")):
        return True
    return any(one.name == name for one in model_of(subject, organisation)._meta.concrete_fields)
