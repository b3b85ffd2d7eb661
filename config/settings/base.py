"""Everything that all environments share. The environment is read through config.env and named once."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

from config import env
from config.settings.accounts import *  # noqa: F403
from config.settings.api import *  # noqa: F403
from config.settings.matching import *  # noqa: F403
from config.settings.register import *  # noqa: F403
from config.settings.schedule import *  # noqa: F403
from config.settings.searches import *  # noqa: F403
from config.settings.unfold import UNFOLD  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

SECRET_KEY = env.text("SECRET_KEY", "")
DEBUG = False
DEMO = False
ALLOWED_HOSTS = []

INSTALLED_APPS = [
    "core",  # first: forms that are made before it was ready would not have their files scanned
    "unfold.apps.BasicAppConfig",  # the plain "unfold" would put its own site in the place of ours
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "config.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "import_export",
    "js_lib_leaflet",
    # rest_framework itself is no app here: it needs none without pages, and its words would replace Django's in forms.
    "drf_spectacular",
    "pgtrigger",
    "pghistory",
    "template_partials",
    "accounts",
    "notifications",
    "registry",
    "events",
    "procurement",
    "quality_mark",
    "open_data",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.page_headers",
    "open_data.middleware.open_to_programs",
    # The encoder adds random bytes to each answer, so that its length tells nothing about a form's token (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "core.middleware.refuse_impossible_input",
    "core.middleware.refuse_other_methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.staff_need_second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "core.middleware.FriendlyTooManyRequests",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.portal",
            ],
            "builtins": ["core.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "core.forms.PortalRenderer"

DATABASES = {"default": env.database("DATABASE_URL")}
DATABASES["default"]["OPTIONS"] |= {
    # When the database is away a visitor gets the error page after these seconds, not after half a minute.
    "pool": {"min_size": 1, "max_size": env.number("DATABASE_POOL", default=8), "timeout": 5},
    "application_name": "portal",
    "options": f"-c statement_timeout={env.number('STATEMENT_TIMEOUT_MS', default=15000)} -c lock_timeout=5000",
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = REDIS_URL
# Whoever presses a button does not wait for a queue that is away: all that is sent to it is a row first and swept.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Warsaw"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
# What addresses in letters begin with: whoever writes them sees no request.
SITE_URL = env.web_address("SITE_URL", "http://127.0.0.1:8000")

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_REDIRECT_URL = "panel"
# Where the masthead leads a signed-in person.
PANEL_URL = "panel"
STAFF_SECOND_FACTOR = env.choice("STAFF_SECOND_FACTOR", default="required", allowed=("required", "optional"))

LANGUAGE_CODE = "pl"
# Words of the admin's library, which has no Polish catalogue of its own.
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    # Uploads have no public address: a view checks who asks and streams the file.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A virus scanner (clamd) that every upload is shown to; without one, uploads are kept unscanned and administrators see
# so. Seconds that a person waits for its answer at most.
CLAMD_URL = env.socket_address("CLAMD_URL")
CLAMD_TIMEOUT = env.number("CLAMD_TIMEOUT", default=20)

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")
# The right half of every Message-ID.
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
# Days after which a letter that was sent or given up is forgotten, with the address and all that it said.
MAIL_KEPT_DAYS = env.number("MAIL_KEPT_DAYS", default=180)

# Who runs the portal. Nothing is invented here: an empty value is said on the pages to be not yet provided.
PORTAL_NAME = env.text("PORTAL_NAME", "Dolnośląska Ekonomia Społeczna")
MFA_TOTP_ISSUER = PORTAL_NAME
OPERATOR = {
    "name": env.text("OPERATOR_NAME", "Dolnośląski Ośrodek Polityki Społecznej"),
    "address": env.text("OPERATOR_ADDRESS", ""),
    "email": env.text("OPERATOR_EMAIL", ""),
    "phone": env.text("OPERATOR_PHONE", ""),
    "www": env.text("OPERATOR_WWW", ""),
    "data_protection": env.text("DATA_PROTECTION_CONTACT", ""),
}
# The day on which the operator approved purposes, legal bases and keeping times of /prywatnosc/.
PRIVACY_APPROVED_ON = env.day("PRIVACY_APPROVED_ON")
# An e-mail or web address for those who find a weakness; without it there is no /.well-known/security.txt.
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "")
ACCESSIBILITY = {
    "published_on": env.day("ACCESSIBILITY_PUBLISHED_ON"),
    "updated_on": env.day("ACCESSIBILITY_UPDATED_ON"),
    "prepared_on": env.day("ACCESSIBILITY_PREPARED_ON"),
    "reviewed_on": env.day("ACCESSIBILITY_REVIEWED_ON"),
    "status": env.choice("ACCESSIBILITY_STATUS", default="partial", allowed=("full", "partial", "none")),
    # Without the name of an auditor the declaration rests on the operator's own assessment.
    "auditor": env.text("ACCESSIBILITY_AUDITOR", ""),
    "exceptions": env.text("ACCESSIBILITY_EXCEPTIONS", ""),
    "person": env.text("ACCESSIBILITY_PERSON", ""),
    "email": env.text("ACCESSIBILITY_EMAIL", ""),
    "phone": env.text("ACCESSIBILITY_PHONE", ""),
    "building": env.text("ACCESSIBILITY_BUILDING", ""),
}
# The page with every component in every state, for those who write pages.
STYLE_PAGE = False

# The region that this portal serves: TERYT code of the voivodeship and the folder of its territory files.
REGION_TERYT = env.text("REGION_TERYT", "02")
TERRITORY_DIR = Path(env.text("TERRITORY_DIR", str(BASE_DIR / "data" / "territory" / "02")))

# How many times in an hour one address may sign people up or ask for the link of a sign-up. An office or a school
# stands behind one address.
SIGNUPS_PER_HOUR = env.number("SIGNUPS_PER_HOUR", default=60)

# How many times in an hour one address may send something to an inquiry.
REPLIES_PER_HOUR = env.number("REPLIES_PER_HOUR", default=30)

# The ocid prefix that Open Contracting registered for this publisher; this one is nobody's.
OCDS_PREFIX = env.text("OCDS_PREFIX", "ocds-000000")

# Days in which a request for a role should be answered.
REQUEST_ANSWER_DAYS = env.number("REQUEST_ANSWER_DAYS", default=14)

# How long it is remembered what somebody had a worker do, and the files made for them are kept.
JOBS_KEPT_DAYS = env.number("JOBS_KEPT_DAYS", default=14)
# Days after which the nightly job forgets what accounts leave: the trail and the admin's log, roles since their end,
# accounts since they were switched off or made and never used, consents since they were taken back, requests for
# erasure since the answer.
TRAIL_KEPT_DAYS = env.number("TRAIL_KEPT_DAYS", default=730)
ROLE_KEPT_DAYS = env.number("ROLE_KEPT_DAYS", default=1825)
REQUEST_DOCUMENT_KEPT_DAYS = env.number("REQUEST_DOCUMENT_KEPT_DAYS", default=30)
CLOSED_ACCOUNT_KEPT_DAYS = env.number("CLOSED_ACCOUNT_KEPT_DAYS", default=365)
UNUSED_ACCOUNT_KEPT_DAYS = env.number("UNUSED_ACCOUNT_KEPT_DAYS", default=90)
# Invitations, since the day they were good until.
INVITATION_KEPT_DAYS = env.number("INVITATION_KEPT_DAYS", default=90)
CONSENT_KEPT_DAYS = env.number("CONSENT_KEPT_DAYS", default=1825)
ERASURE_KEPT_DAYS = env.number("ERASURE_KEPT_DAYS", default=1095)
# Forms of institutions that were never sent, since they were last saved.
EVENTS_DRAFT_KEPT_DAYS = env.number("EVENTS_DRAFT_KEPT_DAYS", default=180)
# Applications for the mark: never sent, since they were last saved; what was needed to decide and the records of what
# was decided (quality_mark.keeping), since the end of the case and of its mark.
MARK_DRAFT_KEPT_DAYS = env.number("MARK_DRAFT_KEPT_DAYS", default=365)
MARK_CASES_KEPT_DAYS = env.number("MARK_CASES_KEPT_DAYS", default=3650)
MARK_RECORDS_KEPT_DAYS = env.number("MARK_RECORDS_KEPT_DAYS", default=7300)

# Who answers questions about an order: after its end.
NOTICE_CONTACT_KEPT_DAYS = env.number("NOTICE_CONTACT_KEPT_DAYS", default=730)

# Events: sign-ups for open events and lists of attendance since the event, needs and diets since the event.
EVENT_SIGNUPS_KEPT_DAYS = env.number("EVENT_SIGNUPS_KEPT_DAYS", default=730)
EVENT_NEEDS_KEPT_DAYS = env.number("EVENT_NEEDS_KEPT_DAYS", default=30)

# Inquiries of authorities with their replies, since the deadline; what fitted a supplier and what it said of it.
INQUIRY_KEPT_DAYS = env.number("INQUIRY_KEPT_DAYS", default=1825)
SUPPLY_KEPT_DAYS = env.number("SUPPLY_KEPT_DAYS", default=730)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# The admin's library runs Alpine, which evaluates expressions from attributes and writes inline styles
# (docs/decisions/0011). Everything still comes from this host only.
ADMIN_PATH = "/admin/"
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many reverse proxies of ours stand before the web server, each adding an address to X-Forwarded-For.
PROXIES = env.number("PROXIES", default=0)
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_tokens": {"()": "core.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

# History tables are read by the object they speak of; other foreign keys need no index there.
import pghistory  # noqa: E402

# A GET never writes, and asking who reads would open the session of every visitor.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
