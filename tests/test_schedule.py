"""Nothing that is to happen by itself is forgotten."""

import inspect

from django.conf import settings

from config.celery import app


def test_every_task_that_needs_to_be_told_nothing_is_on_the_schedule_and_nothing_else():
    app.loader.import_default_modules()
    by_itself = {
        name
        for name, task in app.tasks.items()
        if not name.startswith("celery.")
        and all(one.kind is one.VAR_KEYWORD for one in inspect.signature(task.run).parameters.values())
    }

    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert by_itself == scheduled
    assert len(by_itself) >= 5
