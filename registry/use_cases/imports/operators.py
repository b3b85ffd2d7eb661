"""Operators of units that a file names and the register did not know when the file was staged."""

from core.polish import sort_key
from registry.models import Institution
from registry.use_cases.imports import lookups, namekeys
from registry.use_cases.imports.candidates import Candidate, contradiction
from registry.use_cases.imports.fields import IDENTIFIERS
from registry.use_cases.imports.names import name_of
from registry.use_cases.imports.sql import reserve_ids
from registry.use_cases.imports.writing import Insert


class Operators:
    """Finds or creates each operator once in a run."""

    def __init__(self, *, now):
        self.now = now
        self._by_number, self._by_name = {}, {}

    def resolve(self, named):
        """[institution id] of [{"name", "nip", …}], in the same order."""
        self._look_up([given for given in named if self._known(given) is None])
        insert, keys = Insert(Institution, now=self.now), []
        missing = []
        for given in named:
            if self._known(given) is None:
                missing.append(given)
                self._learn(given, -len(missing))
        fresh = reserve_ids(insert.table, len(missing))
        for given, pk in zip(missing, fresh, strict=True):
            self._learn(given, pk)
            insert.add(id=pk, sort_key=sort_key(given["name"]), **given)
            keys.append(("institution_id", pk, given["name"], sum(name in given for name in IDENTIFIERS)))
        insert.flush()
        namekeys.add(keys)
        return [self._known(given) for given in named]

    def _known(self, given):
        for name in IDENTIFIERS:
            if name in given and (pk := self._by_number.get((name, given[name]))):
                return pk
        return None if any(name in given for name in IDENTIFIERS) else self._by_name.get(name_of(given["name"]).folded)

    def _learn(self, given, pk):
        for name in IDENTIFIERS:
            if name in given:
                self._by_number[name, given[name]] = pk
        self._by_name[name_of(given["name"]).folded] = pk

    def _look_up(self, named):
        numbers = lookups.by_identifiers(named)
        namesakes = lookups.institutions_by_name({name_of(given["name"]).folded for given in named})
        for given in named:
            found = [numbers[name, given[name]] for name in IDENTIFIERS if (name, given.get(name)) in numbers]
            if not found:
                name = name_of(given["name"])
                me = Candidate(name=name, **{key: given[key] for key in IDENTIFIERS if key in given})
                found = [one for one in namesakes.get(name.folded, ()) if not contradiction(me, one)]
                if len(found) > 1:
                    continue
            if found:
                self._learn(given, found[0].institution)
