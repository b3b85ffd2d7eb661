"""What every list needs of HTTP, and the polite "not so fast"."""

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError


class TooManyRequests(Exception):
    """Ends the request with the friendly 429 page. `retry_after` in seconds."""

    def __init__(self, retry_after):
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


READS = ("GET", "HEAD")


def accepts(*methods):
    """Marks a view that takes more than READS, which is all that others get (core.middleware.refuse_other_methods)."""

    def mark(view):
        view.accepted_methods = methods
        return view

    return mark


def paginate(request, rows, per_page, *, count=None):
    """The page that `?page=` asks for, with `numbers` for components/_pager.html.

    Nonsense means the first page, a number past the end the last one. `count` spares the COUNT query.
    """
    paginator = Paginator(rows, per_page)
    if count is not None:
        paginator.count = count
    page = paginator.page(_page_number(request.GET.get("page", ""), paginator.num_pages))
    page.numbers = list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return page


def _page_number(text, last):
    if not (text.isascii() and text.isdigit()):
        return 1
    # Python refuses to read numbers of many thousand digits; nobody has that many pages.
    return last if len(text) > 9 else min(max(int(text), 1), last)


def throttle(scope, who, *, limit, seconds):
    """Raises TooManyRequests at the (limit + 1)th call within the window for this scope and person.

    Counted in the cache; without the cache nobody is stopped.
    """
    if count_calls(scope, who, seconds=seconds) > limit:
        raise TooManyRequests(seconds)


def count_calls(scope, who, *, seconds):
    """How many times this was called for this scope and person within the window; 0 when the cache is away."""
    key = f"throttle:{scope}:{who}"
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key)
    except (RedisError, OSError, ValueError):  # the cache is away, or the window ended between the two lines
        return 0


def who_asks(scope, request):
    """For `throttle`: the same text for the same address, which itself stands nowhere."""
    return salted_hmac(scope, visitor_address(request)).hexdigest()


def visitor_address(request):
    """The address whose tries are counted: what the outermost of `settings.PROXIES` reverse proxies of ours saw.

    A visitor may write anything into X-Forwarded-For, each proxy adds one address at its end: only those are believed.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    believed = forwarded[-settings.PROXIES :] if settings.PROXIES else []
    return (believed and believed[0]) or request.META.get("REMOTE_ADDR", "")
