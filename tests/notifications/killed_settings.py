"""For the processes that test_killed_everything kills: as in production, with a sweep that does not take a minute."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# The queue alone is to be frozen and killed; limits of how often somebody may ask are counted elsewhere.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BEAT_SCHEDULE = {"sweep-outbox": CELERY_BEAT_SCHEDULE["sweep-outbox"] | {"schedule": 1.0}}  # noqa: F405
