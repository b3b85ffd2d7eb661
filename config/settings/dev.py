"""For work on the code: like the demo, with tracebacks, unhashed static files and the component page."""

from config.settings.demo import *  # noqa: F403

DEBUG = True
STYLE_PAGE = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
