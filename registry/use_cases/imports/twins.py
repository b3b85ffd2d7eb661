"""New rows of one file that resemble each other: the later one waits for a person."""

from collections import Counter

from registry.choices import ImportAction
from registry.use_cases.imports.candidates import compare
from registry.use_cases.imports.fields import IDENTIFIERS
from registry.use_cases.imports.names import LIKELY, numbers, trigrams
from registry.use_cases.imports.sql import run as execute

# A trigram that so many names of one place share tells nothing; looking at all of them would take the square of it.
_TELLING = 300


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

    Names as alike as LIKELY share 60 of 100 trigrams, hence one of the 40 rarest: those of the thin rows are kept in
    an index by place, kinds of identifiers and numbers in the name, and every row asks where it may find a twin.
    """
    thin = [one for one in candidates.values() if one.is_thin]
    frequency = Counter(part for one in thin for part in trigrams(one.name.core))
    index, given = {}, set()
    for one in thin:
        kinds = _identifiers(one)
        given.add(kinds)
        parts = sorted(trigrams(one.name.core), key=lambda part: (frequency[part], part))
        parts = parts[: len(parts) - int(LIKELY * len(parts)) + 1]
        for place in _found_at(one):
            found = index.setdefault((place, kinds, numbers(one.name.folded)), {})
            for part in parts:
                found.setdefault(part, []).append(one)
    for one in candidates.values():
        apart = [kinds for kinds in given if not kinds & _identifiers(one)]
        if apart:
            digits = numbers(one.name.folded)
            near = [index.get((place, kinds, digits)) for place in _looks_at(one) for kinds in apart]
            yield from _twins_of(one, [found for found in near if found])


def _twins_of(one, near):
    if not near:
        return
    met, parts = {one.number}, trigrams(one.name.core)
    for found in near:
        for part in parts:
            others = found.get(part, ())
            if len(others) > _TELLING:
                continue
            for other in others:
                if other.number not in met:
                    met.add(other.number)
                    verdict = compare(one, other)
                    if verdict:
                        yield max(one.number, other.number), min(one.number, other.number), verdict


# How exactly a row says where it is: rows are kept under all they say, and asked for where `same_place` may agree.
_MUNICIPALITY, _TOWN, _SOMEWHERE_IN, _INEXACTLY_IN, _NO_COUNTY, _ANYWHERE = range(6)


def _found_at(one):
    yield _ANYWHERE, None
    if not one.county:
        yield _NO_COUNTY, None
        return
    yield _SOMEWHERE_IN, one.county
    if one.municipality:
        yield _MUNICIPALITY, one.municipality
    if one.town:
        yield _TOWN, (one.county, one.town)
    if not (one.town and one.municipality):
        yield _INEXACTLY_IN, one.county


def _looks_at(one):
    if not one.county:
        return [(_ANYWHERE, None)]
    if not (one.town and one.municipality):
        return [(_SOMEWHERE_IN, one.county), (_NO_COUNTY, None)]
    exactly = [(_MUNICIPALITY, one.municipality), (_TOWN, (one.county, one.town))]
    return [*exactly, (_INEXACTLY_IN, one.county), (_NO_COUNTY, None)]


def _identifiers(one):
    return frozenset(name for name in IDENTIFIERS if getattr(one, name))
