"""What happens by itself. Celery finds the tasks through this package."""

from procurement.tasks import plans  # noqa: F401
