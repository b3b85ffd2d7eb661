"""Work that outlasts a page. Celery finds the tasks through this package."""

from registry.tasks import imports, nightly  # noqa: F401
