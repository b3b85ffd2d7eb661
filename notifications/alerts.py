"""What is new in saved searches, told once a day or a week: one letter for each person, also of several searches.

One run asks the database as often for one person as for hundreds: `BATCH` searches are read, understood, written to
and marked together, and a condition that many of them share is evaluated once in a run. A batch is one transaction:
letters and marks are written together, so a run killed anywhere goes on where it was.
"""

from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min

from core import locks
from core.commit_order import horizon
from notifications import outbox, searches
from notifications.changed import Changed
from notifications.choices import AlertFrequency
from notifications.digests import last_hour
from notifications.models import SavedSearch
from notifications.search_letters import ALERT, page_of

BATCH = 20_000
# Query strings that are understood together.
PART = 2_000
# Rows of one search that a letter names.
SHOWN = 8


def tell(*, now):
    """Look at every search whose hour has passed and write the letters. Returns (searches looked at, letters written).

    Safe to repeat at any time; a second run beside this one does nothing.
    """
    with locks.held(locks.ALERTS, 0) as mine:
        return _tell(now) if mine else (0, 0)


def _tell(now):
    take_in_foreign()
    hours = {one: last_hour(one, now) for one in (AlertFrequency.DAILY, AlertFrequency.WEEKLY)}
    since = SavedSearch.objects.due(hours).order_by().aggregate(since=Min("seen_until"))["since"]
    if since is None:
        return 0, 0
    run, looked, written = Run(since=since, until=horizon(), now=now), 0, 0
    while rows_and_letters := _batch(run, hours):
        looked += rows_and_letters[0]
        written += rows_and_letters[1]
    return looked, written


@dataclass
class Run:
    """One look: what changed in the transactions from `since` to before `until`, of each list that is asked for."""

    since: int
    until: int
    now: object
    changed: dict = field(default_factory=dict)

    def of(self, search):
        if search.name not in self.changed:
            self.changed[search.name] = Changed(search, since=self.since, until=self.until, now=self.now)
        return self.changed[search.name]


@dataclass
class Finding:
    """One saved search: `why` it means nothing, or how many rows it found and the keys of the newest."""

    row: SavedSearch
    search: object = None
    why: str = ""
    count: int = 0
    keys: list = field(default_factory=list)

    @property
    def is_newly_broken(self):
        return bool(self.why) and self.row.broken_since is None


@transaction.atomic
def _batch(run, hours):
    """(searches, letters) of the next batch, None when nobody is left. What is being changed now comes next time."""
    rows = SavedSearch.objects.due(hours).select_related("user").select_for_update(of=("self",), skip_locked=True)
    rows = _whole_people(list(rows[:BATCH]))
    if not rows:
        return None
    findings = look(rows, run)
    letters = _letters(findings, run)
    outbox.enqueue_many(letters, template=ALERT, now=run.now)
    for finding in findings:
        row = finding.row
        row.seen_until, row.looked_at = max(run.until, row.seen_until), run.now
        row.broken_since = (row.broken_since or run.now) if finding.why else None
        row.broken_reason = finding.why
    _mark(findings)
    return len(rows), len(letters)


def _whole_people(rows):
    """Without the last person of a full batch, some of whose searches may be missing: nobody has that many."""
    if len(rows) < BATCH or _owner(rows[0]) == _owner(rows[-1]):
        return rows
    last = _owner(rows[-1])
    return [row for row in rows if _owner(row) != last]


def _owner(row):
    return row.user_id or row.email.lower()


def look(rows, run, shown=SHOWN):
    """[Finding] of these saved searches, those of one list understood and asked together; `shown` keys of each."""
    findings, by_list = [Finding(row) for row in rows], {}
    for finding in findings:
        by_list.setdefault(finding.row.search, []).append(finding)
    for name, group in by_list.items():
        _look(name, group, run, shown)
    return findings


