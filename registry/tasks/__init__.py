"""What happens by itself. Celery finds the tasks through this package."""

from registry.tasks import nightly  # noqa: F401
