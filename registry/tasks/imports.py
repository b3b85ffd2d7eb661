"""Imports in the background. A task may come twice or after the run has moved on: the use case then refuses."""

import logging

from celery import shared_task
from django.contrib.auth import get_user_model
from django.utils import timezone

from core.exceptions import Refused
from registry.choices import ImportState
from registry.models import ImportRun
from registry.spreadsheets import UnreadableFile
from registry.use_cases.imports import apply, runs, stage, undo

logger = logging.getLogger(__name__)


@shared_task
def stage_import(*, run_id, **_):
    _do(run_id, lambda: stage.stage(run_id=run_id, now=timezone.now()))


@shared_task
def restage_import(*, run_id, **_):
    _do(run_id, lambda: stage.restage(run_id=run_id, now=timezone.now()))


@shared_task
def apply_import(*, run_id, actor_id, **_):
    actor = get_user_model().objects.filter(pk=actor_id).first()
    _do(run_id, lambda: apply.apply(run_id=run_id, actor=actor, now=timezone.now()))


def _do(run_id, work):
    try:
        work()
    except UnreadableFile as failure:
        logger.info("Import %s: the file cannot be read: %s", run_id, failure)  # the run itself says why
    except Refused as refusal:
        logger.info("Import %s refused: %s", run_id, refusal)


@shared_task
def undo_import(*, run_id, actor_id=None, leave_touched=False, **_):
    actor = get_user_model().objects.filter(pk=actor_id).first()
    _do(run_id, lambda: undo.undo(run_id=run_id, leave_touched=leave_touched, actor=actor, now=timezone.now()))


@shared_task
def resume_imports(**_):
    """Every few minutes: what a killed worker left is put back and, where a person need not be asked, goes on."""
    for run in ImportRun.objects.filter(state__in=ImportState.working()):
        if not runs.is_stalled(run):
            continue
        was, run = run.state, runs.pick_up(run_id=run.pk)
        if was == ImportState.STAGING:
            stage_import.delay(run_id=run.pk)
        elif was == ImportState.APPLYING:
            apply_import.delay(run_id=run.pk, actor_id=run.started_by_id)
