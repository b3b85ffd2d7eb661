"""New cards with the parties behind them, their offers, statuses and codes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.polish import sort_key
from registry.choices import Verifier
from registry.models import (
    Institution,
    NameKey,
    Offer,
    OfferCpv,
    Organisation,
    OrganisationPkd,
    SocialEnterpriseStatus,
    Unit,
)
from registry.use_cases.imports import lookups
from registry.use_cases.imports.addresses import Slugs
from registry.use_cases.imports.fields import ADDRESS, CARD, IDENTIFIERS, INSTITUTION, UNIT
from registry.use_cases.imports.namekeys import COLUMNS as KEY_COLUMNS
from registry.use_cases.imports.namekeys import key_row
from registry.use_cases.imports.operators import Operators
from registry.use_cases.imports.sql import copy_rows, fetch, reserve_ids
from registry.use_cases.imports.writing import Inserts, update

_APPEARED = "po sprawdzeniu pliku ten podmiot pojawił się w rejestrze; wczytaj wiersz jeszcze raz"


@dataclass
class Batch:
    """The cards of one chunk on their way: what was found out about them, then what is to be written."""

    cards: list
    slugs: list
    operators: Iterator
    institution_ids: Iterator
    unit_ids: Iterator
    offer_ids: Iterator
    inserts: Inserts | None = None
    keys: list = field(default_factory=list)
    # {institution id: values} of parties that stand in the register already, without a card.
    filled: dict = field(default_factory=dict)


class Creator:
    """Creates the cards of one run. `left` collects (row number, reason) of rows that came too late."""

    def __init__(self, run, *, now):
        self.run, self.now = run, now
        self.left = []
        self.operators = Operators(now=now)
        self._slugs = Slugs()

    def create(self, rows):
        """Create cards of (row number, card id, values, changes); returns the ids of those made."""
        return self.write(self.compose(self.prepare(rows)))

    def prepare(self, rows):
        """The first of three steps: all that has to be asked of the database. Returns what `compose` needs."""
        rows = self._still_new([(number, pk, values) for number, pk, values, _ in rows])
        given = [values for _, _, values in rows]
        offers = sum(len(values.get("offers", ())) for values in given)
        return Batch(
            cards=[(pk, values) for _, pk, values in rows],
            slugs=self._slugs.free([(values["name"], values.get("town", "")) for values in given]),
            operators=iter(self.operators.resolve([one["new_operator"] for one in given if "new_operator" in one])),
            institution_ids=iter(reserve_ids(_table(Institution), sum(1 for one in given if not _is_attached(one)))),
            unit_ids=iter(reserve_ids(_table(Unit), sum(1 for one in given if "unit" in one))),
            offer_ids=iter(reserve_ids(_table(Offer), offers)),
        )

    def compose(self, batch):
        """The second step: the rows to be written. Asks the database nothing."""
        batch.inserts = inserts = Inserts(now=self.now)
        for (pk, values), slug in zip(batch.cards, batch.slugs, strict=True):
            institution, unit = self._add_party(values, batch)
            inserts[Organisation].add(**self._card(values), id=pk, institution_id=institution, unit_id=unit, slug=slug)
            for position, code in enumerate(values.get("pkd", ())):
                inserts[OrganisationPkd].add(organisation_id=pk, code_id=code, is_main=position == 0)
            if "ps" in values:
                inserts[SocialEnterpriseStatus].add(institution_id=institution, **values["ps"])
            _add_offers(inserts, pk, 0, values.get("offers", ()), batch.offer_ids)
        return batch

    def write(self, batch):
        """The third step; returns the ids of the cards."""
        batch.inserts.flush(Institution, Unit)
        copy_rows(_table(NameKey), KEY_COLUMNS, batch.keys)
        update(Institution, _blanks(batch.filled), now=self.now)
        batch.inserts.flush(Organisation, OrganisationPkd, SocialEnterpriseStatus, Offer, OfferCpv)
        return [pk for pk, _ in batch.cards]

    def _still_new(self, rows):
        """Leave rows whose organisation somebody entered since the file was staged."""
        known = lookups.by_identifiers([values for _, _, values in rows if not _is_attached(values)])
        attached = [values["institution"] for _, _, values in rows if "institution" in values]
        free = _lock_without_card(attached)
        kept = []
        for row in rows:
            values = row[2]
            if "institution" in values:
                late = values["institution"] not in free
            else:
                late = any((name, values.get(name)) in known for name in IDENTIFIERS)
            if late:
                self.left.append((row[0], _APPEARED))
            else:
                kept.append(row)
        return kept

    def _add_party(self, values, batch):
        """(institution id, unit id or None)"""
        name = values["name"]
        if "unit" in values:
            pk = next(batch.unit_ids)
            operator = next(batch.operators) if "new_operator" in values else values.get("operator")
            columns = columns_of(UNIT, values) | {"operator_id": operator}
            batch.inserts[Unit].add(**columns, id=pk, sort_key=sort_key(name))
            batch.keys.append(key_row(name, unit=pk))
            return operator, pk
        if "institution" in values:
            batch.filled[values["institution"]] = values
            return values["institution"], None
        pk = next(batch.institution_ids)
        batch.inserts[Institution].add(**columns_of(INSTITUTION, values), id=pk, sort_key=sort_key(name))
        numbers = sum(1 for number in IDENTIFIERS if number in values)
        batch.keys.append(key_row(name, institution=pk, numbers=numbers))
        return pk, None

    def _card(self, values):
        columns = columns_of(CARD, values)
        if "verified_on" in values:
            columns["verified_by"] = Verifier.REGISTER.value
        columns["source_id"] = self.run.source_id
        columns["published_at"] = self.now if self.run.publish else None
        return columns


def add_offers(wanted, *, now):
    """Write offers of [(card id, first position, [[name, category, CPV code], …])]; a person confirms them later."""
    inserts = Inserts(now=now)
    ids = iter(reserve_ids(_table(Offer), sum(len(given) for _, _, given in wanted)))
    for card, first, given in wanted:
        _add_offers(inserts, card, first, given, ids)
    inserts.flush(Offer, OfferCpv)


def _add_offers(inserts, card, first, given, ids):
    for position, (name, category, cpv) in enumerate(given, start=first):
        pk = next(ids)
        inserts[Offer].add(id=pk, organisation_id=card, name=name, category_id=category, position=position)
        if cpv:
            inserts[OfferCpv].add(offer_id=pk, code_id=cpv)


def columns_of(table, values):
    """{column: value} of those values that this table holds."""
    return {column: values[name] for name, column in table.items() if name in values}


def _table(model):
    return model._meta.db_table


def _is_attached(values):
    return "unit" in values or "institution" in values


def _lock_without_card(institutions):
    """Those of the living institutions that still have no card of their own; locked."""
    if not institutions:
        return set()
    query = """
        SELECT p.id FROM registry_institution p WHERE p.id = ANY(%s) AND p.removed_at IS NULL AND NOT EXISTS (
            SELECT FROM registry_organisation o
            WHERE o.institution_id = p.id AND o.unit_id IS NULL AND o.removed_at IS NULL)
        ORDER BY p.id FOR NO KEY UPDATE"""
    return {pk for (pk,) in fetch(query, [institutions])}


def _blanks(given):
    """{institution id: {column: value}} of what the register does not say yet; an address only where there is none."""
    if not given:
        return {}
    listed = ", ".join(f'"{column}"' for column in INSTITUTION.values())
    filled = {}
    for pk, *found in fetch(f"SELECT id, {listed} FROM registry_institution WHERE id = ANY(%s)", [list(given)]):  # noqa: S608
        old = dict(zip(INSTITUTION, found, strict=True))
        homeless = not any(old[name] for name in ADDRESS)
        new = {
            name: value
            for name, value in given[pk].items()
            if name in old and not old[name] and value and (name not in ADDRESS or homeless)
        }
        if new:
            filled[pk] = columns_of(INSTITUTION, new)
    return filled
