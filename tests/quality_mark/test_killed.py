"""`kill -9` between the decision and the certificate, and fifty submissions in the same moment."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection, transaction

from accounts.choices import Role
from quality_mark.choices import ApplicationState, MarkState
from quality_mark.models import Application, Certificate, Intake, Mark, NumberCounter
from quality_mark.tasks.signing import make_certificates
from quality_mark.use_cases import certificates
from quality_mark.use_cases.applying import submit
from registry.models import Organisation
from tests.accounts.factories import account
from tests.events.threads import apart
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.quality_mark.marks import content, marked

pytestmark = pytest.mark.django_db(transaction=True)
# Begins to make a certificate and stops with it in hand, so that it can be killed there.
MAKE = """
import sys, time
import django
django.setup()
from django.utils import timezone
from quality_mark.use_cases import certificates
draw = certificates.certificate_pdf
def slowly(licence):
    drawn = draw(licence)
    print("in hand", flush=True)
    time.sleep(120)
    return drawn
certificates.certificate_pdf = slowly
certificates.make(int(sys.argv[1]), now=timezone.now())
"""


@pytest.fixture
def worker():
    """worker(certificate) is a process that has it in hand."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    started = []

    def begin(certificate):
        command = [sys.executable, "-c", MAKE, str(certificate.pk)]
        environment = os.environ | {"DATABASE_URL": urlunsplit(url)}
        started.append(
            subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
        )
        assert started[-1].stdout.readline() == "in hand\n"
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.processes
def test_a_worker_killed_with_a_certificate_in_hand_leaves_it_to_the_next(worker):
    mark = marked(number="ZP/2026/031")
    NumberCounter.objects.create(year=2026, last=31)
    # As the signature leaves it; in tests the message to a worker would be worked off at once.
    waiting = Certificate.objects.create(licence=mark.licences.get(), asked_at=NOW)
    process = worker(waiting)
    assert certificates.make(waiting.pk, now=NOW) is False  # somebody has it in hand
    process.kill()
    process.wait()
    assert (Mark.objects.get().state, Certificate.objects.get().made_at) == (MarkState.ACTIVE, None)
    make_certificates()
    made = Certificate.objects.get()
    assert made.made_at
    assert content(made.file).startswith(b"%PDF-")
    assert Mark.objects.get().number == "ZP/2026/031"
    assert NumberCounter.objects.get().last == 31


def test_fifty_submissions_at_once_get_fifty_numbers_and_those_that_fail_take_none():
    rules = RulebookFactory()
    Intake.objects.create(name="Nabór", opens_on="2026-01-01", announced_at=NOW)
    person = account(Role.REPRESENTATIVE)
    shown = {"published_at": NOW, "kind_id": "spoldzielnia_socjalna"}
    Organisation.objects.filter(pk=person.grants.get().organisation_id).update(**shown)
    drafts = [ApplicationFactory(rulebook=rules) for _ in range(60)]
    for draft in drafts:
        draft.offer.organisation_id = person.grants.get().organisation_id
        draft.offer.save()
    ready = Barrier(12)

    def press(draft, *, fails):
        def work(now):
            ready.wait(timeout=30)
            with transaction.atomic():
                submit(application_id=draft.pk, gaps=lambda _: [], actor=person, now=now)
                if fails:
                    raise ConnectionAbortedError

        return apart(work)

    with ThreadPoolExecutor(12) as threads:
        running = [threads.submit(press, draft, fails=at % 6 == 5) for at, draft in enumerate(drafts)]
        failed = [one for one in running if isinstance(one.exception(timeout=60), ConnectionAbortedError)]
    assert len(failed) == 10
    sent = Application.objects.filter(state=ApplicationState.SUBMITTED)
    assert sorted(sent.values_list("number", flat=True)) == [f"ZP/2026/{number:03}" for number in range(1, 51)]
    assert NumberCounter.objects.get().last == 50
