"""Reading the environment: every function fails loudly on a missing or odd value."""

import os
import re
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_REQUIRED = object()


def text(name, default=_REQUIRED):
    value = os.environ.get(name)
    if value:
        return value
    if default is _REQUIRED:
        raise ImproperlyConfigured(f"The environment variable {name} is not set.")
    return default


def flag(name, *, default):
    value = text(name, str(default)).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")


def number(name, *, default):
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def numbers(name, *, default):
    """A comma-separated list of whole numbers."""
    values = words(name, default)
    if not all(value.isascii() and value.isdigit() for value in values):
        raise ImproperlyConfigured(f"{name} must be whole numbers parted by commas, not {values!r}.")
    return [int(value) for value in values]


def choice(name, *, default, allowed):
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def day(name):
    """A date written as 2026-11-22, or None when the variable is not set."""
    value = text(name, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a date like 2026-11-22, not {value!r}.") from None


def web_address(name, default=_REQUIRED):
    """An address like https://portal.example, without a slash at its end."""
    value = text(name, default).rstrip("/")
    if not re.fullmatch(r"https?://[^/?#\s]+", value):
        raise ImproperlyConfigured(f"{name} must be an address like https://portal.example, not {value!r}.")
    return value


def words(name, default=_REQUIRED):
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name):
    """DATABASES["default"] from postgresql://user:password@host:port/name?option=value.

    A socket folder goes into the query string: postgresql://postgres@/portal?host=/run/postgresql
    """
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://, not {url.scheme}://.")
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", None) or url.hostname or "",
        "PORT": str(url.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def socket_address(name):
    """unix:///run/clamd.sock or tcp://host:port, or an empty text when the variable is not set."""
    value = text(name, "")
    if value and not re.fullmatch(r"unix:///[^?#\s]+|tcp://[^/:?#\s]+:\d{1,5}", value):
        raise ImproperlyConfigured(f"{name} must be like unix:///run/clamd.sock or tcp://clamav:3310, not {value!r}.")
    return value
