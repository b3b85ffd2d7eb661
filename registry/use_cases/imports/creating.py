"""New cards with the parties behind them, their offers, statuses and codes."""

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
from registry.use_cases.imports.sql import copy_rows, fetch
from registry.use_cases.imports.writing import Insert, update

_APPEARED = "po sprawdzeniu pliku ten podmiot pojawił się w rejestrze; wczytaj wiersz jeszcze raz"


class Creator:
    """Creates the cards of one run. `left` collects (row number, reason) of rows that came too late."""

    def __init__(self, run, *, now):
        self.run, self.now = run, now
        self.left = []
        self.operators = Operators(now=now)
        self._slugs = Slugs()

    def create(self, rows):
        """Create cards of (row number, card id, values, changes); returns the ids of those made."""
        rows = self._still_new([(number, pk, values) for number, pk, values, _ in rows])
        parties = self._add_parties([values for _, _, values in rows])
        slugs = self._slugs.free([(values["name"], values.get("town", "")) for _, _, values in rows])
        cards, links = Insert(Organisation, now=self.now), Insert(OrganisationPkd, now=self.now)
        statuses = Insert(SocialEnterpriseStatus, now=self.now)
        for (_, pk, values), (institution, unit), slug in zip(rows, parties, slugs, strict=True):
            cards.add(**self._card(values), id=pk, institution_id=institution, unit_id=unit, slug=slug)
            for position, code in enumerate(values.get("pkd", ())):
                links.add(organisation_id=pk, code_id=code, is_main=position == 0)
            if "ps" in values:
                statuses.add(institution_id=institution, **values["ps"])
        for insert in (cards, links, statuses):
            insert.flush()
        add_offers([(pk, 0, values.get("offers", ())) for _, pk, values in rows], now=self.now)
        return [pk for _, pk, _ in rows]

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

    def _add_parties(self, rows):
        """[(institution id, unit id or None)]"""
        named = [values["new_operator"] for values in rows if "new_operator" in values]
        operators = iter(self.operators.resolve(named))
        institutions, units = Insert(Institution, now=self.now), Insert(Unit, now=self.now)
        institution_ids = institutions.reserve(sum(1 for values in rows if not _is_attached(values)))
        unit_ids = units.reserve(sum(1 for values in rows if "unit" in values))
        parties, keys, filled = [], [], {}
        for values in rows:
            name = values["name"]
            if "unit" in values:
                pk = next(unit_ids)
                operator = next(operators) if "new_operator" in values else values.get("operator")
                columns = columns_of(UNIT, values) | {"operator_id": operator}
                units.add(**columns, id=pk, sort_key=sort_key(name))
                keys.append(key_row(name, unit=pk))
                parties.append((operator, pk))
            elif "institution" in values:
                filled[values["institution"]] = values
                parties.append((values["institution"], None))
            else:
                pk = next(institution_ids)
                institutions.add(**columns_of(INSTITUTION, values), id=pk, sort_key=sort_key(name))
                numbers = sum(1 for number in IDENTIFIERS if number in values)
                keys.append(key_row(name, institution=pk, numbers=numbers))
                parties.append((pk, None))
        institutions.flush()
        units.flush()
        copy_rows(NameKey._meta.db_table, KEY_COLUMNS, keys)
        update(Institution, _blanks(filled), now=self.now)
        return parties

    def _card(self, values):
        columns = columns_of(CARD, values)
        if "verified_on" in values:
            columns["verified_by"] = Verifier.REGISTER.value
        columns["source_id"] = self.run.source_id
        columns["published_at"] = self.now if self.run.publish else None
        return columns


def add_offers(wanted, *, now):
    """Write offers of [(card id, first position, [[name, category, CPV code], …])]; a person confirms them later."""
    offers, codes = Insert(Offer, now=now), Insert(OfferCpv, now=now)
    listed = [(card, first + place, offer) for card, first, given in wanted for place, offer in enumerate(given)]
    for pk, (card, position, (name, category, cpv)) in zip(offers.reserve(len(listed)), listed, strict=True):
        offers.add(id=pk, organisation_id=card, name=name, category_id=category, position=position)
        if cpv:
            codes.add(offer_id=pk, code_id=cpv)
    offers.flush()
    codes.flush()


def columns_of(table, values):
    """{column: value} of those values that this table holds."""
    return {column: values[name] for name, column in table.items() if name in values}


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
