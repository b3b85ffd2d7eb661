"""What happens by itself. Celery finds the tasks through this package."""

from procurement.tasks import entries, notices, plans  # noqa: F401
