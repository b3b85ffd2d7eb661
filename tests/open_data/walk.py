"""Every address that a visitor may read, found in the URL table: those written tomorrow too."""

import io
import re
import zipfile
from itertools import islice, product

from django.urls import URLPattern, get_resolver

# Behind a door, or a form of somebody's own.
CLOSED = ("admin/", "konto/", "panel/")
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
MOST = 80


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver("config.urls")).url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(CLOSED):
            continue
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from patterns(entry, route)


def addresses(values):
    """Each pattern with what `values` {name of a part: values} has for it; a part without any is an error."""
    for route in patterns():
        route = re.sub(r"[\^$]|\(\?P<format>[^)]*\)|/\?", "", route)
        parts = [name for _, name in _PART.findall(route)]
        # Beside a number the words of an address are only for people.
        offered = [values[name][:1] if name == "slug" and "pk" in parts else values[name] for name in parts]
        for chosen in islice(product(*offered), MOST):
            given = dict(zip(parts, chosen, strict=True))
            yield "/" + _PART.sub(lambda part, given=given: str(given[part[2]]), route)


def text_of(response):
    """What was sent, an archive with all that is in it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def is_page(response):
    return response.headers["Content-Type"].startswith("text/html")
