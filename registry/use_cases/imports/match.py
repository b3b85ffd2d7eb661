"""Whom each row means: nobody yet, a card of the register, an earlier row of the file, or perhaps one of them."""

import hashlib
from dataclasses import dataclass, field

from registry.choices import ImportAction
from registry.use_cases.imports import lookups
from registry.use_cases.imports.candidates import Candidate, candidate_of, compare, contradiction
from registry.use_cases.imports.current import questions
from registry.use_cases.imports.fields import IDENTIFIERS
from registry.use_cases.imports.names import name_of


@dataclass(slots=True)
class Match:
    """What a row means. UPDATE stands for "this card", before its values were compared."""

    action: str
    card: int | None = None
    institution: int | None = None
    of_number: int | None = None
    reason: str = ""
    likeness: float | None = None


@dataclass(slots=True)
class Seen:
    """The rows of the file so far. Numbers and names lead to candidates."""

    # {which number: {number: candidate}} and {whether a unit: {folded name: candidates}}: a file has 100,000 of them.
    by_number: dict = field(default_factory=lambda: {name: {} for name in (*IDENTIFIERS, "unit_regon")})
    by_name: dict = field(default_factory=lambda: {False: {}, True: {}})
    by_card: dict = field(default_factory=dict)
    by_institution: dict = field(default_factory=dict)
    # Rows that would become cards of their own.
    new: list = field(default_factory=list)

    def add(self, candidate, unit_regon=None, *, is_new):
        for name in IDENTIFIERS:
            if number := getattr(candidate, name):
                self.by_number[name].setdefault(number, candidate)
        if unit_regon:
            self.by_number["unit_regon"].setdefault(unit_regon, candidate)
        namesakes, folded = self.by_name[candidate.is_unit], candidate.name.folded
        namesakes[folded] = (*namesakes.get(folded, ()), candidate)
        if is_new:
            self.new.append(candidate)
        if candidate.card:
            self.by_card.setdefault(candidate.card, candidate.number)
        if candidate.institution and not candidate.is_unit:
            self.by_institution.setdefault(candidate.institution, candidate.number)


