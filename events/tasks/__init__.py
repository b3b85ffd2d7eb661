"""What happens by itself. Celery finds the tasks through this package."""

from events.tasks import signups  # noqa: F401
