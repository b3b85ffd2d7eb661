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
        parts = sorted(trigrams(one.name.core), key=lambda part: (frequency[part], part))
        kinds = _identifiers(one)
        given.add(kinds)
        for part in parts[: len(parts) - int(LIKELY * len(parts)) + 1]:
            for county in {one.county, None}:
                index.setdefault((county, kinds, numbers(one.name.folded), part), []).append(one)
    nowhere = {key: [one for one in found if one.county is None] for key, found in index.items() if key[0] is None}
    for one in candidates.values():
        yield from _twins_of(one, index, nowhere, [kinds for kinds in given if not kinds & _identifiers(one)])


def _twins_of(one, index, nowhere, kinds_apart):
    if not kinds_apart:
        return
    met, digits, parts = {one.number}, numbers(one.name.folded), trigrams(one.name.core)
    for kinds in kinds_apart:
        for part in parts:
            found = index.get((one.county, kinds, digits, part), ())
            if one.county:
                found = [*found, *nowhere.get((None, kinds, digits, part), ())]
            if len(found) > _TELLING:
                continue
            for other in found:
                if other.number not in met:
                    met.add(other.number)
                    verdict = compare(one, other)
                    if verdict:
                        yield max(one.number, other.number), min(one.number, other.number), verdict


def _identifiers(one):
    return frozenset(name for name in IDENTIFIERS if getattr(one, name))
