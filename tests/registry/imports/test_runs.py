"""A run from upload to forgetting: states, what happens between preview and writing, resuming, keeping time."""

from datetime import timedelta

import pytest
from django.core.files import File
from django.db import connection
from django.utils import timezone

from accounts.choices import JobState
from accounts.jobs import kinds, orders
from core.exceptions import Refused
from registry import jobs
from registry.choices import ImportAction, ImportState
from registry.models import DuplicateCase, ImportRow, ImportRun, Institution, Organisation
from registry.spreadsheets import UnreadableFile
from registry.use_cases import organisations
from registry.use_cases.imports import apply, mapping, report, runs, stage
from tests.registry.factories import NOW, InstitutionFactory, OrganisationFactory
from tests.registry.imports.conftest import actions, numbers

pytestmark = pytest.mark.django_db

HEADING = "Nazwa;Rodzaj;NIP;Telefon;Miejscowość;Powiat"
ALFA = "Fundacja Alfa;fundacja;8831690460;74 837 25 99;Kłodzko;kłodzki"


@pytest.fixture
def received(sheet):
    """received(*lines) keeps a file of these lines as an uploaded run."""

    def receive(*lines, **options):
        path = sheet(*lines)
        with path.open("rb") as file:
            return runs.receive(file=file, name=path.name, source=runs.source_named(""), **options)

    return receive


@pytest.fixture
def staged(received):
    def run(*lines, **options):
        return stage.stage(run_id=received(*lines, **options).pk, now=NOW)

    return run


def test_staging_shows_what_would_happen_and_writes_nothing_to_the_register(staged):
    card = OrganisationFactory(institution__name="Fundacja Alfa", institution__nip="8831690460")

    run = staged(HEADING, ALFA, "Fundacja Beta;fundacja", "Fundacja Gama;fundacja;1")

    assert (run.state, run.rows_total) == (ImportState.STAGED, 3)
    assert actions(run) == {2: ImportAction.UPDATE, 3: ImportAction.CREATE, 4: ImportAction.REJECT}
    changes = run.rows.get(number=2).changes
    assert changes["phone"] == ["+48710000000", "+48748372599"]
    assert [one.pk for one in Organisation.objects.all()] == [card.pk]


def test_a_row_whose_card_a_person_changed_since_is_left(staged):
    OrganisationFactory(institution__name="Fundacja Alfa", institution__nip="8831690460")
    run = staged(HEADING, ALFA)
    Institution.objects.update(phone="+48123456789")

    run = apply.apply(run_id=run.pk, now=NOW)

    assert Institution.objects.get().phone == "+48123456789"
    assert numbers(report.report(run)) == (1, 0, 0, 0, 0, 1)
    assert report.report(run)["rejected"] == [
        {
            "row": 2,
            "column": "",
            "value": "",
            "reason": "dane podmiotu zmieniono po sprawdzeniu pliku; wczytaj wiersz jeszcze raz",
        }
    ]


def test_a_row_whose_organisation_somebody_entered_since_is_left(staged):
    run = staged(HEADING, ALFA)
    InstitutionFactory(nip="8831690460")

    run = apply.apply(run_id=run.pk, now=NOW)

    assert numbers(report.report(run)) == (1, 0, 0, 0, 0, 1)
    assert not Organisation.objects.exists()


def test_a_run_is_applied_once(staged):
    run = staged(HEADING, ALFA)
    apply.apply(run_id=run.pk, now=NOW)

    with pytest.raises(Refused, match="import jest w stanie „zapisany”"):
        apply.apply(run_id=run.pk, now=NOW)
    assert Organisation.objects.count() == 1


def test_columns_a_person_describes_are_read_the_next_time_too(received):
    run = stage.stage(run_id=received("Kto;NIP;KRS", "Fundacja Alfa;8831690460;1").pk, now=NOW)
    assert (run.state, [column["field"] for column in run.mapping]) == (
        ImportState.NEEDS_MAPPING,
        [None, "nip", "krs"],
    )

    mapping.remember(run_id=run.pk, columns={"Kto": "name", "KRS": ""})
    run = stage.stage(run_id=run.pk, now=NOW)
    again = stage.stage(run_id=received("KTO;NIP;KRS", "Fundacja Beta;5322059220;2").pk, now=NOW)

    assert run.rows.get().cleaned["name"] == "Fundacja Alfa"
    assert "krs" not in again.rows.get().cleaned


def test_a_column_cannot_be_given_a_field_nobody_knows(staged):
    with pytest.raises(Refused, match="Nie ma pola „kolor”"):
        mapping.remember(run_id=staged(HEADING, ALFA).pk, columns={"Nazwa": "kolor"})


def test_an_unreadable_file_says_so_on_its_run(received):
    run = received("kolor;smak", "zielony;gorzki")

    with pytest.raises(UnreadableFile):
        stage.stage(run_id=run.pk, now=NOW)

    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert run.error.startswith("Nie znaleziono wiersza nagłówków")


def test_staging_goes_on_behind_the_last_whole_chunk(received, monkeypatch):
    monkeypatch.setattr(stage, "CHUNK", 2)
    lines = [
        HEADING,
        ALFA,
        "Fundacja Beta;fundacja",
        "Fundacja Gama;fundacja",
        "Inna;fundacja;8831690460",
        "Fundacja Beta;fundacja",
    ]
    whole = stage.stage(run_id=received(*lines).pk, now=NOW)
    cut = received(*lines)
    columns = [field.attname for field in ImportRow._meta.fields if field.name not in ("id", "run")]
    for row in whole.rows.filter(number__lte=3):
        ImportRow.objects.create(run=cut, **{name: getattr(row, name) for name in columns})

    cut = stage.stage(run_id=cut.pk, now=NOW)

    def told(run):
        return list(run.rows.order_by("number").values_list("number", "action", "of_number", "reason", "cleaned"))

    assert told(cut) == told(whole)
    assert actions(cut)[5] == actions(cut)[6] == ImportAction.REPEATED


