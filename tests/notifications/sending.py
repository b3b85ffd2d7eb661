"""Settings of a process that really sends: those of the tests with a mail server in the environment."""

import os

from config.settings.test import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ["EMAIL_HOST"]  # noqa: F405
EMAIL_PORT = int(os.environ["EMAIL_PORT"])  # noqa: F405
