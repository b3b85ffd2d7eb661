"""How often one address may ask for a place or for a letter."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from core.http import throttle, visitor_address


def hold_back(request, scope, *, limit=None):
    """Raises TooManyRequests. Not the address itself is counted: the cache only has to know that it is the same."""
    who = salted_hmac(scope, visitor_address(request)).hexdigest()
    throttle(scope, who, limit=limit or settings.SIGNUPS_PER_HOUR, seconds=3600)
