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
    own. Units of one operator are alike whatever they are called. One county is indexed at a time, for its own rows
    and those that name none; the latter may be twins of all.
    """
    rarity = Counter(part for one in candidates if one.is_thin for part in trigrams(one.name.core))
    by_county = {None: []}
    for one in candidates:
        by_county.setdefault(one.county or None, []).append(one)
    homeless = [(one, _signature(one, rarity)) for one in by_county.pop(None)]
    index = _index(homeless)
    for one, signature in homeless:
        yield from _twins_of(one, signature, index)
    for rows in by_county.values():
        signed = [(one, _signature(one, rarity)) for one in rows]
        county_index = _index(signed)
        for one, signature in signed:
            yield from _twins_of(one, signature, index)
        for one, signature in [*signed, *homeless]:
            yield from _twins_of(one, signature, county_index)


def _index(signed):
    """{group: {(place, numbers): {trigram: [(thin row, …)]}}} of [(row, signature)]."""
    index = {}
    for one, signature in signed:
        if one.is_thin:
            places = index.setdefault(_group(one), {})
            digits = numbers(one.name.folded)
            entries = [(part, (one, behind, size)) for part, behind, size in signature]
            for place in _found_at(one):
                found = places.setdefault((place, digits), {})
                for part, entry in entries:
                    found.setdefault(part, []).append(entry)
    return index


def _signature(one, rarity):
    """[(trigram, how many commoner ones the name has, how many in all)]: the rarest, one of which every name as alike
    as LIKELY shares. Units of an operator have it as a part, as if nothing else were needed.
    """
    parts = sorted(trigrams(one.name.core), key=lambda part: (rarity[part], part))
    size = len(parts)
    rare = [(part, size - place, size) for place, part in enumerate(parts[: size - int(LIKELY * size) + 1], start=1)]
    return [((one.operator, one.kind), size, 0), *rare] if one.is_unit and one.operator else rare


def _twins_of(one, signature, index):
    groups = _alike(one, index)
    if not groups:
        return
    met, digits = {one.number}, numbers(one.name.folded)
    for found in [index[group].get((place, digits)) for group in groups for place in _looks_at(one)]:
        passed = 0
        for part, behind, size in signature if found else ():
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


def _found_at(one):
    """A row is kept under all it says of its place in the county, and looks where `same_place` may agree."""
    yield "anywhere"
    yield f"town {one.town}"
    if one.municipality:
        yield one.municipality


def _looks_at(one):
    if not one.town:
        return ["anywhere"]
    return [f"town {one.town}", "town ", *([one.municipality] if one.municipality else [])]


def _group(one):
    """Which kinds of identifiers a row has; of a unit, whose numbers are its operator's, what kind of unit it is."""
    return one.kind if one.is_unit else frozenset(name for name in IDENTIFIERS if getattr(one, name))


def _alike(one, groups):
    """Those of the groups that may hold a twin: units of the same kind, or rows that no number tells apart."""
    mine = _group(one)
    if one.is_unit:
        return [mine] if mine in groups else []
    return [group for group in groups if isinstance(group, frozenset) and not mine & group]
