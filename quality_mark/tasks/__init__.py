"""What happens by itself. Celery finds the tasks through this package."""

from quality_mark.tasks import applications, calls, nightly, recommendations, signing, votes  # noqa: F401
