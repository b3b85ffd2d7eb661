"""Figures of the mark for the office: by year, kind and county, time in each state, reasons of refusal.

All but the first may be asked of one year: of applications submitted in it, of steps taken in it.
"""

from collections import defaultdict

from django.db import connection
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, ExtractYear

from quality_mark.choices import ApplicationKind, ApplicationState
from quality_mark.models import Application, Licence, Step, Verdict
from quality_mark.workflow import applications
from registry.models import County

MISSING = "nie podano"
REFUSALS = ("fail", "refuse", "refuse_unheard", "unsigned", "leave")
MOST_REASONS = 20
_ORGANISATION = "offer__organisation"
_SPANS = """
SELECT target, count(*), avg(days), percentile_cont(0.5) WITHIN GROUP (ORDER BY days), max(days)
FROM (SELECT target, at, extract(epoch FROM lead(at) OVER (PARTITION BY application_id ORDER BY at, id) - at) / 86400
      AS days FROM quality_mark_step) spans
WHERE days IS NOT NULL AND (%s::int IS NULL OR extract(year FROM at AT TIME ZONE 'Europe/Warsaw') = %s)
GROUP BY target
"""


def by_year():
    """[(year, submitted, of them renewals, new marks, renewed marks, refused, left, withdrawn)], the newest first."""
    rows = defaultdict(lambda: [0] * 7)
    renewals = Q(kind=ApplicationKind.RENEWAL)
    sent = Application.objects.sent().annotate(year=ExtractYear("submitted_at"))
    counted = sent.order_by().values_list("year").annotate(all=Count("pk"), renewed=Count("pk", filter=renewals))
    for year, *both in counted:
        rows[year][0:2] = both
    licences = Licence.objects.annotate(year=ExtractYear("office_signed_on")).order_by().values_list("year")
    again = Q(application__kind=ApplicationKind.RENEWAL)
    for year, *both in licences.annotate(new=Count("pk", filter=~again), renewed=Count("pk", filter=again)):
        rows[year][2:4] = both
    ended = Application.objects.sent().exclude(decided_at=None).annotate(year=ExtractYear("decided_at"))
    states = (ApplicationState.REFUSED, ApplicationState.LEFT_UNEXAMINED, ApplicationState.WITHDRAWN)
    counts = {state: Count("pk", filter=Q(state=state)) for state in states}
    for year, *three in ended.filter(state__in=states).order_by().values_list("year").annotate(**counts):
        rows[year][4:7] = three
    return [(year, *figures) for year, figures in sorted(rows.items(), reverse=True)]


def by_kind(year=None):
    """[(kind, submitted, granted)]."""
    return _grouped(F(f"{_ORGANISATION}__kind__label"), lambda label: label or MISSING, year)


def by_county(year=None):
    """[(county, submitted, granted)]; of whom the register knows no county, that is said."""
    names = {one.teryt: str(one) for one in County.objects.defer("boundary")}
    county = Coalesce(F(f"{_ORGANISATION}__unit__county_id"), F(f"{_ORGANISATION}__institution__county_id"))
    return _grouped(county, lambda code: names.get(code, MISSING), year)


def time_in_states(year=None):
    """[(state, how often it was left, mean days, median days, most days)], in the order of the way."""
    with connection.cursor() as cursor:
        cursor.execute(_SPANS, [year, year])
        found = {state: (times, *map(float, days)) for state, times, *days in cursor.fetchall()}
    return [
        (state.label, found[state][0], *(round(days, 1) for days in found[state][1:]))
        for state in ApplicationState
        if state in found
    ]


def refusals(year=None):
    """[(how it ended, how many, how many of them without a reason, [reasons])]."""
    labels = {move.name: move.label for move in applications}
    found = {name: [0, 0, []] for name in REFUSALS}
    for name, note in refusing_steps(year).values_list("name", "note"):
        row = found[name]
        row[0] += 1
        if not note.strip():
            row[1] += 1
        elif len(row[2]) < MOST_REASONS:
            row[2].append(note)
    return [(labels[name], *row) for name, row in found.items() if row[0]]


def refusing_steps(year=None):
    """The steps by which applications came to nothing, the newest first."""
    steps = Step.objects.filter(name__in=REFUSALS).order_by("-at", "-pk")
    return steps.filter(at__year=year) if year else steps


def unmet_criteria(year=None):
    """[(formal criterion, how many refused applications did not meet it)], the most frequent first."""
    rows = Verdict.objects.filter(is_met=False, application__state=ApplicationState.REFUSED)
    if year:
        rows = rows.filter(application__decided_at__year=year)
    counted = rows.order_by().values_list("criterion__title").annotate(count=Count("pk"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def _grouped(column, name, year):
    granted = Count("pk", filter=Q(state=ApplicationState.ACTIVE))
    sent = Application.objects.sent().annotate(group=column).order_by()
    if year:
        sent = sent.filter(submitted_at__year=year)
    found = sent.values_list("group").annotate(all=Count("pk"), granted=granted)
    return sorted(((name(group), all_, good) for group, all_, good in found), key=lambda row: (-row[1], row[0]))
