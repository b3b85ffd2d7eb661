"""The life of a run: received, put off, picked up after a crash, forgotten after half a year."""

import contextlib
import hashlib
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import models, transaction

from accounts.jobs import keeping, orders
from core.exceptions import Refused
from registry.choices import DuplicateState, ImportAction, ImportState
from registry.models import DataSource, DuplicateCase, ImportRun
from registry.use_cases.imports import sql
from registry.use_cases.imports.locks import is_worked_on, patiently

_TOLD = {
    "nowe": ImportAction.CREATE,
    "zmiany": ImportAction.UPDATE,
    "odrzucone": ImportAction.REJECT,
    "do decyzji": ImportAction.WAITING,
}
DEFAULT_SOURCE = "Wykaz wczytany z pliku"
# After the crash of its process a run goes back to where it can be picked up.
_BEFORE = {
    ImportState.STAGING: ImportState.UPLOADED,
    ImportState.APPLYING: ImportState.STAGED,
    ImportState.UNDOING: ImportState.APPLIED,
}


def source_named(name):
    """The source of this name in any case, made when new with the ordinary rank."""
    name = name.strip() or DEFAULT_SOURCE
    return DataSource.objects.filter(name__iexact=name).first() or DataSource.objects.create(name=name)


def sha256_of(file):
    """Of a binary file, which is left at its beginning."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def forget(run):
    """Leave no trace of a run that brought nothing: its file, its rows, a source that was made for it."""
    drop_rows(run.pk)
    if run.file:
        run.file.delete(save=False)
    run.delete()
    with contextlib.suppress(models.ProtectedError):
        if not run.source.headings.exists():
            run.source.delete()


def receive(*, file, name, source, publish=True, other_regions=False, actor=None):
    """Keep a file (open, binary) for staging. Nothing is read yet. Returns the ImportRun, state `uploaded`."""
    run = ImportRun(
        source=source,
        file_name=Path(name).name[:255],
        sha256=sha256_of(file),
        publish=publish,
        other_regions=other_regions,
        started_by=actor,
    )
    run.file.save(run.file_name, File(file), save=False)
    run.save()
    return run


@transaction.atomic
def advance(run_id, *, sources, target, **values):
    """Move a run to `target` when it stands in one of `sources`; `values` are written with it."""
    run = ImportRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise Refused("Tego importu już nie ma.")
    if run.state not in sources:
        raise Refused(f"Tego kroku nie da się teraz zrobić: import jest w stanie „{run.get_state_display()}”.")
    run.state = target
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=["state", *values])
    return run


@transaction.atomic
def order(*, run_id, kind, **wanted):
    """Have a worker do the next step of a run, in the words of accounts.jobs.orders.ask; one step at a time."""
    run = ImportRun.objects.select_for_update(of=["self"]).select_related("job").get(pk=run_id)
    if run.job and run.job.is_open and not keeping.is_stalled(run.job):
        raise Refused("Ten import czeka już na wolny proces albo jest właśnie przetwarzany.")
    run.job = orders.ask(kind=kind, **wanted)
    run.save(update_fields=["job"])
    return run


def result_words(run):
    """ "nowe: 12, zmiany: 3, odrzucone: 1", or nothing."""
    return ", ".join(f"{word}: {run.counts[action]}" for word, action in _TOLD.items() if run.counts.get(action))


def is_stalled(run):
    """Whether the process that worked on the run has died."""
    return run.state in ImportState.working() and not is_worked_on(run.pk)


def pick_up(*, run_id):
    """Put a run whose process died back to its last good state; others are left. Returns the run.

    Staged chunks are kept and staging goes on behind them; what was being written was never committed.
    """
    run = ImportRun.objects.get(pk=run_id)
    if is_stalled(run):
        run = advance(run_id, sources=[run.state], target=_BEFORE[run.state])
    return run


def unfinished_twin(*, sha256, source, publish, other_regions, actor):
    """A run of the same file by the same person that was left unfinished, ready to go on; or None."""
    twins = ImportRun.objects.filter(sha256=sha256, source=source, publish=publish, other_regions=other_regions)
    for run in twins.filter(started_by=actor, state__in=ImportState.unfinished()).order_by("-pk"):
        if not is_worked_on(run.pk):
            return pick_up(run_id=run.pk)
    return None


def cancel(*, run_id):
    """Give up a run that has not been written; its staged rows go. Refused while a process works on it."""
    run = pick_up(run_id=run_id)
    if run.state in ImportState.working():
        raise Refused("Ten import jest właśnie przetwarzany; poczekaj na koniec.")
    waiting = [ImportState.UPLOADED, ImportState.NEEDS_MAPPING, ImportState.STAGED, ImportState.FAILED]
    run = advance(run_id, sources=waiting, target=ImportState.CANCELLED)
    drop_rows(run_id)
    return run


@transaction.atomic
def drop_rows(run_id):
    """Forget what was staged; in one statement, whatever the number of rows."""
    patiently()
    sql.run(
        "UPDATE registry_duplicatecase SET row_id = NULL "
        "WHERE row_id IN (SELECT id FROM registry_importrow WHERE run_id = %s)",
        [run_id],
    )
    sql.run("DELETE FROM registry_importrow WHERE run_id = %s", [run_id])


def forget_old(*, now):
    """Delete files and staged rows of runs past their keeping time; the run itself stays as a record.

    Rows that a person has still to decide on are kept with their run. Returns how many runs were cleared.
    """
    limit = now - timedelta(days=settings.IMPORT_KEPT_DAYS)
    undecided = DuplicateCase.objects.filter(state=DuplicateState.OPEN, row__isnull=False).values("row__run")
    cleared = 0
    for run in ImportRun.objects.filter(created_at__lt=limit).exclude(pk__in=undecided).exclude(file=""):
        if is_worked_on(run.pk):
            continue
        drop_rows(run.pk)
        for file in (run.file, run.rejected_file):
            if file:
                file.delete(save=False)
        run.file = run.rejected_file = ""
        run.save(update_fields=["file", "rejected_file"])
        cleared += 1
    return cleared
