"""Figures of the mark for coordinators: by year, kind and county, time in each state, reasons of refusal."""

from collections import defaultdict

from django.db.models import Count, F, Q, Window
from django.db.models.functions import Coalesce, ExtractYear, Lead

from quality_mark.choices import ApplicationKind, ApplicationState
from quality_mark.models import Application, Licence, Step
from quality_mark.workflow import applications
from registry.models import County

MISSING = "nie podano"
REFUSALS = ("fail", "refuse", "unsigned", "leave")
_ORGANISATION = "offer__organisation"


def by_year():
    """[(year, submitted, of them renewals, granted, refused, left)], the newest first."""
    rows = defaultdict(lambda: [0, 0, 0, 0, 0])
    sent = Application.objects.exclude(number="").annotate(year=ExtractYear("submitted_at"))
    renewals = Q(kind=ApplicationKind.RENEWAL)
    counted = sent.order_by().values_list("year").annotate(all=Count("pk"), renewed=Count("pk", filter=renewals))
    for year, all_, renewed in counted:
        rows[year][0:2] = all_, renewed
    ended = sent.exclude(decided_at=None).annotate(end=ExtractYear("decided_at"))
    counts = {state: Count("pk", filter=Q(state=state)) for state in ("refused", "left_unexamined")}
    for year, refused, left in ended.order_by().values_list("end").annotate(**counts):
        rows[year][3:5] = refused, left
    licences = Licence.objects.annotate(year=ExtractYear("office_signed_on"))
    for year, count in licences.order_by().values_list("year").annotate(count=Count("pk")):
        rows[year][2] = count
    return [(year, *figures) for year, figures in sorted(rows.items(), reverse=True)]


def by_kind():
    """[(kind, submitted, granted)]."""
    return _grouped(F(f"{_ORGANISATION}__kind__label"), lambda label: label or MISSING)


def by_county():
    """[(county, submitted, granted)]; of whom the register knows no county, that is said."""
    names = {one.teryt: str(one) for one in County.objects.defer("boundary")}
    county = Coalesce(F(f"{_ORGANISATION}__unit__county_id"), F(f"{_ORGANISATION}__institution__county_id"))
    return _grouped(county, lambda code: names.get(code, MISSING))


def time_in_states():
    """[(state, how often it was left, mean days)] of applications, in the order of the way."""
    following = Window(Lead("at"), partition_by=F("application_id"), order_by=[F("at").asc(), F("pk").asc()])
    spans = Step.objects.annotate(next=following).order_by().values_list("target", "at", "next")
    days = defaultdict(list)
    for target, since, until in spans.iterator(chunk_size=2000):
        if until is not None:
            days[target].append((until - since).total_seconds() / 86_400)
    return [
        (state.label, len(days[state]), round(sum(days[state]) / len(days[state]), 1))
        for state in ApplicationState
        if days[state]
    ]


def refusals():
    """[(how it ended, how many, how many of them without a reason, [reasons])]."""
    labels = {move.name: move.label for move in applications}
    found = {name: [0, 0, []] for name in REFUSALS}
    for name, note in Step.objects.filter(name__in=REFUSALS).order_by("-at").values_list("name", "note"):
        row = found[name]
        row[0] += 1
        if not note.strip():
            row[1] += 1
        elif len(row[2]) < 20:
            row[2].append(note)
    return [(labels[name], *row) for name, row in found.items() if row[0]]


def _grouped(column, name):
    granted = Count("pk", filter=Q(state=ApplicationState.ACTIVE))
    sent = Application.objects.exclude(number="").annotate(group=column).order_by()
    found = sent.values_list("group").annotate(all=Count("pk"), granted=granted)
    return sorted(((name(group), all_, good) for group, all_, good in found), key=lambda row: (-row[1], row[0]))
