"""What takes long to make and stands until something has changed, kept in the cache for the next who asks."""

from contextlib import suppress
from hashlib import blake2b

from django.core.cache import cache
from redis.exceptions import RedisError

from core.versions import release

KEPT_SECONDS = 86_400


def kept(name, parts, make, *, seconds=KEPT_SECONDS):
    """What make() gives, made once for these `parts`, texts that say all it depends on but the code.

    With the cache away it is made each time. None is not kept.
    """
    words = "|".join([*parts, release()])
    key = f"{name}:{blake2b(words.encode(), digest_size=16).hexdigest()}"
    with suppress(RedisError, OSError):
        if (found := cache.get(key)) is not None:
            return found
    made = make()
    with suppress(RedisError, OSError):
        cache.set(key, made, seconds)
    return made
