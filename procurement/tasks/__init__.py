"""What happens by itself. Celery finds the tasks through this package."""

from procurement.tasks import matching  # noqa: F401
