"""What happens by itself. Celery finds the tasks through this package."""

from registry.tasks import confirming, nightly  # noqa: F401
