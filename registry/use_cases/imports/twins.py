"""New rows of one file that resemble each other: the later one waits for a person."""

from collections import Counter

from registry.choices import ImportAction
from registry.use_cases.imports.candidates import compare
from registry.use_cases.imports.names import LIKELY, trigrams
from registry.use_cases.imports.sql import run as execute

_ANYWHERE = ""


def part(run, seen):
    """Make the later row of each likely pair wait. One of the two has at most one identifier, else numbers decide.

    Rows of the same name and place, or the same number, were told apart when they were matched.
    """
    waiting = {}
    for later, earlier in sorted(_resembling(seen.new)):
        if later in waiting:
            continue
        verdict = compare(seen.new[later], seen.new[earlier])
        if verdict:
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


def _resembling(candidates):
    """{(later, earlier)} of rows that share a telling trigram in a place that may be the same; a few too many.

    Names as alike as LIKELY share more than 60 of 100 trigrams, hence one of the 40 rarest: only those of the thin
    rows are kept in an index, by county, and every row asks for its own.
    """
    thin = [one for one in candidates.values() if one.is_thin]
    if not thin:
        return set()
    frequency = Counter(part for one in thin for part in trigrams(one.name.core))
    index = {}
    for one in thin:
        parts = sorted(trigrams(one.name.core), key=lambda part: (frequency[part], part))
        for part in parts[: len(parts) - int(LIKELY * len(parts)) + 1]:
            index.setdefault((one.county or _ANYWHERE, part), []).append(one.number)
            if one.county:
                index.setdefault((None, part), []).append(one.number)
    pairs = set()
    for one in candidates.values():
        places = (one.county, _ANYWHERE) if one.county else (None, _ANYWHERE)
        for part in trigrams(one.name.core):
            for place in places:
                for number in index.get((place, part), ()):
                    if number != one.number:
                        pairs.add((max(number, one.number), min(number, one.number)))
    return pairs