@pytest.mark.parametrize(
    ("state", "before"),
    [
        (ImportState.STAGING, ImportState.UPLOADED),
        (ImportState.APPLYING, ImportState.STAGED),
    ],
)
def test_a_run_whose_process_died_is_put_back(staged, state, before):
    run = staged(HEADING, ALFA)
    ImportRun.objects.update(state=state)
    run.refresh_from_db()

    assert runs.is_stalled(run)
    assert runs.pick_up(run_id=run.pk).state == before


def test_a_run_in_work_is_nobody_elses(staged):
    run = staged(HEADING, ALFA)
    ImportRun.objects.update(state=ImportState.APPLYING)
    run.refresh_from_db()
    worker = connection.copy()
    try:
        with worker.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7301, %s)", [run.pk])

            assert not runs.is_stalled(run)
            with pytest.raises(Refused, match="właśnie przetwarzany"):
                runs.cancel(run_id=run.pk)
            with pytest.raises(Refused, match="właśnie przetwarzany"):
                stage.stage(run_id=run.pk, now=NOW)
    finally:
        worker.close()
    # The server lets go of the lock a moment after the connection has ended; whoever wants it waits for that.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(7301, %s), pg_advisory_unlock(7301, %s)", [run.pk, run.pk])
    assert runs.is_stalled(run)


def test_a_staged_run_can_be_given_up(staged):
    run = runs.cancel(run_id=staged(HEADING, ALFA).pk)

    assert run.state == ImportState.CANCELLED
    assert not ImportRow.objects.exists()


def test_a_run_can_be_checked_again_against_the_register_of_now(staged):
    run = staged(HEADING, ALFA)
    OrganisationFactory(institution__name="Fundacja Alfa", institution__nip="8831690460")

    run = stage.restage(run_id=run.pk, now=NOW)

    assert actions(run) == {2: ImportAction.UPDATE}


def test_files_and_rows_are_forgotten_after_half_a_year_but_open_questions_are_kept(staged, settings):
    OrganisationFactory(institution__name="Fundacja Merkury", institution__legal_form_id="fundacja")
    asked = staged("Nazwa;Rodzaj;Miejscowość;Powiat", "Fundacja Merkurry;fundacja;Wrocław;m. Wrocław")
    apply.apply(run_id=asked.pk, now=NOW)
    settled = staged(HEADING, "Fundacja Gama;fundacja;1")
    apply.apply(run_id=settled.pk, now=NOW)
    settled.refresh_from_db()
    path = settled.file.storage.path(settled.file.name)
    later = timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS + 1)

    assert runs.forget_old(now=later) == 1

    settled.refresh_from_db()
    asked.refresh_from_db()
    assert (settled.file.name, settled.rejected_file.name, settled.rows.count()) == ("", "", 0)
    assert not settled.file.storage.exists(path)
    assert asked.rows.count() == DuplicateCase.objects.count() == 1


def test_both_steps_tell_how_far_they_are(received):
    told = []
    run = received(HEADING, ALFA)

    stage.stage(run_id=run.pk, now=NOW, report=lambda done: told.append(done))
    apply.apply(run_id=run.pk, now=NOW, report=lambda done, total: told.append((done, total)))

    assert told == [1, (1, 1)]


def test_one_step_at_a_time(received):
    run = received(HEADING, ALFA)
    step = {"run_id": run.pk, "kind": "registry.check_import", "title": "Sprawdzenie", "owner": None, "now": NOW}
    runs.order(**step, given={"run_id": run.pk})

    with pytest.raises(Refused, match="czeka już na wolny proces"):
        runs.order(**step, given={"run_id": run.pk})


@pytest.mark.django_db(transaction=True)  # a wish to break off is seen by others only after a commit
@pytest.mark.parametrize(
    ("work", "back_to"),
    [(jobs.check_import, ImportState.CANCELLED), (jobs.write_import, ImportState.STAGED)],
    ids=["checking", "writing"],
)
def test_a_step_that_is_broken_off_leaves_the_register_alone(received, staged, work, back_to):
    run = (received if work is jobs.check_import else staged)(HEADING, ALFA)

    def pressed_while_at_work(progress, owner):
        orders.cancel(job_id=progress.job.pk, now=NOW)
        work(progress, owner, run_id=run.pk)

    kinds.register(kinds.Kind("broken off", pressed_while_at_work, again=True))
    job = orders.ask(kind="broken off", title="Import", owner=None, now=NOW)

    job.refresh_from_db()
    run.refresh_from_db()
    assert (job.state, run.state, Organisation.objects.count()) == (JobState.CANCELLED, back_to, 0)


def test_a_file_is_kept_for_whoever_asks(received):
    run = received(HEADING, ALFA)

    with run.file.open() as kept:
        assert isinstance(kept, File)
        assert kept.read().decode().splitlines() == [HEADING, ALFA]


def test_a_card_changed_by_its_own_import_can_still_be_verified(staged):
    apply.apply(run_id=staged(HEADING, ALFA).pk, now=NOW)

    card = organisations.verify(organisation_id=Organisation.objects.get().pk, verifier="koordynator", now=NOW)

    assert card.verified_on == timezone.localdate(NOW)
