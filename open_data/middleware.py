"""Pages of other sites may read what is open (CORS, Fetch Standard §3.2): nothing there hangs on who asks."""

from django.conf import settings
from django.http import HttpResponse

EXPOSED = "ETag, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Content-Disposition"
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since, Range",
    "Access-Control-Max-Age": "86400",
}


def open_to_programs(get_response):
    """Allows everybody under settings.OPEN_PATHS, also to read that something is wrong; answers the preflight."""

    def middleware(request):
        if not request.path_info.startswith(settings.OPEN_PATHS):
            return get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204, headers=PREFLIGHT)
        else:
            response = get_response(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response

    return middleware
