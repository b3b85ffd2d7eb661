"""One clone on one machine: `make demo` and commands run by hand. Not for production."""

from config.settings.base import *  # noqa: F403

DEMO = True
# Letters of the demo go nowhere: their rows are kept like all others.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SECRET_KEY = SECRET_KEY or "demo-only-not-a-secret"  # noqa: F405
ALLOWED_HOSTS = ["*"]
# Keys are for secure origins; http://localhost is one, in the browser's view.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STAFF_SECOND_FACTOR = env.choice("STAFF_SECOND_FACTOR", default="optional", allowed=("required", "optional"))  # noqa: F405
