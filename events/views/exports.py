from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from core import ical
from events.calendar.versions import versioned
from events.filters import EventFilter
from events.resources import EventResource
from registry.exports.formats import FORMATS

EXTENSIONS = ("csv", "xlsx")
CALENDAR_NAME = "Wydarzenia ekonomii społecznej"


@versioned
def calendar_file(request):
    """The events of a query string as one calendar, which programs follow: streamed, and not sent twice."""
    found = EventFilter(request.GET, now=timezone.now())
    if not found.is_valid():
        return _refusal(found)
    texts = found.qs.values_list("ics", flat=True).iterator(chunk_size=500)
    response = StreamingHttpResponse(ical.calendar(texts, name=CALENDAR_NAME), content_type=ical.CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="kalendarz.ics"'
    return response


@versioned
def event_export(request, extension):
    """The whole result of the list's query string as a file. An unusable filter is answered by 400 and why."""
    if extension not in EXTENSIONS:
        raise Http404
    found = EventFilter(request.GET, now=timezone.now())
    if not found.is_valid():
        return _refusal(found)
    write, content_type = FORMATS[extension]
    resource = EventResource(site=request.build_absolute_uri("/").rstrip("/"))
    response = StreamingHttpResponse(write(resource, found.qs), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="wydarzenia-{timezone.localdate()}.{extension}"'
    return response


def _refusal(found):
    return HttpResponse(found.reasons, content_type="text/plain; charset=utf-8", status=400)
