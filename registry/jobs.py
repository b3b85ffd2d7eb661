"""Long work of the register. Each may be killed at any moment and, where it says so, done again."""

import pghistory
from django.utils import timezone

from accounts.jobs.kinds import Kind, register
from accounts.jobs.running import Cancelled
from core.exceptions import Refused
from registry.choices import ImportState
from registry.exports.panel import write_cards
from registry.spreadsheets import UnreadableFile
from registry.use_cases import bulk
from registry.use_cases.imports import apply, runs, stage, undo


def check_import(progress, owner, *, run_id):
    """Read, clean and match the rows of a file; a run that was checked before is checked anew."""
    run = runs.pick_up(run_id=run_id)
    work = stage.restage if run.state == ImportState.STAGED else stage.stage
    try:
        run = work(run_id=run_id, now=timezone.now(), report=progress)
    except UnreadableFile as failure:
        raise Refused(failure.sentence) from failure
    except Cancelled:
        runs.cancel(run_id=run_id)
        raise
    if run.state == ImportState.NEEDS_MAPPING:
        return ["Trzeba opisać kolumny, których program nie rozpoznał."]
    return _result(run, "Sprawdzono wiersze")


def write_import(progress, owner, *, run_id):
    runs.pick_up(run_id=run_id)
    try:
        run = apply.apply(run_id=run_id, actor=owner, now=timezone.now(), report=progress)
    except Cancelled:
        # Nothing was committed: the rows are as they were when they had been checked.
        runs.pick_up(run_id=run_id)
        raise
    return _result(run, "Zapisano w rejestrze")


def _result(run, done):
    return [f"{done} – {runs.result_words(run) or 'nic się nie zmieniło'}."]


def undo_import(progress, owner, *, run_id, leave_touched):
    runs.pick_up(run_id=run_id)
    undo.undo(run_id=run_id, leave_touched=leave_touched, actor=owner, now=timezone.now())


def do_to_rows(progress, owner, *, verb, keys):
    """A verb for thousands of rows. One that was done already is done again without effect."""
    with pghistory.context(user=owner and owner.pk, source="panel"):
        outcome = bulk.run(verb=verb, keys=keys, now=timezone.now(), report=progress)
    return [words for _, words in bulk.sentences(verb, outcome)]


def export_cards(progress, owner, *, keys, extension, site):
    write_cards(progress, keys=keys, extension=extension, site=site)


def register_jobs():
    register(
        Kind("registry.check_import", check_import, again=True, permission="registry.add_importrun"),
        Kind("registry.write_import", write_import, again=True, permission="registry.add_importrun"),
        Kind("registry.undo_import", undo_import, again=True, permission="registry.add_importrun"),
        Kind("registry.do_to_rows", do_to_rows, again=True, permission="registry.change_organisation"),
        Kind("registry.export_cards", export_cards, again=True, permission="registry.view_organisation"),
        # What `import_registry` does in its own process: whoever called it calls it again.
        Kind("registry.import_file", None, again=False),
    )
