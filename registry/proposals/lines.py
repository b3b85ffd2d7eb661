"""Changes side by side for a page: the same for the summary of a draft, for its author and for coordinators."""

from dataclasses import dataclass

from registry.choices import Change
from registry.proposals.differences import marked
from registry.proposals.standing import fingerprint_of, has_moved, value_now
from registry.proposals.words import NOTHING, Words, is_sensitive


@dataclass
class Line:
    """One change: `old` and `new` are html of single values, `facts_old` and `facts_new` of whole rows.

    `moved` says what stands in the register now when that is not what the author saw; `seen` is its fingerprint.
    """

    change: object
    label: str
    old: str = ""
    new: str = ""
    facts_old: list | None = None
    facts_new: list | None = None
    is_sensitive: bool = False
    is_gone: bool = False
    moved: str | None = None
    seen: str = ""
    others: list | None = None
    is_trusted: bool = False


def lines_of_draft(changes, desk, is_trusted):
    """`is_trusted(change)` tells which would be shown at once."""
    words = Words(changes, desk.organisation)
    lines = [_line(one, words, one.old) for one in changes]
    for line in lines:
        line.moved, line.is_trusted = line.change.was_shown, is_trusted(line.change)
    return lines


def lines_of_sent(changes, organisation):
    """As the author sent them, whatever the register says since."""
    words = Words(changes, organisation)
    return [_line(one, words, one.old) for one in changes]


def lines_to_decide(changes, desk):
    """Beside what the register says now."""
    standing = [(one, *value_now(one, desk)) for one in changes]
    more = [pair for one, _, now in standing for pair in _pairs(one, now)]
    words = Words(changes, desk.organisation, more)
    lines = []
    for one, is_there, now in standing:
        line = _line(one, words, now)
        line.seen, line.is_gone = fingerprint_of(now), not is_there
        if is_there and has_moved(one, now):
            line.moved = _words_of(one, words, one.old)
        lines.append(line)
    return lines


def _line(one, words, old):
    line = Line(one, words.label(one), is_sensitive=is_sensitive(one))
    if one.action == Change.FIELD:
        before, after = words.said(one.field, old), words.said(one.field, one.new)
        line.old, line.new = marked("" if before == NOTHING else before, "" if after == NOTHING else after)
    elif one.action == Change.ADD:
        line.facts_new = words.facts(one.subject, one.new)
    else:
        line.facts_old = words.facts(one.subject, old)
    return line


def _pairs(one, value):
    if one.action == Change.FIELD:
        return [(one.field, value)]
    return list((value or {}).items())


def _words_of(one, words, value):
    if one.action == Change.FIELD:
        return words.said(one.field, value)
    return "; ".join(f"{label}: {said}" for label, said in words.facts(one.subject, value)) or NOTHING
