"""What one version of a plan says of a position that the one before did not."""

from procurement.choices import UpdateKind
from procurement.opening import opening_words
from procurement.plans import words

LABELS = {
    "subject": "przedmiot",
    "nature": "rodzaj",
    "is_social": "usługi społeczne",
    "mode": "tryb",
    "value": "wartość",
    "opening": "termin wszczęcia",
    "parts": "liczba części",
    "cpv": "CPV",
    "clauses": "klauzule społeczne",
    "remarks": "informacje dodatkowe",
}
NOTHING = "–"


def changes(before, after, names):
    """{field: [before, after]} in words, of two contents; empty when they say the same."""
    old, new = in_words(before, names), in_words(after, names)
    return {name: [old[name] or NOTHING, new[name] or NOTHING] for name in LABELS if old[name] != new[name]}


def in_words(content, names):
    return {
        "subject": content.subject,
        "nature": words.nature(content.nature),
        "is_social": "tak" if content.is_social else "nie",
        "mode": names.modes.get(content.mode_id, ""),
        "value": words.value(content.value, content.is_approximate),
        "opening": opening_words(content.opens_on, content.opens_precision),
        "parts": str(content.parts or ""),
        "cpv": ", ".join(content.cpv),
        "clauses": "; ".join(sorted(_clause(one, names) for one in content.clauses)),
        "remarks": content.remarks,
    }


def _clause(clause, names):
    data = [
        f"osób: {clause['people']}" if clause.get("people") else "",
        f"miesięcy: {clause['months']}" if clause.get("months") else "",
        f"udział: {clause['percent']}%" if clause.get("percent") else "",
        f"waga: {clause['weight']}%" if clause.get("weight") is not None else "",
        clause.get("activities") or "",
        clause.get("label") or "",
        clause.get("control") or "",
    ]
    said = ", ".join(filter(None, data))
    return f"{names.clause(clause['kind_id'])} ({said})" if said else names.clause(clause["kind_id"])


def mark(content, before, *, is_first, names):
    """(update kind, changes) of a content against the one of the version before; the first version has none to differ
    from and keeps what its file says of itself."""
    if is_first:
        return content.update_kind, {}
    if content.update_kind == UpdateKind.DROPPED:
        return UpdateKind.DROPPED, {}
    if before is None:
        return UpdateKind.ADDED, {}
    if before.update_kind == UpdateKind.DROPPED:
        return UpdateKind.ADDED, {}
    differing = changes(before, content, names)
    return (UpdateKind.CHANGED, differing) if differing else ("", {})


def lines(changed):
    """[(label, before, after)] of the `changes` of an item."""
    return [(LABELS.get(name, name), *pair) for name, pair in changed.items()]
