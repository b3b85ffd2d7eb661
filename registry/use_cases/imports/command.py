"""A file on disk into the register in one go: what `import_registry` does."""

from pathlib import Path

from django.db import transaction

from accounts.jobs import running
from core.exceptions import Refused
from registry.choices import ImportState
from registry.models import ImportRun
from registry.spreadsheets import UnreadableFile, open_sheet
from registry.use_cases.imports import apply, runs, stage

_NO_NAME = "Nie rozpoznano kolumny z nazwą podmiotu; opisz kolumny w panelu albo popraw nagłówek."


def import_file(*, path, now, source="", publish=True, other_regions=False, actor=None, report=lambda run: None):
    """Stage and apply a file; a run of the same file that was killed goes on where it stopped. Returns the run.

    `report` is called with the applied run. Raises UnreadableFile, with nothing written, when the file as a whole
    cannot be read.
    """
    path = Path(path)
    with open_sheet(path):
        pass
    with running.here(kind="registry.import_file", title=f"Import: {path.name}", owner=actor, now=now) as progress:
        return _import(path, now, source, publish, other_regions, actor, report, progress)


def _import(path, now, source, publish, other_regions, actor, report, progress):
    wanted = {"source": runs.source_named(source), "publish": publish, "other_regions": other_regions, "actor": actor}
    with path.open("rb") as file:
        run = runs.unfinished_twin(sha256=runs.sha256_of(file), **wanted)
        run = run or runs.receive(file=file, name=path.name, **wanted)
    ImportRun.objects.filter(pk=run.pk).update(job=progress.job)
    run = _staged(run, now, progress)
    run = _applied(run, actor, now, progress)
    report(run)
    return run


def rehearse_file(*, path, now, source="", publish=True, other_regions=False, report=lambda run: None):
    """Do everything up to the preview and forget it again. `report` is called while the staged run still exists."""
    path = Path(path)
    with transaction.atomic():
        run = ImportRun.objects.create(
            source=runs.source_named(source),
            file_name=path.name[:255],
            sha256="",
            publish=publish,
            other_regions=other_regions,
        )
        run = stage.stage(run_id=run.pk, now=now, path=path)
        if run.state == ImportState.NEEDS_MAPPING:
            raise UnreadableFile(_NO_NAME)
        report(run)
        transaction.set_rollback(True)


def _staged(run, now, progress):
    """A run that was staged before the crash is staged anew: the register may have changed since."""
    try:
        work = stage.restage if run.state == ImportState.STAGED else stage.stage
        run = work(run_id=run.pk, now=now, report=progress)
        if run.state == ImportState.NEEDS_MAPPING:
            raise UnreadableFile(_NO_NAME)
    except UnreadableFile:
        runs.forget(run)
        raise
    return run


def _applied(run, actor, now, progress):
    try:
        return apply.apply(run_id=run.pk, actor=actor, now=now, report=progress)
    except Refused:
        # Somebody entered the same number in the same moment: what was staged no longer holds.
        stage.restage(run_id=run.pk, now=now, report=progress)
        return apply.apply(run_id=run.pk, actor=actor, now=now, report=progress)
