"""What happens by itself. Celery finds the tasks through this package."""

from open_data.tasks import changes, dumps  # noqa: F401
