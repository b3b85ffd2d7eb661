"""Imports in the background: a task may come twice, or after its run has moved on."""

import pytest

from registry.choices import ImportState
from registry.models import ImportRun, Organisation
from registry.tasks import imports as tasks
from registry.use_cases.imports import runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(sheet):
    path = sheet("Nazwa;NIP", "Fundacja Alfa;8831690460")
    with path.open("rb") as file:
        return runs.receive(file=file, name=path.name, source=runs.source_named(""))


def state():
    return ImportRun.objects.get().state


def test_a_run_goes_through_its_tasks(run):
    tasks.stage_import.delay(run_id=run.pk)
    assert state() == ImportState.STAGED

    tasks.apply_import.delay(run_id=run.pk, actor_id=None)
    assert (state(), Organisation.objects.count()) == (ImportState.APPLIED, 1)

    tasks.undo_import.delay(run_id=run.pk)
    assert (state(), Organisation.objects.count()) == (ImportState.UNDONE, 0)


def test_a_task_that_comes_twice_does_no_harm(run):
    for _ in range(2):
        tasks.stage_import.delay(run_id=run.pk)
    for _ in range(2):
        tasks.apply_import.delay(run_id=run.pk, actor_id=None)

    assert (state(), Organisation.objects.count()) == (ImportState.APPLIED, 1)


@pytest.mark.parametrize(
    ("died_in", "goes_on_to"),
    [(ImportState.STAGING, ImportState.STAGED), (ImportState.APPLYING, ImportState.APPLIED)],
)
def test_what_a_killed_worker_left_goes_on(run, died_in, goes_on_to):
    if died_in == ImportState.APPLYING:
        tasks.stage_import.delay(run_id=run.pk)
    ImportRun.objects.update(state=died_in)

    tasks.resume_imports.delay()

    assert state() == goes_on_to


def test_a_file_that_cannot_be_read_ends_the_task_quietly(sheet):
    path = sheet("kolor;smak", "zielony;gorzki")
    with path.open("rb") as file:
        run = runs.receive(file=file, name=path.name, source=runs.source_named(""))

    tasks.stage_import.delay(run_id=run.pk)

    assert state() == ImportState.FAILED
