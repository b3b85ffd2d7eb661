"""What happens by itself. Celery finds the tasks through this package."""

from quality_mark.tasks import nightly, signing  # noqa: F401
