"""New rows of one file that resemble each other: the later one waits for a person."""

from collections import Counter

from registry.choices import ImportAction
from registry.use_cases.imports.candidates import compare
from registry.use_cases.imports.fields import IDENTIFIERS
from registry.use_cases.imports.names import LIKELY, numbers, trigrams
from registry.use_cases.imports.sql import run as execute

# A trigram that so many names of one place share tells nothing; looking at all of them would take the square of it.
_TELLING = 300
# Of the trigrams of both names together, so many are common to names as alike as LIKELY.
_SHARED = LIKELY / (1 + LIKELY)


def part(run, seen):
    """Make the later row of each likely pair wait. Rows that can be told apart by their numbers do not pair.

    Rows of the same name and place, or the same number, were told apart when they were matched.
    """
    waiting = {}
    for later, earlier, verdict in sorted(_likely_pairs(seen.new)):
        if later not in waiting:
            waiting[later] = (waiting[earlier][0] if earlier in waiting else earlier, verdict)
    trigrams.cache_clear()  # some 50 MB after a large file
    for number, (of_number, verdict) in waiting.items():
        execute(
            "UPDATE registry_importrow SET action = %s, of_number = %s, organisation_id = NULL, reason = %s, "
            "similarity = %s WHERE run_id = %s AND number = %s",
            [
                ImportAction.WAITING,
                of_number,
                f"{verdict.why} co w wierszu {of_number}"[:300],
                verdict.likeness,
                run.pk,
                number,
            ],
        )


def _likely_pairs(candidates):
    """(later, earlier, Verdict) of new rows, one of which has at most one identifier.

    Of names as alike as LIKELY, that is with 60 of 100 trigrams in common, each has one of these among its 40 rarest:
    those of the thin rows are kept in an index by place, group and numbers in the name, and every row looks up its
    own. Units of one operator are alike whatever they are called.
    """
    thin = [one for one in candidates.values() if one.is_thin]
    rarity = _Rarity(Counter(part for one in thin for part in trigrams(one.name.core)))
    index, given = {}, set()
    for one in thin:
        group = _group(one)
        given.add(group)
        signature = _signature(one, rarity)
        for place in _found_at(one):
            found = index.setdefault((place, group, numbers(one.name.folded)), {})
            for part, behind, size in signature:
                found.setdefault(part, []).append((one, behind, size))
    for one in candidates.values():
        groups = _alike(one, given)
        if groups:
            digits = numbers(one.name.folded)
            near = [index.get((place, group, digits)) for place in _looks_at(one) for group in groups]
            yield from _twins_of(one, _signature(one, rarity), [found for found in near if found])


class _Rarity(dict):
    """How many thin names hold a trigram."""

    def __missing__(self, part):
        return 0


def _signature(one, rarity):
    """[(trigram, how many commoner ones the name has, how many in all)]: the rarest, one of which every name as alike
    as LIKELY shares. Units of an operator have it as a part, as if nothing else were needed.
    """
    parts = sorted(trigrams(one.name.core), key=lambda part: (rarity[part], part))
    size = len(parts)
    rare = [(part, size - place, size) for place, part in enumerate(parts[: size - int(LIKELY * size) + 1], start=1)]
    return [((one.operator, one.kind), size, 0), *rare] if one.is_unit and one.operator else rare


def _twins_of(one, signature, near):
    met = {one.number}
    for found in near:
        passed = 0
        for part, behind, size in signature:
            others = found.get(part, ())
            if len(others) > _TELLING:
                passed += 1
                continue
            for other, other_behind, other_size in others:
                if other.number in met:
                    continue
                met.add(other.number)
                # What two names can share at most, when this is the rarest they do share.
                if 1 + passed + min(behind, other_behind) < _SHARED * (size + other_size):
                    continue
                verdict = compare(one, other)
                if verdict:
                    yield max(one.number, other.number), min(one.number, other.number), verdict


# A row is kept under all it says of its place, and looks where `same_place` may agree.
_ANYWHERE, _TOWN_ANYWHERE, _COUNTY, _MUNICIPALITY, _TOWN, _TOWNLESS_IN, _NO_COUNTY, _TOWN_OF_NO_COUNTY = range(8)


def _found_at(one):
    yield _ANYWHERE, None
    yield _TOWN_ANYWHERE, one.town
    if not one.county:
        yield _NO_COUNTY, None
        yield _TOWN_OF_NO_COUNTY, one.town
        return
    yield _COUNTY, one.county
    if one.municipality:
        yield _MUNICIPALITY, one.municipality
    yield (_TOWN, (one.county, one.town)) if one.town else (_TOWNLESS_IN, one.county)


def _looks_at(one):
    if not one.town:
        return [(_COUNTY, one.county), (_NO_COUNTY, None)] if one.county else [(_ANYWHERE, None)]
    if not one.county:
        return [(_TOWN_ANYWHERE, one.town), (_TOWN_ANYWHERE, "")]
    places = [(_TOWN, (one.county, one.town)), (_TOWNLESS_IN, one.county)]
    places += [(_TOWN_OF_NO_COUNTY, one.town), (_TOWN_OF_NO_COUNTY, "")]
    return [*places, (_MUNICIPALITY, one.municipality)] if one.municipality else places


def _group(one):
    """Which kinds of identifiers a row has; of a unit, whose numbers are its operator's, what kind of unit it is."""
    return one.kind if one.is_unit else frozenset(name for name in IDENTIFIERS if getattr(one, name))


def _alike(one, groups):
    """Those of the groups that may hold a twin: units of the same kind, or rows that no number tells apart."""
    mine = _group(one)
    if one.is_unit:
        return [mine] if mine in groups else []
    return [group for group in groups if isinstance(group, frozenset) and not mine & group]
