"""Two people at one step: what each has changed is kept field by field, by what stood there when they began."""

import hashlib
import json

LENGTH, LONGEST = 12, 20_000


def fingerprint(value):
    """Short, and the same for what a browser sends back of a value that nobody has touched."""
    lines = "\0".join(value) if isinstance(value, list) else str(value or "")
    return hashlib.sha256(lines.replace("\r", "").encode(errors="replace")).hexdigest()[:LENGTH]


def seen_of(values, names):
    """{field: fingerprint} of what a page shows; it comes back with what was typed there."""
    return {name: fingerprint(values.get(name)) for name in names}


def read(text):
    """`seen` as it came from a page. Whoever sends anything else has seen nothing."""
    try:
        seen = json.loads(text[:LONGEST])
    except (ValueError, RecursionError):
        return {}
    return seen if isinstance(seen, dict) else {}


def woven(typed, saved, seen, *, is_same_page):
    """(what is to be stored, names of fields that two have changed: there the first one stays).

    A field as it was seen was not touched here, and what somebody else has written into it is kept. A page that has
    saved last does not contend with itself, when its button is pressed before an answer to its last typing came.
    """
    stored, differing = dict(saved), []
    for name, value in typed.items():
        mine, now, before = fingerprint(value), fingerprint(saved.get(name)), seen.get(name, fingerprint(""))
        if mine == now or (mine == before and name in seen):
            stored.setdefault(name, value)
        elif is_same_page or now == before:
            stored[name] = value
        else:
            differing.append(name)
    return stored, differing
