"""What a file would make of a plan: the contents of the next draft, and what became of each row."""

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.polish import fold
from procurement.choices import UpdateKind
from procurement.plans.differences import changes
from procurement.use_cases.plans.contents import Content
from procurement.use_cases.plans.matching import match

CREATED, UPDATED, UNCHANGED, DROPPED = "created", "updated", "unchanged", "dropped"
# What stands in the values of a draft but is no field of a Content.
_NOT_FIELDS = ("update", "reference", "section", "clauses")
# Values whose column has another name.
_OF_COLUMNS = {
    "mode_id": "mode",
    "value_words": "value",
    "is_approximate": "value",
    "opens_on": "opening",
    "opens_precision": "opening",
}
_EMPTY = (None, "", [], False)


@dataclass(slots=True)
class Outcome:
    """`contents` of the draft to be; `rows` [(draft, what became of it, changes in words)]; `dropped` contents."""

    contents: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    dropped: list = field(default_factory=list)
    duplicates: list = field(default_factory=list)

    def count(self, what):
        return sum(1 for _, became, _ in self.rows if became == what)


def compare(drafts, *, known, lost=(), base, is_whole, kinds, names):
    """The Outcome of drafts (dictionaries) over `known`, the contents of the draft or the published version.

    `lost` are contents of positions that an earlier version had; `base` position ids of the published version, whose
    positions are given up rather than forgotten when a whole plan does not have them; `kinds` {code: id} of clauses.
    A position whose row was refused stays as it is: its row has to be mended, nobody has given it up.
    """
    outcome = Outcome()
    kept = _without_repetitions([one for one in drafts if one["rejection"] is None], outcome)
    refused = [one["values"] for one in drafts if one["rejection"] and one["values"].get("subject")]
    found = match([one["values"] for one in kept], [*known, *lost])
    known_ids, taken = {one.position_id for one in known}, set()
    for index, draft in enumerate(kept):
        former = found.get(index)
        content = _content(draft, former, kinds)
        if former:
            taken.add(former.position_id)
        is_known = former and (former.position_id in known_ids or former.is_dropped and content.is_dropped)
        became, differing = _became(content, former if is_known else None, names)
        outcome.rows.append((draft, became, differing))
        outcome.contents.append(content)
    left = [one for one in known if one.position_id not in taken]
    if not is_whole:
        outcome.contents = [*_in_place(known, outcome.contents), *_new(known_ids, outcome.contents)]
        return outcome
    for content in left:
        if _is_among(content, refused):
            outcome.contents.append(content)
        elif content.position_id in base:
            if not content.is_dropped:
                content = content.with_values(update_kind=UpdateKind.DROPPED)
                outcome.dropped.append(content)
            outcome.contents.append(content)
    return outcome


def _is_among(content, refused):
    number, subject = content.number, fold(content.subject)
    return any(fold(one["subject"]) == subject or (number and one.get("number") == number) for one in refused)


def _in_place(known, contents):
    """What is known, in its order, each as the file has it when the file has it."""
    fresh = {one.position_id: one for one in contents if one.position_id}
    return [fresh.get(one.position_id, one) for one in known]


def _new(known_ids, contents):
    return [one for one in contents if one.position_id not in known_ids]


def _became(content, former, names):
    if former is None:
        return CREATED, {}
    if content.is_dropped and not former.is_dropped:
        return DROPPED, {}
    differing = changes(former, content, names)
    return (UPDATED, differing) if differing else (UNCHANGED, {})


def _content(draft, former, kinds):
    values, given = _typed(draft["values"]), set(draft["given"])
    clauses = [{"kind_id": kinds[one["kind"]], "note": one["note"]} for one in draft["values"]["clauses"]]
    stated = draft["values"]["update"]
    if former is None:
        return Content(**values, clauses=clauses, update_kind=stated)
    # What the file does not say stays as people have entered it; the number is the position's own.
    values = {
        name: value for name, value in values.items() if _OF_COLUMNS.get(name, name) in given or value not in _EMPTY
    }
    held = {one["kind_id"] for one in former.clauses}
    return former.with_values(
        **values
        | {
            "number": former.number,
            "clauses": [*former.clauses, *(one for one in clauses if one["kind_id"] not in held)],
            "update_kind": stated if stated == UpdateKind.DROPPED else "",
        }
    )


def _typed(values):
    plain = {name: value for name, value in values.items() if name not in _NOT_FIELDS}
    plain["value"] = Decimal(plain["value"]) if plain["value"] else None
    plain["opens_on"] = date.fromisoformat(plain["opens_on"]) if plain["opens_on"] else None
    return plain


def _without_repetitions(drafts, outcome):
    """Drafts that say something of their own; a row that repeats another to the letter is told as a duplicate."""
    seen, kept = {}, []
    for draft in drafts:
        key = json.dumps(draft["values"], sort_keys=True)
        if key in seen:
            outcome.duplicates.append({"row": draft["row"], "of": seen[key], "why": "ten sam wiersz drugi raz"})
        else:
            kept.append(draft)
            seen[key] = draft["row"]
    return kept
