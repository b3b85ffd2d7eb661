"""What a row would change on its card, and what it may not change."""

from registry.use_cases.imports.fields import ADDRESS, GROWING
from registry.use_cases.imports.names import name_of

_NOTHING = (None, "", [], False)


def compare(draft, current, *, rank, publish, withdrawn, note):
    """{name: [old, new]} that the row changes; `note(name, reason)` is told of what it may not change.

    An empty cell erases nothing. What a person has confirmed is left, and so is what a source of a higher rank said.
    `withdrawn` tells that a person has taken the card out of the catalogue.
    """
    changes, conflicts = {}, set()
    for name, new in draft.values.items():
        if name not in current.values or (name in draft.guessed and current.values[name]):
            continue
        old = current.values[name]
        if old == new or _as_good_as(name, old, new):
            continue
        if name in current.verified:
            note(name, f"dane potwierdzone przez człowieka; zostawiono: {_shown(old)}")
            conflicts.add(name)
        elif old not in _NOTHING and rank < current.source_rank:
            note(name, f"ważniejsze źródło podaje: {_shown(old)}; zostawiono")
            conflicts.add(name)
        else:
            changes[name] = [old, new]
    _keep_address_whole(draft.values, current, changes, conflicts, note)
    _compare_operator(draft.values, current, changes)
    _compare_offers(draft.values.get("offers"), current.offers, changes)
    _compare_status(draft.values.get("ps"), current.statuses, changes, note)
    missing = [code for code in draft.values.get("pkd", ()) if code not in current.pkd]
    if missing:
        changes["pkd"] = [[], missing]
    if publish and not current.is_public:
        if withdrawn:
            note("name", "kartę wycofał z katalogu człowiek; danych nie opublikowano")
        else:
            changes["published"] = [False, True]
    return changes


def _as_good_as(name, old, new):
    if new in (None, "", []) or (new is False and not old):
        return True
    if not old:
        return False
    if isinstance(new, list):
        return sorted(new) == sorted(old)
    if name in GROWING:
        return new <= old
    if name == "name":
        return name_of(new).folded == name_of(old).folded
    return isinstance(new, str) and isinstance(old, str) and new.casefold() == old.casefold()


def _shown(value):
    if isinstance(value, bool):
        return "tak" if value else "nie"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _keep_address_whole(given, current, changes, conflicts, note):
    """Parts of an old address do not stay beside parts of a new one, nor the other way round."""
    old = current.values
    if conflicts.intersection(ADDRESS):
        _drop(ADDRESS, changes)
        return
    moved_town = "town" in changes and bool(old["town"])
    moved_street = moved_town or ("street" in changes and bool(old["street"]))
    moved = moved_street or ("house_number" in changes and bool(old["house_number"]))
    needed = ("street", "house_number") if moved_town else ("house_number",) if moved_street else ()
    if any(old[name] and not given.get(name) for name in needed):
        note("street" if "street" in changes else "town", "nowy adres jest niepełny; zostawiono dotychczasowy")
        _drop(ADDRESS, changes)
        return
    stale = ["flat_number"] if moved else []
    stale += ["postal_code", "post_office"] if moved_street else []
    stale += ["municipality", "county"] if moved_town else []
    for name in stale:
        if old[name] and not given.get(name):
            changes[name] = [old[name], None if name in ("municipality", "county") else ""]
    municipality = changes.get("municipality", [None, old["municipality"]])[1]
    county = changes.get("county", [None, old["county"]])[1]
    if municipality and municipality[:4] != county:
        changes["municipality"] = [old["municipality"], None]
        if not old["municipality"]:
            del changes["municipality"]


def _drop(names, changes):
    for name in names:
        changes.pop(name, None)


def _compare_operator(given, current, changes):
    if given.get("new_operator") and current.unit and not current.values.get("operator"):
        changes["new_operator"] = [None, given["new_operator"]]


def _compare_offers(given, known, changes):
    unknown = [offer for offer in given or () if offer[0] not in known]
    if not unknown:
        return
    folded = {name_of(name).folded for name in known}
    new = {name_of(offer[0]).folded: offer for offer in unknown}
    fresh = [offer for key, offer in new.items() if key not in folded]
    if fresh:
        changes["offers"] = [[], fresh]


def _compare_status(given, statuses, changes, note):
    if not given:
        return
    for old in statuses:
        if old["granted_on"] == given["granted_on"] or (
            given["decision_number"] and old["decision_number"] == given["decision_number"]
        ):
            new = {name: given[name] or old[name] for name in ("lost_on", "decision_number")}
            new["granted_on"] = old["granted_on"]
            if new != old:
                changes["ps"] = [old, new]
            return
    for old in statuses:
        starts_before = old["lost_on"] is None or given["granted_on"] < old["lost_on"]
        if starts_before and (given["lost_on"] is None or old["granted_on"] < given["lost_on"]):
            note("ps_granted_on", f"w tym czasie rejestr ma już status PS od {old['granted_on']}; zostawiono")
            return
    changes["ps"] = [None, given]
