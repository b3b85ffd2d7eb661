"""Proposed changes as people read them: which place of the card, what stood there, what would stand there."""

from datetime import date

from core.templatetags.portal import date_words, money, phone
from registry.cards.areas import Areas
from registry.choices import Change, EmployeesBand, Subject, TargetGroup
from registry.models import (
    CpvCode,
    LegalForm,
    Municipality,
    Offer,
    OfferCategory,
    OfferPicture,
    OrganisationKind,
    Reference,
    Workplace,
)
from registry.proposals.fields import field_label
from registry.proposals.parts import ROWS, SENSITIVE

NOTHING = "(puste)"
DAYS = {"contact_consent_on", "started_on", "ended_on"}
CODED = {
    "legal_form": LegalForm,
    "category": OfferCategory,
    "municipality": Municipality,
    "cpv": CpvCode,
    "kind": OrganisationKind,
}
CLOSED = {"employees": dict(EmployeesBand.choices), "target_groups": dict(TargetGroup.choices)}
NAMED = {
    Subject.OFFER: Offer,
    Subject.WORKPLACE: Workplace,
    Subject.REFERENCE: Reference,
    Subject.PICTURE: OfferPicture,
}
ONE = {
    Subject.OFFER: "Oferta",
    Subject.WORKPLACE: "Miejsce działalności",
    Subject.REFERENCE: "Referencja",
    Subject.PICTURE: "Zdjęcie",
    Subject.UNIT: "Jednostka",
}
DONE = {Change.ADD: "nowa pozycja", Change.REMOVE: "do usunięcia"}


class Words:
    """Names of all codes that the given changes hold, read at once; `more` are other plain values beside them."""

    def __init__(self, changes, organisation, more=()):
        self._organisation = organisation
        wanted, areas = {name: set() for name in CODED}, set()
        for field, value in (*_values(changes), *more):
            if field == "serves":
                areas.update(value or ())
            elif field in CODED and value:
                wanted[field].update(value if isinstance(value, list) else [value])
        self._names = {}
        for field, keys in wanted.items():
            rows = CODED[field].objects.defer("boundary") if field == "municipality" else CODED[field].objects
            self._names[field] = {key: str(row) for key, row in rows.in_bulk(keys).items()} if keys else {}
        self._areas = Areas(areas) if areas else None
        self._rows = {subject: _titles(subject, changes) for subject in NAMED}

    def label(self, change):
        """ "Telefon", "Oferta „Catering”: opis", "Oferta „Catering”: do usunięcia"."""
        if change.subject in (Subject.CARD, Subject.PARTY):
            return self.field(change.subject, change.field)
        title = ONE[change.subject]
        if name := self._title(change):
            title = f"{title} „{name[:100]}”"
        what = DONE.get(change.action) or _inside(self.field(change.subject, change.field))
        return f"{title}: {what}"

    def field(self, subject, name):
        return field_label(subject, name, self._organisation)

    def said(self, name, value):
        """A plain value of a field; "(puste)" for nothing."""
        if value in (None, "", []):
            return NOTHING
        if name == "serves":
            return self._areas.words(value) if self._areas else ", ".join(value)
        if name in CODED:
            return "\n".join(self._names[name].get(one, str(one)) for one in _listed(value))
        if name in CLOSED:
            return ", ".join(CLOSED[name].get(one, str(one)) for one in _listed(value))
        if name in DAYS:
            return date_words(date.fromisoformat(value))
        if name == "phone":
            return phone(value)
        if name == "value_amount":
            return money(value)
        return "\n".join(value) if isinstance(value, list) else str(value)

    def facts(self, subject, values):
        """[(label, words)] of a whole row, without what is empty."""
        return [
            (self.field(subject, name), self.said(name, value))
            for name in _columns(subject)
            if (value := (values or {}).get(name)) not in (None, "", [])
        ]

    def _title(self, change):
        if change.action == Change.ADD:
            values = change.new or {}
            return values.get("name") or values.get("client") or values.get("alt") or values.get("town") or ""
        if change.action == Change.REMOVE and change.old:
            return change.old.get("name") or change.old.get("client") or change.old.get("alt") or ""
        return self._rows[change.subject].get(change.target, "")


def is_sensitive(change):
    """Whether a coordinator should look twice: who the organisation is, or who runs what."""
    return (change.subject == Subject.PARTY and change.field in SENSITIVE) or change.subject == Subject.UNIT


def change_labels(changes, organisation):
    words = Words(changes, organisation)
    return {one.pk: words.label(one) for one in changes}


def _inside(label):
    """ "Kody CPV" in the middle of a line: "kody CPV"."""
    return f"{label[0].lower()}{label[1:]}"


def _columns(subject):
    """In the order of the form; JSON keeps none."""
    return next(rows.fields for rows in ROWS.values() if rows.subject == subject)


def _listed(value):
    return value if isinstance(value, list) else [value]


def _values(changes):
    for one in changes:
        for value in (one.old, one.new):
            if one.action == Change.FIELD:
                yield one.field, value
            else:
                yield from (value or {}).items()


def _titles(subject, changes):
    keys = {one.target for one in changes if one.subject == subject and one.action == Change.FIELD}
    return {key: str(row) for key, row in NAMED[subject].objects.in_bulk(keys).items()} if keys else {}
