"""New cards with the parties behind them, their offers, statuses and codes."""

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
from registry.use_cases.confirming.recording import record_list
from registry.use_cases.imports import lookups
from registry.use_cases.imports.addresses import Slugs
from registry.use_cases.imports.composing import Batch, Composer, add_to, columns_of
from registry.use_cases.imports.fields import ADDRESS, IDENTIFIERS, INSTITUTION
from registry.use_cases.imports.operators import Operators
from registry.use_cases.imports.sql import fetch, reserve_ids
from registry.use_cases.imports.writing import Inserts, update

_APPEARED = "po sprawdzeniu pliku ten podmiot pojawił się w rejestrze; wczytaj wiersz jeszcze raz"


class Creator:
    """Creates the cards of one run. `left` collects (row number, reason) of rows that came too late."""

    def __init__(self, run, *, now):
        self.run, self.now = run, now
        self.left = []
        # The second of three steps, which asks the database nothing and may be done by another process.
        self.compose = Composer(source=run.source_id, publish=run.publish, now=now)
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
            ids=[pk for _, pk, _ in rows],
            values=given,
            slugs=self._slugs.free([(values["name"], values.get("town", "")) for values in given]),
            operators=iter(self.operators.resolve([one["new_operator"] for one in given if "new_operator" in one])),
            institution_ids=iter(reserve_ids(_table(Institution), sum(1 for one in given if not _is_attached(one)))),
            unit_ids=iter(reserve_ids(_table(Unit), sum(1 for one in given if "unit" in one))),
            offer_ids=iter(reserve_ids(_table(Offer), offers)),
        )

    def write(self, batch):
        """The third step; returns the ids of the cards."""
        batch.inserts.flush(Institution, Unit, NameKey)
        update(Institution, _blanks(batch.filled), now=self.now)
        batch.inserts.flush(Organisation, OrganisationPkd, SocialEnterpriseStatus, Offer, OfferCpv)
        record_list(batch.ids, run=self.run, now=self.now)
        return batch.ids

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


def add_offers(wanted, *, now):
    """Write offers of [(card id, first position, [[name, category, CPV code], …])]; a person confirms them later."""
    inserts = Inserts(now=now)
    ids = iter(reserve_ids(_table(Offer), sum(len(given) for _, _, given in wanted)))
    for card, first, given in wanted:
        add_to(inserts, card, first, given, ids)
    inserts.flush(Offer, OfferCpv)


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
