"""Imports as long work: a job may come twice, be broken off, or be left by a process that was killed."""

import pytest

from accounts.choices import JobState
from accounts.jobs import keeping
from accounts.models import Job
from accounts.tasks import send_waiting_jobs
from registry.choices import ImportState
from registry.models import ImportRun, Organisation
from registry.use_cases.imports import runs
from tests.registry.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
CHECK, WRITE, UNDO = "registry.check_import", "registry.write_import", "registry.undo_import"


@pytest.fixture
def run(sheet):
    path = sheet("Nazwa;NIP", "Fundacja Alfa;8831690460")
    with path.open("rb") as file:
        return runs.receive(file=file, name=path.name, source=runs.source_named(""))


def order(run, kind, **given):
    return runs.order(
        run_id=run.pk, kind=kind, title="Import", owner=None, given={"run_id": run.pk} | given, now=NOW
    ).job


def state():
    return ImportRun.objects.get().state


def test_a_run_goes_through_its_jobs(run):
    order(run, CHECK)
    assert state() == ImportState.STAGED

    order(run, WRITE)
    assert (state(), Organisation.objects.count()) == (ImportState.APPLIED, 1)

    order(run, UNDO, leave_touched=False)
    assert (state(), Organisation.objects.count()) == (ImportState.UNDONE, 0)
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    told = [sentence for job in Job.objects.order_by("pk") for sentence in job.result]
    assert told == ["Sprawdzono wiersze – nowe: 1.", "Zapisano w rejestrze – nowe: 1."]


def test_a_step_that_is_not_the_next_one_fails_in_words(run):
    job = order(run, WRITE)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == "Tego kroku nie da się teraz zrobić: import jest w stanie „wczytany”."
    assert state() == ImportState.UPLOADED


@pytest.mark.parametrize(
    ("died_in", "kind", "goes_on_to"),
    [
        (ImportState.STAGING, CHECK, ImportState.STAGED),
        (ImportState.APPLYING, WRITE, ImportState.APPLIED),
        (ImportState.UNDOING, UNDO, ImportState.UNDONE),
    ],
)
def test_what_a_killed_worker_left_goes_on(run, died_in, kind, goes_on_to):
    for step in (CHECK, WRITE):
        if step == kind:
            break
        order(run, step)
    given = {"run_id": run.pk} | ({"leave_touched": False} if kind == UNDO else {})
    job = Job.objects.create(kind=kind, title="x", given=given, state=JobState.RUNNING, attempts=1, asked_at=NOW)
    ImportRun.objects.update(state=died_in, job=job)
    assert keeping.is_stalled(job)

    send_waiting_jobs.delay()

    job.refresh_from_db()
    assert (job.state, job.attempts, state()) == (JobState.DONE, 2, goes_on_to)


def test_a_file_that_cannot_be_read_ends_the_job_in_words(sheet):
    path = sheet("kolor;smak", "zielony;gorzki")
    with path.open("rb") as file:
        run = runs.receive(file=file, name=path.name, source=runs.source_named(""))

    job = order(run, CHECK)

    job.refresh_from_db()
    assert (job.state, state()) == (JobState.FAILED, ImportState.FAILED)
    assert job.error.startswith("Nie znaleziono wiersza nagłówków")
