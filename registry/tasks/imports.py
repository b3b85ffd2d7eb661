"""Imports in the background. A task may come twice or after the run has moved on: the use case then refuses."""

import logging

from celery import shared_task
from django.contrib.auth import get_user_model
from django.utils import timezone

from core.exceptions import Refused
from registry.spreadsheets import UnreadableFile
from registry.use_cases.imports import apply, stage

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
