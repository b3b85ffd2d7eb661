"""A file with a plan: kept, read, looked at, and written into the draft in one transaction."""

import contextlib
import re
from functools import partial
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.jobs import orders
from core.exceptions import Refused
from procurement.choices import PlanImportState, VersionSource
from procurement.models import PlanImport, PlanPosition
from procurement.models.plans import PLAN_NUMBER
from procurement.plans.words import Names
from procurement.use_cases.plans import comparing, contents
from procurement.use_cases.plans.drafts import carried_over, draft_of, locked, new_draft
from procurement.use_cases.plans.reading import clause_kinds, read_file
from procurement.use_cases.plans.report import report_of
from registry.spreadsheets import UnreadableFile

_GONE = "Tego pliku już nie ma. Wczytaj go jeszcze raz."
READ, APPLY = "procurement.read_plan", "procurement.apply_plan"
# Up to these the person at the screen waits; more is work for a worker.
MOST_BYTES_AT_ONCE, MOST_ROWS_AT_ONCE = 256 * 1024, 500


@transaction.atomic
def receive(*, plan, file, name, is_whole=True, actor, now):
    """Keep a file (open, binary); nothing is read yet. Returns the PlanImport."""
    run = PlanImport(plan=plan, file_name=Path(name).name[:255], is_whole=is_whole, created_by=actor, created_at=now)
    run.file.save(run.file_name or "plan.csv", File(file), save=False)
    run.save()
    return run


def is_small(run):
    """Whether a person may wait while it is read; one that is gone is soon said to be."""
    try:
        return run.file.size <= MOST_BYTES_AT_ONCE
    except OSError:
        return True


def read(*, import_id, path=None, may_ask=False, progress=None):
    """Read the rows of a kept file. One that cannot be read as a whole says so in `error`; nothing is raised. A file
    that somebody gave up meanwhile stays given up.

    `may_ask`: a person is there to say what the columns are, when no heading was found or a needed one is missing
    among headings that nobody knows.
    """
    run = PlanImport.objects.select_related("plan__authority__institution", "plan__unit").get(pk=import_id)
    if run.state != PlanImportState.WAITING:
        return run
    if not (path or default_storage.exists(run.file.name)):
        return _failed(run, _GONE)
    try:
        found = read_file(path or run.file.path, run.plan, said=run.columns, progress=progress)
    except UnreadableFile as failure:
        return _failed(run, failure.sentence)
    if not run.columns:
        # Later readings go by what the person chose from the first.
        run.layout = found.layout
    if may_ask and (found.error or (found.is_doubtful and not run.columns)):
        run.state, run.error = PlanImportState.NEEDS_COLUMNS, found.error
    elif found.error:
        return _failed(run, found.error)
    else:
        run.state, run.error = PlanImportState.READ, ""
        run.drafts, run.notes = [one.as_dict() for one in found.drafts], found.notes
    return _kept(run)


def _failed(run, sentence):
    run.state, run.error = PlanImportState.FAILED, sentence[:500]
    if run.file:
        with contextlib.suppress(OSError):
            run.file.delete(save=False)
    return _kept(run)


@transaction.atomic
def _kept(run):
    """What was read, unless somebody has given the file up meanwhile."""
    now = PlanImport.objects.select_for_update(of=["self"]).get(pk=run.pk)
    if now.state != PlanImportState.WAITING:
        return now
    run.save()
    return run


@transaction.atomic
def order(*, import_id, kind, actor, back, now):
    """Have a worker read or write it."""
    run = PlanImport.objects.select_for_update(of=["self"]).select_related("job").get(pk=import_id)
    if run.job and run.job.is_open:
        raise Refused("Ten plik jest właśnie przetwarzany.")
    title = f"{'Odczytanie' if kind == READ else 'Zapis'} planu: {run.file_name}"
    run.job = orders.ask(
        kind=kind, title=title, owner=actor, given={"import_id": run.pk}, total=len(run.drafts), back=back, now=now
    )
    run.save(update_fields=["job"])
    return run


def outcome_of(run):
    """What the file would make of the plan as it is now: a comparing.Outcome."""
    plan = run.plan
    draft = draft_of(plan)
    known = contents.read(draft) if draft else carried_over(plan.current)
    current = contents.read(plan.current)
    ids = {one.position_id for one in known}
    return comparing.compare(
        run.drafts,
        known=known,
        lost=[*(one for one in current if one.position_id not in ids), *_older(plan, ids)],
        base={one.position_id for one in current},
        is_whole=run.is_whole,
        kinds=clause_kinds(plan.year),
        names=Names(),
    )


def _older(plan, ids):
    """Positions of versions before, which may come back under their number."""
    held = ids | set(plan.current.items.values_list("position_id", flat=True) if plan.current else ())
    gone = PlanPosition.objects.filter(plan=plan).exclude(pk__in=held).order_by("pk")
    found = {}
    for position in gone.prefetch_related("items"):
        last = max(position.items.all(), key=lambda item: item.version_id, default=None)
        if last:
            found[position.pk] = contents.Content(
                position_id=position.pk, number=position.number, subject=last.subject, nature=last.nature
            )
    return list(found.values())


@transaction.atomic
def apply(*, import_id, actor, now, progress=None):
    """Write what was read into the draft, which is begun when there is none. Returns the PlanImport with its report.

    Refused: a file that was not read or was written already, one without a row that could be taken.
    """
    run = PlanImport.objects.select_for_update(of=["self"]).get(pk=import_id)
    if run.state != PlanImportState.READ:
        raise Refused(f"Tego pliku nie można teraz zapisać: jest {run.get_state_display()}.")
    plan = run.plan = locked(run.plan_id)
    outcome = outcome_of(run)
    if not outcome.rows:
        raise Refused("W pliku nie ma żadnego wiersza, który można zapisać.")
    draft = draft_of(plan) or new_draft(plan, source=VersionSource.IMPORT, actor=actor, now=now)
    draft.plan = plan
    if draft.source != VersionSource.IMPORT:
        draft.source = VersionSource.IMPORT
        draft.save(update_fields=["source"])
    contents.write(draft, outcome.contents, base=plan.current, progress=progress)
    _take_plan_number(plan, run)
    run.state, run.applied_at = PlanImportState.APPLIED, now
    run.report = report_of(run, outcome)
    if run.file:
        # Not before the commit: a transaction that is broken off is begun anew.
        transaction.on_commit(partial(default_storage.delete, run.file.name), robust=True)
        run.file = ""
    run.save(update_fields=["state", "applied_at", "report", "file"])
    return run


def _take_plan_number(plan, run):
    """The number of the plan in the bulletin, when the rows taken agree on one and nobody has entered another."""
    numbers = {one["texts"].get("plan_number", "").strip() for one in run.drafts if one["rejection"] is None} - {""}
    if len(numbers) == 1 and not plan.bzp_number:
        [number] = numbers
        if is_plan_number(number):
            plan.bzp_number = number
            plan.save(update_fields=["bzp_number"])


def is_plan_number(text):
    return re.match(PLAN_NUMBER, text, re.ASCII) is not None and len(text) <= 30


@transaction.atomic
def give_up(*, import_id):
    """Forget what was read; nothing was written. Refused once it was."""
    run = PlanImport.objects.select_for_update(of=["self"]).get(pk=import_id)
    if run.state == PlanImportState.APPLIED:
        raise Refused("Ten plik jest już zapisany w szkicu.")
    run.state, run.drafts = PlanImportState.GIVEN_UP, []
    if run.file:
        run.file.delete(save=False)
    run.save()
