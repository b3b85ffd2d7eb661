"""The shortlist of a visitor without an account: in the session, and only once something is put on it."""

from django.utils import timezone

KEY = "shortlist"
MOST, MOST_SEARCHES = 50, 20


def entries(request):
    """[{"organisation", "offer", "why", "score", "added_at"}] as they were added."""
    return _kept(request)["entries"]


def searches(request):
    """[{"at", "words", "found"}]; how many were found."""
    return _kept(request)["searches"]


def ids(request):
    return {entry["organisation"] for entry in entries(request)}


def summary(request):
    """How many stand on it; None when nothing does."""
    return len(entries(request)) or None


def add(request, *, found, search):
    """Put entries on it; `search` says what was asked and who was found, and is kept with its time."""
    kept = _kept(request)
    known = {entry["organisation"] for entry in kept["entries"]}
    now = timezone.now().isoformat()
    fresh = [entry | {"added_at": now} for entry in found if entry["organisation"] not in known]
    kept["entries"] = (kept["entries"] + fresh)[:MOST]
    if search and not any(_is_same(one, search) for one in kept["searches"]):
        kept["searches"] = [*kept["searches"], search | {"at": now}][-MOST_SEARCHES:]
    request.session[KEY] = kept


def remove(request, organisation_id):
    kept = _kept(request)
    kept["entries"] = [entry for entry in kept["entries"] if entry["organisation"] != organisation_id]
    _keep(request, kept)


def rename(request, name):
    kept = _kept(request)
    kept["name"] = name
    _keep(request, kept)


def name(request):
    return _kept(request)["name"]


def forget(request):
    request.session.pop(KEY, None)


def _keep(request, kept):
    if kept["entries"]:
        request.session[KEY] = kept
    else:
        forget(request)


def _kept(request):
    kept = request.session.get(KEY) or {}
    return {"name": "", "entries": [], "searches": []} | kept


def _is_same(one, search):
    return (one["words"], one["found"]) == (search["words"], search["found"])
