"""A plan of an authority, or of one of its units, for a year."""

from datetime import date

from django.db import transaction

from core.exceptions import Refused
from procurement.choices import PlanState, VersionSource
from procurement.models import ClauseKind, Mode, Notice, Plan, PlanVersion
from procurement.models.plans import FIRST_YEAR, LAST_YEAR
from procurement.use_cases import entries
from procurement.use_cases.plans import contents


@transaction.atomic
def make_plan(*, authority, unit=None, year, budget_on=None, bzp_number="", url="", copied=False, actor, now):
    """A new plan with a draft: empty, or with last year's published positions, each a year later.

    Refused: the unit has a plan for that year, there is nothing to copy.
    """
    head = {"budget_on": budget_on, "bzp_number": bzp_number, "url": url, "created_at": now}
    plan, is_new = Plan.objects.get_or_create(authority=authority, unit=unit, year=year, defaults=head)
    if not is_new:
        raise Refused("Ta jednostka ma już plan na ten rok. Otwórz go z listy planów.", field="year")
    source = VersionSource.COPY if copied else VersionSource.FORM
    draft = PlanVersion.objects.create(plan=plan, number=1, source=source, created_at=now, created_by=actor)
    if copied:
        contents.write(draft, _of_last_year(plan), base=None)
    return plan


def _of_last_year(plan):
    last = Plan.objects.public().filter(authority=plan.authority, unit=plan.unit, year=plan.year - 1).first()
    if last is None:
        raise Refused(f"Ta jednostka nie ma ogłoszonego planu na rok {plan.year - 1}.", field="start")
    # What is in force is of that year: a mode or a clause that the law has changed goes over to its next row.
    day = date(plan.year, 1, 1)
    modes, kinds = Mode.objects.heirs(day), ClauseKind.objects.heirs(day)
    return [
        one.with_values(
            position_id=None,
            update_kind="",
            opens_on=_a_year_later(one.opens_on),
            mode_id=modes.get(one.mode_id),
            clauses=[clause | {"kind_id": kinds[clause["kind_id"]]} for clause in one.clauses],
        )
        for one in contents.read(last.current)
        if not one.is_dropped
    ]


def _a_year_later(day):
    return day and day.replace(year=day.year + 1)


@transaction.atomic
def plan_for(*, authority, unit, year, now):
    """The plan, made without a version when there is none. Refused: a year that no plan can have."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"Podaj rok od {FIRST_YEAR} do {LAST_YEAR}.", field="year")
    plan, _ = Plan.objects.get_or_create(authority=authority, unit=unit, year=year, defaults={"created_at": now})
    return plan


@transaction.atomic
def change_plan(*, plan_id, budget_on, bzp_number, url, now):
    """What stands in the head of a plan: it belongs to no version. The public list says it of every position."""
    plan = Plan.objects.select_for_update(of=["self"]).get(pk=plan_id)
    is_told = plan.current_id and (plan.bzp_number, plan.url) != (bzp_number, url)
    plan.budget_on, plan.bzp_number, plan.url = budget_on, bzp_number, url
    plan.save(update_fields=["budget_on", "bzp_number", "url"])
    if is_told:
        notices = Notice.objects.public().filter(position__plan=plan)
        entries.refresh([*plan.positions.values_list("pk", flat=True), *notices.values_list("pk", flat=True)], now=now)
    return plan


@transaction.atomic
def remove_plan(*, plan_id):
    """Forget a plan that nobody outside has ever seen. Refused once one of its versions was published."""
    plan = Plan.objects.select_for_update(of=["self"]).get(pk=plan_id)
    if plan.versions.filter(state=PlanState.PUBLISHED).exists():
        raise Refused("Tego planu nie można usunąć, bo jest ogłoszony.")
    plan.versions.all().delete()
    contents.forget_orphans(plan)
    files = [run.file for run in plan.imports.exclude(file="").only("file")]
    plan.delete()
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])
