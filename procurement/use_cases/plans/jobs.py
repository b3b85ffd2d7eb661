"""Large files with plans: read and written by a worker."""

from django.utils import timezone

from core.exceptions import Refused
from procurement.choices import PlanImportState
from procurement.use_cases.plans import importing

READ, APPLY = importing.READ, importing.APPLY


def read_plan(progress, owner, *, import_id):
    run = importing.read(import_id=import_id, may_ask=True, progress=progress)
    if run.state == PlanImportState.FAILED:
        raise Refused(run.error)
    if run.state == PlanImportState.NEEDS_COLUMNS:
        return ["Wskaż, co jest w kolumnach."]
    return [f"Odczytano wiersze: {len(run.drafts)}. Sprawdź je i zapisz w szkicu planu."]


def apply_plan(progress, owner, *, import_id):
    """Done again after its process was killed: nothing had been committed."""
    run = importing.apply(import_id=import_id, actor=owner, now=timezone.now(), progress=progress)
    report = run.report
    return [f"Zapisano w szkicu – nowe: {report['created']}, zmienione: {report['updated']}."]
