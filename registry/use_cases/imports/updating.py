"""Changes of cards that stand in the register, checked once more under lock."""

from registry.choices import Verifier
from registry.models import Institution, Organisation, OrganisationPkd, SocialEnterpriseStatus, Unit
from registry.use_cases.confirming.recording import record_list
from registry.use_cases.imports import current
from registry.use_cases.imports.composing import with_reason
from registry.use_cases.imports.creating import add_offers
from registry.use_cases.imports.fields import OFFERS, PKD, PS, PUBLISHED, table_of
from registry.use_cases.imports.names import name_of
from registry.use_cases.imports.sql import fetch
from registry.use_cases.imports.writing import Insert, update

_GONE = "podmiot usunięto z rejestru po sprawdzeniu pliku; wczytaj wiersz jeszcze raz"
_CHANGED = "dane podmiotu zmieniono po sprawdzeniu pliku; wczytaj wiersz jeszcze raz"


class Updater:
    """Changes cards of one run. `left` collects (row number, reason) of rows that somebody was faster than."""

    def __init__(self, run, operators, *, now):
        self.run, self.operators, self.now = run, operators, now
        self.left = []

    def update(self, rows):
        """Write the changes of (row number, card id, values, changes); returns the ids of cards to be shown anew."""
        cards = current.load([pk for _, pk, _, _ in rows], lock=True)
        self._tables = {Institution: {}, Unit: {}, Organisation: {}}
        self._statuses, self._links = (
            Insert(SocialEnterpriseStatus, now=self.now),
            Insert(OrganisationPkd, now=self.now),
        )
        self._changed_statuses, self._offers, self._confirmed = {}, [], []
        done = []
        for number, pk, _, changes in rows:
            card = cards.get(pk)
            if card is None or not _still_as_seen(card, changes):
                self.left.append((number, _GONE if card is None else _CHANGED))
                continue
            self._plan(card, changes)
            done.append(card)
        self._write()
        return _cards_to_show(done)

    def _plan(self, card, changes):
        columns = self._tables[Organisation].setdefault(card.organisation, {})
        for name, (old, new) in changes.items():
            if name == OFFERS:
                self._offers.append((card.organisation, len(card.offers), new))
            elif name == PKD:
                for code in new:
                    self._links.add(organisation_id=card.organisation, code_id=code)
            elif name == PS:
                self._plan_status(card, old, new)
            elif name == PUBLISHED:
                columns["published_at"] = self.now.isoformat()
            elif name == "new_operator":
                (operator,) = self.operators.resolve([new])
                self._set_operator(card, operator)
            elif name == "operator":
                self._set_operator(card, new)
            else:
                model, column = table_of(name, unit=card.unit is not None)
                pk = {Institution: card.institution, Unit: card.unit, Organisation: card.organisation}[model]
                self._tables[model].setdefault(pk, {})[column] = new
                if name == "verified_on":
                    columns["verified_by"] = Verifier.REGISTER.value
                    self._confirmed.append(card.organisation)
        if self.run.source.rank >= card.source_rank:
            columns["source_id"] = self.run.source_id

    def _set_operator(self, card, operator):
        self._tables[Unit].setdefault(card.unit, {})["operator_id"] = operator
        self._tables[Organisation][card.organisation]["institution_id"] = operator

    def _plan_status(self, card, old, new):
        if old is None:
            self._statuses.add(institution_id=card.institution, **with_reason(new))
        else:
            key = (card.institution, old["granted_on"])
            changed = {name: new[name] for name in ("lost_on", "decision_number")}
            # A reason that somebody wrote down stays.
            self._changed_statuses[key] = changed if old["lost_on"] else with_reason(changed)

    def _write(self):
        for model, changes in self._tables.items():
            update(model, changes, now=self.now)
        record_list(self._confirmed, run=self.run, now=self.now)
        if self._changed_statuses:
            update(SocialEnterpriseStatus, _by_id(self._changed_statuses), now=self.now)
        self._statuses.flush()
        self._links.flush()
        add_offers(self._offers, now=self.now)


def _still_as_seen(card, changes):
    """Whether every value that the preview showed as the old one still is."""
    for name, (old, new) in changes.items():
        if name == OFFERS:
            folded = {name_of(offer).folded for offer in card.offers}
            if any(name_of(offer[0]).folded in folded for offer in new):
                return False
        elif name == PKD:
            if card.pkd.intersection(new):
                return False
        elif name == PS:
            if old is None and any(status["granted_on"] == new["granted_on"] for status in card.statuses):
                return False
            if old is not None and old not in card.statuses:
                return False
        elif name == PUBLISHED:
            if card.is_public:
                return False
        elif name == "new_operator":
            if card.values["operator"]:
                return False
        elif card.values.get(name) != old or name in card.verified:
            return False
    return True


def _by_id(changes):
    query = """SELECT id, institution_id, granted_on::text FROM registry_socialenterprisestatus
               WHERE institution_id = ANY(%s)"""
    ids = fetch(query, [[institution for institution, _ in changes]])
    return {pk: changes[found] for pk, *key in ids if (found := tuple(key)) in changes}


def _cards_to_show(cards):
    """The changed cards, and cards of units whose operator changed its name or address with them."""
    ids = {card.organisation for card in cards}
    operators = [card.institution for card in cards if card.unit is None]
    query = "SELECT id FROM registry_organisation WHERE institution_id = ANY(%s) AND removed_at IS NULL"
    return sorted(ids | {pk for (pk,) in fetch(query, [operators])})
