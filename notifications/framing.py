"""A letter's HTML in a frame: an address of its own, at which nothing runs, nothing is fetched and nothing is sent."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpResponse

POLICY = {
    "style-src": [UNSAFE_INLINE],
    **dict.fromkeys(["script-src", "img-src", "font-src", "connect-src", "manifest-src", "form-action"], [NONE]),
    "frame-ancestors": [SELF],
    "sandbox": [True],
}
# For the page around it.
FRAMES = {"frame-src": [SELF]}


def framed(html):
    response = HttpResponse(html)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = POLICY
    return response
