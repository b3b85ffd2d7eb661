"""What the columns of a file are, as a person has said; the next file with such headings is read the same way."""

from django.db import transaction

from core.exceptions import Refused
from procurement.choices import PlanImportState
from procurement.models import PlanHeading, PlanImport
from procurement.plan_sheets.headings import LABELS, is_lasting


def may_be_told(run):
    """Whether the columns of this file can still be put right: it is kept, and nobody is at work on it."""
    states = (PlanImportState.NEEDS_COLUMNS, PlanImportState.READ)
    return bool(run.state in states and run.file and run.layout and not (run.job and run.job.is_open))


@transaction.atomic
def tell_columns(*, import_id, fields, rows):
    """Take a person's word: `fields` {key of a heading: field, or "" for "do not load"}, `rows` {number of a sheet:
    row of its headings, or 0 for "leave it out"}. The file waits to be read anew. Returns the PlanImport.

    Refused: a field that plans do not have, a file that was written, given up or is being worked on.
    """
    if unknown := [field for field in fields.values() if field and field not in LABELS]:
        raise Refused(f"Plan nie ma pola „{unknown[0]}”.")
    run = PlanImport.objects.select_for_update(of=["self"]).select_related("plan", "job").get(pk=import_id)
    if not may_be_told(run):
        raise Refused("Kolumn tego pliku nie można teraz zmienić. Wczytaj plik jeszcze raz.")
    run.columns = {"fields": fields, "rows": {str(number): row for number, row in rows.items()}}
    run.state, run.error, run.drafts, run.notes = PlanImportState.WAITING, "", [], []
    run.save(update_fields=["columns", "state", "error", "drafts", "notes"])
    _remember(run.plan, {key: field for key, field in fields.items() if is_lasting(key)})
    return run


def _remember(plan, fields):
    PlanHeading.objects.bulk_create(
        [
            PlanHeading(authority_id=plan.authority_id, unit_id=plan.unit_id, heading=key, field=field)
            for key, field in fields.items()
        ],
        update_conflicts=True,
        unique_fields=["authority", "unit", "heading"],
        update_fields=["field"],
    )
