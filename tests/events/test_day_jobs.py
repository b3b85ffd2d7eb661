"""Long work of the day: how far it is can be seen, and what a killed process left is done again."""

import pytest
from django.utils import timezone

from accounts.choices import JobState, Role
from accounts.jobs import orders, running
from accounts.jobs.kinds import find
from accounts.models import Job, RoleGrant
from events.choices import EventState, RegistrationState
from events.day.jobs import CERTIFICATES, LIST
from events.models import Certificate
from tests.accounts.factories import account
from tests.events.factories import NOW, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def ordered(kind, event, **given):
    owner = account(Role.COORDINATOR)
    job = Job.objects.create(
        kind=kind, title="Lista", owner=owner, asked_at=NOW, given={"event_id": event.pk, **given}
    )
    return job


def run(job):
    running.run(job.pk, clock=timezone.now)
    job.refresh_from_db()
    return job.state, job.done, job.total, job.error


def test_a_list_tells_how_far_it_is_in_people():
    event = EventFactory()
    for _ in range(7):
        RegistrationFactory(event=event)
    told = []

    class Progress:
        job = ordered(LIST, event, day_id=None)

        def __call__(self, done, total=None):
            told.append((done, total))

    find(LIST).work(Progress(), None, event_id=event.pk, day_id=None, blank=1)
    assert told == [(3, 7), (7, 7)]
    assert run(ordered_again(Progress.job)) == (JobState.DONE, 7, 7, "")


def ordered_again(job):
    Job.objects.filter(pk=job.pk).update(file="")
    return job


def test_certificates_of_a_killed_process_are_issued_once():
    event = EventFactory(state=EventState.HELD)
    for _ in range(3):
        RegistrationFactory(event=event, state=RegistrationState.PRESENT)
    job = ordered(CERTIFICATES, event)
    assert run(job) == (JobState.DONE, 3, 3, "")
    Job.objects.update(state=JobState.RUNNING, finished_at=None)
    assert run(job) == (JobState.DONE, 3, 3, "")
    assert sorted(Certificate.objects.values_list("number", flat=True)) == ["ZU 1/2026", "ZU 2/2026", "ZU 3/2026"]


def test_an_event_without_anybody_present_gets_a_sentence():
    job = ordered(CERTIFICATES, EventFactory(state=EventState.HELD))
    run(job)
    assert job.result == ["Nikt nie jest zaznaczony jako obecny, więc nie ma zaświadczeń."]


def test_a_coordinator_whose_role_has_ended_gets_nothing():
    event = EventFactory()
    job = ordered(LIST, event, day_id=None)
    RoleGrant.objects.all().delete()
    assert run(job) == (JobState.FAILED, 0, 0, "Nie masz już roli, która na to pozwala.")


def test_an_order_is_kept_with_what_it_needs():
    owner = account(Role.COORDINATOR)
    job = orders.ask(kind=LIST, title="Lista", owner=owner, given={"event_id": 1, "day_id": None}, now=NOW)
    assert (job.state, job.given) == (JobState.QUEUED, {"event_id": 1, "day_id": None})
