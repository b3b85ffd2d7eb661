"""Open data: the read-only API (open_data.api), the files of each day and their catalogue."""

from config import env

# So many a minute from one address; a whole register of 100,000 in pages of 200 takes five minutes.
API_REQUESTS_PER_MINUTE = env.number("API_REQUESTS_PER_MINUTE", default=120)
# For so many days /api/v1/zmiany/ tells that something was withdrawn; who asks less often begins anew.
CHANGES_KEPT_DAYS = env.number("CHANGES_KEPT_DAYS", default=400)
# Addresses under these may be read by pages of other sites (CORS).
OPEN_PATHS = ("/api/", "/otwarte-dane/")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["open_data.api.rendering.Json"],
    "DEFAULT_THROTTLE_CLASSES": ["open_data.api.throttling.ByAddress"],
    "DEFAULT_SCHEMA_CLASS": "open_data.api.schema.Operation",
    "EXCEPTION_HANDLER": "open_data.api.problems.handler",
    "UNAUTHENTICATED_USER": None,
    # `?format=` is a parameter of the schema alone.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "API portalu ekonomii społecznej",
    "VERSION": "1.0.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    # It reads dictionaries; a test validates the schema, `check --deploy` has no database.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "POSTPROCESSING_HOOKS": ["open_data.api.schema.finish"],
}
# On what conditions the data may be used (a code of the EU authority table of licences: CC_BY_4_0 or CC0), the
# place they speak of as an address (the NUTS 2 region), how long every day is kept (0: for ever; after that the first
# day of each month), and the hour after which administrators are told that the files of the day are missing.
OPEN_DATA_LICENCE = env.choice("OPEN_DATA_LICENCE", default="CC_BY_4_0", allowed=("CC_BY_4_0", "CC0"))
OPEN_DATA_SPATIAL = env.text("OPEN_DATA_SPATIAL", "http://data.europa.eu/nuts/code/PL51")
OPEN_DATA_KEPT_DAYS = env.number("OPEN_DATA_KEPT_DAYS", default=0)
OPEN_DATA_READY_HOUR = env.number("OPEN_DATA_READY_HOUR", default=6)