def _look(name, group, run, shown):
    queries = list(dict.fromkeys(finding.row.query for finding in group))
    meant = dict(_meant(name, queries, run.now))
    sound = [one for one in meant.values() if not one.why]
    changed = run.of(searches.find(name)) if sound else None
    if changed:
        changed.learn([condition for one in sound for condition in one.conditions])
    for finding in group:
        found = meant[finding.row.query]
        finding.search, finding.why = found.search, found.why
        if not found.why:
            bits = changed.found(found.conditions, since=finding.row.seen_until)
            finding.count, finding.keys = bits.bit_count(), changed.first(bits, shown)


def _meant(name, queries, now):
    """(query string, Found) of each, without the filter, of which ten thousand are half a gigabyte."""
    for start in range(0, len(queries), PART):
        part = queries[start : start + PART]
        for query, found in zip(part, searches.understand(name, part, now=now), strict=True):
            yield query, replace(found, filter=None)


def _letters(findings, run):
    """[outbox.Addressed], one for each person with something to be told."""
    told, by_person = _told(findings, run), {}
    for finding in findings:
        if finding.count or finding.is_newly_broken:
            by_person.setdefault(_owner(finding.row), []).append(finding)
    return [_letter(person, told) for person in by_person.values()]


def _told(findings, run):
    """{(name of a list, key): Told} of every row that some letter names."""
    wanted = {}
    for finding in findings:
        wanted.setdefault(finding.row.search, (finding.search, set()))[1].update(finding.keys)
    told = {}
    for name, (search, keys) in wanted.items():
        if keys:
            rows = list(search.rows(run.now).filter(pk__in=keys))
            told |= {(name, row.pk): one for row, one in zip(rows, search.tell(rows), strict=True)}
    return told


def _letter(person, told):
    row = person[0].row
    context = {
        "searches": [_section(finding, told) for finding in person if finding.count],
        "broken": [
            {"title": finding.row.title, "why": finding.why, "url": page_of(finding.row)}
            for finding in person
            if finding.is_newly_broken
        ],
        "total": sum(finding.count for finding in person),
    }
    # The mark is part of the key: the same searches have something to tell again the next time.
    key = f"alert:{row.pk}:{row.seen_until}:{row.looked_at:%Y-%m-%dT%H%M%S}"
    return outbox.Addressed(row.user.email if row.user else row.email, row.user_id, context, key)


def _section(finding, told):
    row, search = finding.row, finding.search
    # What was withdrawn since the rows were counted has nothing to be told any more.
    items = [told[row.search, key] for key in finding.keys if (row.search, key) in told]
    lines = [(one.published_at >= row.looked_at, _line(one)) for one in items]
    return {
        "title": row.title,
        "new": [line for is_new, line in lines if is_new],
        "changed": [line for is_new, line in lines if not is_new],
        "count": finding.count,
        "left": finding.count - len(finding.keys),
        "list_url": settings.SITE_URL + search.url(row.query),
        "url": page_of(row),
    }


def _line(told):
    return {"title": told.title, "url": settings.SITE_URL + told.url, "line": told.line}


def _mark(findings):
    """In one statement: what differs between them are the marks of those that broke."""
    rows = [finding.row for finding in findings]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE notifications_savedsearch s
            SET seen_until = v.seen_until, looked_at = v.looked_at, broken_since = v.broken_since,
                broken_reason = v.reason
            FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[])
                v (id, seen_until, looked_at, broken_since, reason)
            WHERE s.id = v.id
            """,
            [[getattr(row, name) for row in rows] for name in _MARKED],
        )


_MARKED = ("pk", "seen_until", "looked_at", "broken_since", "broken_reason")
# After a restoration into another server marks and notes may carry numbers that it has not reached. All of them are
# moved below it by as much: what had not been told is told, and what is told twice is told once more at most.
_FOREIGN = """
WITH ends AS (
    SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS now,
           greatest((SELECT max(transaction) FROM notifications_news),
                    (SELECT max(seen_until) FROM notifications_savedsearch)) AS last
), news AS (
    UPDATE notifications_news SET transaction = transaction - (last - now + 1) FROM ends
    WHERE last > now AND transaction >= now
)
UPDATE notifications_savedsearch SET seen_until = seen_until - (last - now + 1) FROM ends
WHERE last > now AND seen_until > now
"""


def take_in_foreign():
    with connection.cursor() as cursor:
        cursor.execute(_FOREIGN)
