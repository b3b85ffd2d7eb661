"""What happens by itself. Celery finds the tasks through this package."""

from procurement.tasks import entries, matching, notices, plans  # noqa: F401
