"""A verb for thousands of rows, out of the way of the page; how far it is stands in the cache for an hour."""

from dataclasses import asdict

import pghistory
from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from registry.use_cases import bulk

KEPT_SECONDS = 3600


def progress_key(job):
    return f"registry:bulk:{job}"


@shared_task
def do_to_rows(*, job, verb, keys, actor_id, **_):
    """Safe to come twice: a row that was done already is done again without effect."""
    told = {"verb": verb, "total": len(keys), "done": 0, "outcome": None}

    def report(done):
        cache.set(progress_key(job), told | {"done": done}, KEPT_SECONDS)

    report(0)
    with pghistory.context(user=actor_id, source="panel"):
        outcome = bulk.run(verb=verb, keys=keys, now=timezone.now(), report=report)
    cache.set(progress_key(job), told | {"done": len(keys), "outcome": asdict(outcome)}, KEPT_SECONDS)
