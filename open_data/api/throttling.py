"""So many requests a minute from one address, told in every answer.

Header fields as in the sixth draft of the IETF (draft-ietf-httpapi-ratelimit-headers-06): three whole numbers, which a
script reads without a parser of structured fields.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.throttling import BaseThrottle

from core.http import visitor_address

WINDOW = 60


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of `limit` requests are left for `reset` seconds."""

    limit: int
    remaining: int
    reset: int

    @property
    def headers(self):
        return {
            "RateLimit-Limit": f"{self.limit}",
            "RateLimit-Remaining": f"{self.remaining}",
            "RateLimit-Reset": f"{self.reset}",
        }


class ByAddress(BaseThrottle):
    """Counted in the cache by minutes of the clock; without the cache nobody is stopped."""

    rate = None

    def allow_request(self, request, view):
        now, limit = time.time(), settings.API_REQUESTS_PER_MINUTE
        count = _counted(f"api:{visitor_address(request)}:{int(now // WINDOW)}")
        reset = max(1, WINDOW - int(now % WINDOW))
        self.rate = view.rate = Rate(limit, max(0, limit - count), reset)
        return count <= limit

    def wait(self):
        return self.rate.reset


def _counted(key):
    try:
        return _one_more(key) or (1 if cache.add(key, 1, timeout=2 * WINDOW) else _one_more(key) or 1)
    except (RedisError, OSError):
        return 1


def _one_more(key):
    """The number with this one, or None for the first of a minute."""
    try:
        return cache.incr(key)
    except ValueError:
        return None
