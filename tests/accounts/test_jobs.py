"""Long work: kept before it is sent, done once, told in words, seen by nobody but its owner."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import JobState
from accounts.jobs import keeping, kinds, orders, running
from accounts.models import Job
from accounts.tasks import send_waiting_jobs
from accounts.use_cases import erasing
from core.exceptions import Refused
from core.locks import JOB, held
from tests.accounts.factories import account

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def kind(monkeypatch):
    """kind(work, again=True) registers work that can be ordered as "test"."""
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))

    def register(work, *, again=True):
        kinds.register(kinds.Kind("test", work, again=again))

    return register


@pytest.fixture
def owner():
    return account(email="zlecajaca@example.pl")


def ask(owner=None, **wanted):
    return orders.ask(**{"kind": "test", "title": "Próba", "owner": owner, "now": NOW} | wanted)


def run(job):
    running.run(job.pk, clock=lambda: NOW)
    job.refresh_from_db()
    return job


def test_a_job_is_called_with_its_owner_and_what_was_given(kind, owner):
    kind(lambda progress, who, *, words: [f"{who.email}: {words}"])

    job = run(ask(owner, given={"words": "żółć"}))

    assert (job.state, job.result, job.error) == (JobState.DONE, ["zlecajaca@example.pl: żółć"], "")
    assert (job.finished_at, job.attempts) == (NOW, 1)


def test_an_unknown_kind_is_not_kept(kind):
    with pytest.raises(LookupError):
        ask(kind="nieznane")
    assert not Job.objects.exists()


def test_a_worker_is_nudged_after_the_commit_and_not_before(kind, django_capture_on_commit_callbacks):
    done = []
    kind(lambda progress, owner: done.append(owner))
    with django_capture_on_commit_callbacks(execute=True):
        ask()
        assert done == []
    assert done == [None]


def test_a_job_that_comes_twice_is_done_once(kind):
    done = []
    kind(lambda progress, owner: done.append(1))
    job = run(ask())

    run(job)

    assert done == [1]


def test_a_job_whose_owner_is_forgotten_meanwhile_ends_quietly(kind, owner):
    def work(progress, who):
        erasing.erase_jobs(who, NOW)
        progress(1)

    kind(work)
    running.run(ask(owner).pk, clock=lambda: NOW)
    assert not Job.objects.exists()


def test_a_job_in_other_hands_is_left(kind):
    done = []
    kind(lambda progress, owner: done.append(1))
    job = ask()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [JOB, job.pk])
        run(job)
    other.close()

    assert (done, job.state) == ([], JobState.QUEUED)


def test_a_refusal_is_told_in_its_words(kind):
    def work(progress, owner):
        raise Refused("Ten plik już wczytano.")

    kind(work)
    job = run(ask())
    assert (job.state, job.error) == (JobState.FAILED, "Ten plik już wczytano.")


def test_what_nobody_foresaw_is_logged_and_told_without_its_words(kind):
    def work(progress, owner):
        raise ZeroDivisionError("division by zero")

    kind(work)
    job = ask()
    with pytest.raises(ZeroDivisionError):
        run(job)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "po naszej stronie" in job.error
    assert "division" not in job.error


@pytest.mark.django_db(transaction=True)
def test_others_see_how_far_it_is_before_the_work_commits(kind):
    seen = []

    def work(progress, owner):
        with transaction.atomic():
            Job.objects.filter(pk=progress.job.pk).first()
            progress(3, total=4)
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute("SELECT done, total FROM accounts_job")
                seen.append(cursor.fetchone())
            other.close()

    kind(work)
    job = run(ask())

    assert seen == [(3, 4)]
    assert job.percent == 75


@pytest.mark.django_db(transaction=True)
def test_a_job_ends_at_the_next_word_after_it_was_broken_off(kind):
    def work(progress, owner):
        orders.cancel(job_id=progress.job.pk, now=NOW)
        progress(1)
        raise AssertionError("went on")

    kind(work)
    assert run(ask()).state == JobState.CANCELLED


def test_a_job_that_nobody_began_ends_at_once_and_is_not_done_later(kind):
    done = []
    kind(lambda progress, owner: done.append(1))
    job = ask()

    assert orders.cancel(job_id=job.pk, now=NOW).state == JobState.CANCELLED
    assert (run(job).state, done) == (JobState.CANCELLED, [])
    with pytest.raises(Refused, match="już się skończyła"):
        orders.cancel(job_id=job.pk, now=NOW)


def test_a_dead_worker_is_told_from_a_living_one(kind):
    kind(lambda progress, owner: None)
    job = ask()
    Job.objects.update(state=JobState.RUNNING)
    job.refresh_from_db()

    assert keeping.is_stalled(job)
    with held(JOB, job.pk):
        assert not keeping.is_stalled(job)


def test_work_that_kills_its_process_is_given_up_after_some_attempts(kind):
    done = []
    kind(lambda progress, owner: done.append(1))
    job = ask()
    Job.objects.update(state=JobState.RUNNING, attempts=running.MOST_ATTEMPTS - 1)
    assert run(job).state == JobState.DONE

    Job.objects.update(state=JobState.RUNNING, attempts=running.MOST_ATTEMPTS, finished_at=None)
    job = run(job)
    assert (job.state, done) == (JobState.FAILED, [1])
    assert "została przerwana" in job.error


def test_work_that_cannot_be_done_again_is_not(kind):
    done = []
    kind(lambda progress, owner: done.append(1), again=False)
    job = ask()
    Job.objects.update(state=JobState.RUNNING, attempts=1)
    assert (run(job).state, done) == (JobState.FAILED, [])


def test_a_lost_nudge_is_made_good_after_a_minute(kind):
    done = []
    kind(lambda progress, owner: done.append(1))
    ask(now=timezone.now())
    send_waiting_jobs.delay()
    assert done == []

    ask(now=timezone.now() - timedelta(minutes=2))
    send_waiting_jobs.delay()
    assert done == [1]


def test_a_finished_job_is_forgotten_with_its_file_in_time(kind, settings):
    def work(progress, owner):
        progress.job.file.save("wynik.csv", ContentFile(b"a"), save=True)

    kind(work)
    job = run(ask())
    waiting = ask()
    path = job.file.path
    limit = NOW + timedelta(days=settings.JOBS_KEPT_DAYS)

    assert keeping.forget_old(now=limit) == 0
    assert keeping.forget_old(now=limit + timedelta(seconds=1)) == 1
    assert list(Job.objects.all()) == [waiting]
    assert not job.file.storage.exists(path)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "smok"},
        {"state": JobState.DONE},
        {"finished_at": NOW},
        {"state": JobState.FAILED, "finished_at": NOW},
        {"error": "Błąd."},
        {"done": 2, "total": 1},
        {"back": "https://example.pl/"},
    ],
)
def test_the_database_refuses_nonsense(nonsense):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(**{"kind": "test", "title": "x", "asked_at": NOW} | nonsense)


def test_the_page_waits_without_scripts_and_then_tells_how_it_went(client, kind, owner):
    kind(lambda progress, who: ["Opublikowano: 3 pozycje."])
    client.force_login(owner)
    job = ask(owner, back="/katalog/")

    page = client.get(job.get_absolute_url()).content.decode()
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "Czeka na wolny proces." in page
    assert "Przerwij" in page

    run(job)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Opublikowano: 3 pozycje." in page
    assert 'href="/katalog/"' in page
    assert "http-equiv" not in page
    assert "Przerwij" not in page


def test_a_job_is_broken_off_from_its_page(client, kind, owner):
    kind(lambda progress, who: None)
    client.force_login(owner)
    job = ask(owner)

    assert client.get(reverse("jobs:cancel", args=[job.pk]))["Location"] == job.get_absolute_url()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED

    assert "przerwane" in client.post(reverse("jobs:cancel", args=[job.pk]), follow=True).content.decode()


def test_the_file_is_for_its_owner_alone(client, kind, owner):
    def work(progress, who):
        progress.job.file.save("podmioty.csv", ContentFile("żółć".encode()), save=True)

    kind(work)
    job = run(ask(owner))
    pages = [reverse(f"jobs:{name}", args=[job.pk]) for name in ("job", "file", "cancel")]

    client.force_login(owner)
    response = client.get(pages[1])
    assert b"".join(response.streaming_content).decode() == "żółć"
    assert 'filename="podmioty.csv"' in response["Content-Disposition"]

    client.force_login(account(email="obca@example.pl"))
    assert [client.get(page).status_code for page in pages] == [404] * 3
    client.logout()
    assert [client.get(page).status_code for page in pages] == [302] * 3


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_number_of_queries(client, kind, owner, rows, django_assert_num_queries):
    kind(lambda progress, who: None)
    client.force_login(owner)
    for _ in range(rows):
        ask(owner)
    ask(account(email="obca@example.pl"), title="Cudza")
    with django_assert_num_queries(4):
        page = client.get(reverse("jobs:own"))
    assert len(page.context["rows"]) == min(rows, 25)
    assert "Cudza" not in page.content.decode()