class Matcher:
    """Matches the drafts of one file, chunk by chunk, in the order of the file."""

    def __init__(self, reader, seen=None):
        self.reader = reader
        self.seen = seen or Seen()

    def match(self, drafts):
        """[(draft, Match)] of drafts that were not refused; unit drafts get the operator they have in the register."""
        self._look_up(drafts)
        matches = []
        for draft in drafts:
            operator = self._operator_of(draft)
            me = candidate_of(draft.values, number=draft.number, name=draft.name, operator=operator)
            match = self._match(draft, me)
            if match.action == ImportAction.WAITING:
                draft.values.setdefault("fingerprint", fingerprint(draft))
            if match.action == ImportAction.REPEATED:
                matches.append((draft, match))
                continue
            owner = match.card if match.action == ImportAction.UPDATE else None
            me = me._replace(card=owner, institution=match.institution)
            if match.action != ImportAction.REJECT:
                self.seen.add(me, draft.values.get("unit_regon"), is_new=match.action == ImportAction.CREATE)
            matches.append((draft, match))
        return matches

    def _look_up(self, drafts):
        numbers = [draft.identifiers for draft in drafts]
        self._known = lookups.by_identifiers([given for given in numbers if given])
        units = [draft for draft in drafts if draft.is_unit]
        named = {name_of(draft.operator).folded for draft in units if draft.operator}
        self._operators_by_name = lookups.institutions_by_name(named)
        self._operators = {draft.number: self._find_operator(draft) for draft in units}
        unmatched = [draft for draft in drafts if not draft.is_unit and not self._parties(draft)]
        self._namesakes = lookups.institutions_by_name({draft.name.folded for draft in unmatched})
        self._unit_namesakes = lookups.units_by_name({draft.name.folded for draft in units})
        known = {operator for operator in self._operators.values() if isinstance(operator, int)}
        self._units_of = lookups.units_of(known)
        # Kept with the row, because the decision of a person on it holds for the next file too.
        nameless = [*unmatched, *units]
        for draft in nameless:
            draft.values["fingerprint"] = fingerprint(draft)
        self._merged, self._apart, self._asked = questions([draft.values["fingerprint"] for draft in nameless])
        self._look_for_alike(unmatched, units)

    def _look_for_alike(self, unmatched, units):
        """Parties with similar names, for rows that neither a number, a name nor a person has placed yet."""
        self._similar = {}
        strangers = [draft for draft in unmatched if not self._is_placed(draft, self._namesakes)]
        for thin_only in (False, True):
            asking = [draft for draft in strangers if (len(draft.identifiers) > 1) == thin_only]
            self._similar |= lookups.similar_institutions(asking, thin_only=thin_only)
        strangers = [draft for draft in units if not self._is_placed(draft, self._unit_namesakes)]
        self._similar |= lookups.similar_units(strangers)

    def _is_placed(self, draft, namesakes):
        if draft.values["fingerprint"] in self._merged or draft.values["fingerprint"] in self._asked:
            return True
        county = draft.values.get("county")
        return any(county == one.county or not one.county for one in namesakes.get(draft.name.folded, ()))

    def _match(self, draft, me):
        repeated = self._repeats(draft, me)
        if repeated:
            return repeated
        parties = [] if draft.is_unit else self._parties(draft)
        if parties:
            return self._by_number(draft, me, parties)
        mark = draft.values["fingerprint"]
        if mark in self._merged:
            # The card keeps its name: a person has seen this one and said it is another way of writing it.
            draft.guessed |= {"name"}
            return self._once(Match(ImportAction.UPDATE, card=self._merged[mark]))
        if mark in self._asked:
            card, why = self._asked[mark]
            return Match(ImportAction.WAITING, card=card, reason=why)
        return self._by_name(draft, me, self._apart.get(mark, ()))

    def _repeats(self, draft, me):
        """A row that says again what an earlier row of the file said."""
        given = {"unit_regon": draft.values.get("unit_regon")} if draft.is_unit else draft.identifiers
        for name, number in given.items():
            earlier = self.seen.by_number[name].get(number) if number else None
            if earlier is None or earlier.is_unit != draft.is_unit:
                continue
            differs = None if draft.is_unit else contradiction(me, earlier)
            label = "REGON" if name == "unit_regon" else name.upper()
            if differs:
                why = f"ten sam {label} co w wierszu {earlier.number}, ale inny {differs.upper()}"
                return Match(ImportAction.WAITING, of_number=earlier.number, reason=why, likeness=1.0)
            return _again(earlier.number, f"ten sam {label} co w wierszu {earlier.number}")
        for earlier in self.seen.by_name[draft.is_unit].get(draft.name.folded, ()):
            verdict = compare(me, earlier)
            if verdict and verdict.same:
                return _again(earlier.number, f"{verdict.why} co w wierszu {earlier.number}")
        return None

    def _by_number(self, draft, me, parties):
        party = parties[0]
        if len(parties) > 1:
            why = f"numery należą do różnych podmiotów: {parties[0].title} i {parties[1].title}"
            return self._wait(draft, next((one for one in parties if one.card), None), why)
        differs = contradiction(me, party)
        if differs:
            same = next(
                name for name in IDENTIFIERS if getattr(me, name) and getattr(me, name) == getattr(party, name)
            )
            registered = getattr(party, differs)
            why = f"{same.upper()} zgodny, ale {differs.upper()} w rejestrze to {registered}: {party.title}"
            return self._wait(draft, party if party.card else None, why)
        if party.card:
            return self._once(Match(ImportAction.UPDATE, card=party.card, institution=party.institution))
        return self._once(Match(ImportAction.CREATE, institution=party.institution))

    def _by_name(self, draft, me, apart):
        same, likely = [], []
        for candidate in self._candidates(draft):
            if candidate.card in apart:
                continue
            verdict = compare(me, candidate)
            if verdict is None:
                continue
            if candidate.card is None:
                # An operator or a buyer without a card of its own: the row gives it one.
                if candidate.name.folded == me.name.folded:
                    same.append((verdict, candidate))
            elif verdict.same:
                same.append((verdict, candidate))
            else:
                likely.append((verdict, candidate))
        if len(same) == 1:
            candidate = same[0][1]
            if candidate.card:
                return self._once(Match(ImportAction.UPDATE, candidate.card, candidate.institution))
            return self._once(Match(ImportAction.CREATE, institution=candidate.institution))
        carded = [candidate for _, candidate in same if candidate.card]
        if carded:
            return self._wait(draft, carded[0], f"w rejestrze jest {len(same)} podmiotów o tej nazwie w tym miejscu")
        if likely:
            verdict, candidate = max(likely, key=lambda pair: (pair[0].likeness, -pair[1].card))
            return self._wait(draft, candidate, f"{verdict.why}: {candidate.title}", verdict.likeness)
        return Match(ImportAction.CREATE)

    def _candidates(self, draft):
        if draft.is_unit:
            operator = self._operators.get(draft.number)
            found = [
                *self._unit_namesakes.get(draft.name.folded, ()),
                *self._units_of.get(operator, ()),
                *self._similar.get(draft.number, ()),
            ]
        else:
            found = [*self._namesakes.get(draft.name.folded, ()), *self._similar.get(draft.number, ())]
        return {(candidate.card, candidate.institution): candidate for candidate in found}.values()

    def _parties(self, draft):
        found = {}
        for item in draft.identifiers.items():
            if party := self._known.get(item):
                found.setdefault(party.institution, party)
        return list(found.values())

    def _find_operator(self, draft):
        """Id of the operator in the register, folded name of one that is not there yet, or None; notes a doubt."""
        parties = self._parties(draft)
        if len(parties) == 1:
            return parties[0].institution
        if len(parties) > 1:
            self.reader.note(
                draft, "operator", "numery należą do różnych instytucji; organu prowadzącego nie zapisano"
            )
            return None
        if not draft.operator:
            for name in draft.identifiers:
                self.reader.note(draft, name, "numer organu prowadzącego, którego nazwy brak; nie zapisano")
            return None
        folded = name_of(draft.operator).folded
        me = Candidate(name=name_of(draft.operator), **draft.identifiers)
        namesakes = [one for one in self._operators_by_name.get(folded, ()) if not contradiction(me, one)]
        if len(namesakes) > 1:
            near = [one for one in namesakes if one.county and one.county == draft.values.get("county")]
            namesakes = near if len(near) == 1 else namesakes
        if len(namesakes) > 1:
            self.reader.note(draft, "operator", "w rejestrze jest kilka instytucji o tej nazwie; nie zapisano")
            return None
        return namesakes[0].institution if namesakes else folded

    def _operator_of(self, draft):
        operator = self._operators.get(draft.number)
        if isinstance(operator, int):
            draft.values["operator"] = operator
        elif operator:
            draft.values["new_operator"] = {"name": draft.operator, **draft.identifiers}
        if draft.is_unit:
            for name in IDENTIFIERS:
                draft.values.pop(name, None)
        return operator

    def _once(self, match):
        """A card that an earlier row has already spoken of is not changed twice by one file."""
        earlier = self.seen.by_card.get(match.card) if match.card else None
        if earlier is None and match.institution and match.action == ImportAction.CREATE:
            earlier = self.seen.by_institution.get(match.institution)
        return _again(earlier, f"wskazuje ten sam podmiot co wiersz {earlier}") if earlier else match

    def _wait(self, draft, candidate, why, likeness=1.0):
        if candidate is None:
            name = next(iter(draft.identifiers), "name")
            self.reader.reject(draft, name, f"{why}; sprawdź wiersz")
            draft.digest = None
            return Match(ImportAction.REJECT)
        return Match(
            ImportAction.WAITING,
            card=candidate.card,
            institution=candidate.institution,
            reason=why[:300],
            likeness=likeness,
        )


def fingerprint(draft):
    """Who a row speaks of, as far as it says: the same in the next edition of the file."""
    values = draft.values
    parts = [draft.name.folded, "u" if draft.is_unit else "", values.get("town", "").lower(), values.get("county", "")]
    parts += [values.get(name, "") for name in IDENTIFIERS]
    parts.append(name_of(draft.operator).folded if draft.operator else "")
    return hashlib.blake2b("|".join(parts).encode(), digest_size=12).hexdigest()


def _again(number, why):
    return Match(ImportAction.REPEATED, of_number=number, reason=why)
