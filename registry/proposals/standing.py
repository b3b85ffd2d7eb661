"""How the register stands beside a change that was sent: its value now, and whether that is what its author saw."""

import hashlib
import json

from registry.choices import Change, Subject
from registry.proposals.changes import snapshot
from registry.proposals.parts import section_of
from registry.proposals.values import live


def fingerprint_of(value):
    """Short; a page shows a value, and what comes back tells whether it is still that one."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def value_now(change, desk):
    """(whether its row is still there, plain value of the field or of the whole row)."""
    if change.action == Change.ADD:
        return True, None
    section = section_of(change.section)
    if change.subject in (Subject.CARD, Subject.PARTY):
        target = desk.targets(section)[change.subject]
    else:
        target = desk.rows(change.subject).get(change.target)
    if target is None or target.pk != change.target:
        return False, None
    if change.action == Change.REMOVE:
        return True, snapshot(target, change.subject)
    return True, live(target, change.subject, change.field)


def has_moved(change, now):
    """Whether somebody has changed the value since the author saw it, to something else than is proposed."""
    return change.action != Change.ADD and now not in (change.old, change.new)
