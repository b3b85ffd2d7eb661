from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from core.ical import CONTENT_TYPE, calendar
from procurement.filters import PostingFilter
from procurement.outlets import ical
from procurement.outlets.versions import versioned
from procurement.resources import PostingResource
from registry.exports.formats import FORMATS

EXTENSIONS = ("csv", "xlsx", "json")


@versioned
def posting_export(request, extension):
    """The whole result of the list's query string as a file. An unusable filter is answered by 400 and why."""
    if extension not in EXTENSIONS:
        raise Http404
    found = PostingFilter(request.GET, now=timezone.now())
    if not found.is_valid():
        return _refusal(found)
    write, content_type = FORMATS[extension]
    resource = PostingResource(site=request.build_absolute_uri("/").rstrip("/"))
    response = StreamingHttpResponse(write(resource, found.qs), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="zamowienia-{timezone.localdate()}.{extension}"'
    return response


@versioned
def posting_calendar(request):
    """The nearest last days for offers and planned procedures of a query string, as one calendar to follow."""
    found = PostingFilter(request.GET, now=timezone.now())
    if not found.is_valid():
        return _refusal(found)
    texts = map(ical.vevent, ical.coming(found).iterator(chunk_size=500))
    response = StreamingHttpResponse(calendar(texts, name=ical.NAME), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="zamowienia.ics"'
    return response


def _refusal(found):
    return HttpResponse(found.reasons, content_type="text/plain; charset=utf-8", status=400)
