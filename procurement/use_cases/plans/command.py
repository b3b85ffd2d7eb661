"""A file on disk into the draft of a plan in one go: what `import_plan` does."""

from pathlib import Path

from django.db import transaction

from accounts.jobs import running
from core.exceptions import Refused
from procurement.choices import PlanImportState
from procurement.models import OrderingUnit, PlanImport
from procurement.use_cases.authorities import authority_of
from procurement.use_cases.plans import importing
from procurement.use_cases.plans.making import plan_for
from procurement.use_cases.plans.publishing import publish
from procurement.use_cases.plans.report import report_of
from registry.models import Institution

KIND = "procurement.import_plan"


def import_file(*, path, nip, year, unit="", is_whole=True, published=False, now):
    """Read a file and write it into the draft, which `published` makes public at once. Returns the report.

    When no row can be taken nothing is written. Refused with the field `buyer`, `unit` or `year` when there is no such
    authority, unit or year, with `file` when the file as a whole cannot be read.
    """
    title = f"Import planu: {Path(path).name}"
    with running.here(kind=KIND, title=title, owner=None, now=now) as progress, transaction.atomic():
        run = _read(path, nip, year, unit, is_whole, now, progress)
        if all(one["rejection"] for one in run.drafts):
            report = report_of(run, importing.outcome_of(run), rehearsal=True)
            transaction.set_rollback(True)
            return report
        run = importing.apply(import_id=run.pk, actor=None, now=now, progress=progress)
        if published:
            publish(plan_id=run.plan_id, actor=None, now=now)
        return run.report


def rehearse_file(*, path, nip, year, unit="", is_whole=True, now):
    """The report of what import_file() would do; nothing is kept."""
    with transaction.atomic():
        run = _read(path, nip, year, unit, is_whole, now, None)
        report = report_of(run, importing.outcome_of(run), rehearsal=True)
        transaction.set_rollback(True)
    return report


def _read(path, nip, year, unit, is_whole, now, progress):
    plan = plan_for(**_whose(nip, unit, now), year=year, now=now)
    run = PlanImport.objects.create(plan=plan, file_name=Path(path).name[:255], is_whole=is_whole, created_at=now)
    run = importing.read(import_id=run.pk, path=path, progress=progress)
    if run.state == PlanImportState.FAILED:
        raise Refused(run.error, field="file")
    return run


def _whose(nip, unit, now):
    institution = Institution.objects.living().filter(nip=nip).first()
    if institution is None:
        raise Refused(f"W rejestrze nie ma instytucji o NIP {nip}.", field="buyer")
    authority = authority_of(institution, now=now)
    if not unit:
        return {"authority": authority, "unit": None}
    units = OrderingUnit.objects.filter(authority=authority)
    found = units.filter(name__iexact=unit.strip()).first()
    if found is None:
        known = ", ".join(units.order_by("name").values_list("name", flat=True)) or "żadnej"
        raise Refused(f"Ten zamawiający nie ma jednostki „{unit}”. Ma: {known}.", field="unit")
    return {"authority": authority, "unit": found}
