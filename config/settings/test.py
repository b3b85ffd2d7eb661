# ruff: noqa: E402, I001 - the servers come first: settings read their addresses
from local.servers import ensure_environment

ensure_environment()

from config.settings.base import *  # noqa: F403

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
SITE_URL = "http://testserver"
DATABASES["default"]["OPTIONS"].pop("pool")  # noqa: F405
# A busy machine may take long over CREATE DATABASE; a test never asserts a time.
# Nobody needs what a test has committed after the machine has lost its power.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # noqa: F405
TEST_DATABASE = env.text("TEST_DATABASE", "test_portal")
# Each process copies its database from one that tests.database makes: migrated, with the dictionaries.
DATABASES["default"]["TEST"] = {"NAME": TEST_DATABASE, "TEMPLATE": f"{TEST_DATABASE}_template"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STYLE_PAGE = True
# Most tests are about something else; those of the second factor ask for it.
STAFF_SECOND_FACTOR = "optional"
MIDDLEWARE.insert(0, "core.readonly.guard_reads")  # noqa: F405
