"""OCDS: packages paged by links, one process, everything as lines, and the portal's own extension."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from core.versions import versioned_by
from procurement.ocds import feed, packages, records

RELEASES, RECORDS = 1_000, 200
JSON = "application/json"
EXTENSION = settings.BASE_DIR / "procurement" / "ocds" / "extension"
EXTENSION_FILES = ("extension.json", "release-schema.json", "README.md")
_UNKNOWN = "after: To nie jest miejsce w tym zbiorze. Zacznij od początku, bez parametru after.\n"

versioned = versioned_by(lambda: f"ocds/{feed.last()}")


@versioned
def release_package(request):
    """Releases after a mark, a thousand at a time. The last page has no `next`, only where later ones will be."""
    mark = _asked(request)
    if mark is None:
        return _refusal(request)
    reached, more = [mark], []

    def texts():
        # One more than is given out tells whether there is a next page.
        for number, told in enumerate(feed.after(mark, RELEASES + 1)):
            if number == RELEASES:
                more.append(True)
                return
            reached[0] = told.mark
            yield told.text

    return _stream(request, "releases", texts(), lambda: _links(request, reached[0], more))


@versioned
def record_package(request):
    """Records whose newest release comes after a mark: a record that has changed comes again."""
    mark = _asked(request)
    if mark is None:
        return _refusal(request)
    found = feed.processes(mark, RECORDS + 1)
    page, more = found[:RECORDS], found[RECORDS:]
    reached = page[-1][0] if page else mark

    def texts():
        for start in range(0, len(page), 50):
            for ocid, releases in feed.releases_of([ocid for _, ocid in page[start : start + 50]]).items():
                yield records.record(ocid, releases)

    return _stream(request, "records", texts(), lambda: _links(request, reached, more))


@versioned
def process(request, ocid):
    """One contracting process: all its releases and what they come to, as a package of one record."""
    releases = feed.releases_of([ocid])[ocid] if "\x00" not in ocid else []
    if not releases:
        raise Http404
    return _stream(request, "records", [records.record(ocid, releases)], lambda: {"self": _address(request)})


@versioned
def release_lines(request):
    """All releases, one a line: for those who want everything at once."""
    lines = (f"{told.text}\n".encode() for told in feed.after(feed.Mark()))
    return StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")


def extension_file(request, name):
    """The portal's own extension, under the address that the packages declare."""
    if name not in EXTENSION_FILES:
        raise Http404
    content_type = JSON if name.endswith(".json") else "text/markdown; charset=utf-8"
    return FileResponse((EXTENSION / name).open("rb"), content_type=content_type)


def _asked(request):
    """The Mark to go on from, None when what was given is none."""
    text = request.GET.get("after", "")
    unknown = set(request.GET) - {"after"}
    if unknown:
        return None
    return feed.mark_of(text) if text else feed.Mark()


def _refusal(request):
    unknown = sorted(set(request.GET) - {"after"})
    reasons = f"{unknown[0][:40]}: Nie ma takiego parametru.\n" if unknown else _UNKNOWN
    return HttpResponse(reasons, content_type="text/plain; charset=utf-8", status=400)


def _stream(request, name, texts, links):
    opening = packages.head(_address(request), published_at=timezone.now())
    return StreamingHttpResponse(packages.package(opening, name, texts, links), content_type=JSON)


def _address(request, **query):
    path = f"{packages.site()}{request.path}"
    after = query.get("after") or request.GET.get("after")
    return f"{path}?after={after}" if after else path


def _links(request, reached, more):
    """`next` as long as there is something, `later` to come back to."""
    following = _address(request, after=str(reached))
    return {"self": _address(request)} | ({"next": following} if more else {"later": following})
