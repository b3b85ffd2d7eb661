"""Production supplies values, not behaviour: secrets, hosts and transport security."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = env.text("SECRET_KEY")  # noqa: F405
# Former keys, the newest first: what they sealed and signed is still read.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", "")  # noqa: F405
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")  # noqa: F405
SITE_URL = env.web_address("SITE_URL")  # noqa: F405
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")  # noqa: F405
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)  # noqa: F405
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", default=31536000)  # noqa: F405
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
