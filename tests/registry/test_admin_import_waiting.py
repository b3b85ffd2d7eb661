"""The page of an import while no worker has taken it: in a test nothing is committed, so nobody is ever nudged."""

import pytest
from django.urls import reverse

from accounts.choices import JobState
from registry.choices import ImportState
from registry.models import ImportRun
from tests.registry.test_admin_imports import press, upload

pytestmark = pytest.mark.django_db


def test_while_the_queue_is_away_the_page_waits_and_nothing_is_lost(coordinator):
    page = upload(coordinator).content.decode()
    run = ImportRun.objects.get()
    assert (run.state, run.job.state) == (ImportState.UPLOADED, JobState.QUEUED)
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "Czeka na wolny proces." in page


def test_a_step_that_waits_is_broken_off_and_can_be_ordered_again(coordinator):
    page = upload(coordinator).content.decode()
    run = ImportRun.objects.get()
    assert reverse("admin:registry_importrun_przerwij", args=[run.pk]) in page

    page = press(coordinator, run, "przerwij").content.decode()
    assert "Sprawdź plik" in page

    run.refresh_from_db()
    assert (run.state, run.job.state) == (ImportState.UPLOADED, JobState.CANCELLED)
