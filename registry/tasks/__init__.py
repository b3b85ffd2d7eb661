"""Work that outlasts a page. Celery finds the tasks through this package."""

from registry.tasks import bulk, imports, nightly  # noqa: F401
