"""What happens by itself. Celery finds the tasks through this package."""

from events.tasks import calendar, day, enrolment, signups  # noqa: F401
