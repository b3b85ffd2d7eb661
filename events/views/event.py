from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core import ical
from events.access import may_read_event
from events.calendar.months import Month
from events.calendar.pages import EventPage, event_by_slug
from events.calendar.structured_data import event_data
from events.calendar.versions import versioned
from events.models import Event
from registry.cards.structured_data import breadcrumb_data, json_ld
from registry.views.sharing import sharing


@versioned
def event_detail(request, slug):
    """One event. A draft exists only for those who run events."""
    event = event_by_slug(slug)
    if event is None or not may_read_event(request, event):
        raise Http404
    page = EventPage(event, now=timezone.now())
    links = _breadcrumb(event)
    absolute = request.build_absolute_uri
    context = {
        "event": event,
        "page": page,
        "links": links,
        "json_ld": json_ld(
            [
                event_data(page, absolute=absolute),
                breadcrumb_data([*links, {"label": event.title, "url": request.path}], absolute=absolute),
            ]
        ),
        **sharing(request, event.get_absolute_url()),
    }
    return render(request, "events/event_detail.html", context)


@versioned
def event_file(request, slug):
    """The event as an iCalendar file."""
    event = Event.objects.public().filter(slug=slug).only("ics", "title").first()
    if event is None:
        raise Http404
    response = HttpResponse(b"".join(ical.calendar([event.ics], name="")), content_type=ical.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


def _breadcrumb(event):
    links = [{"label": "Wydarzenia", "url": reverse("events:event_list")}]
    if event.starts_at:
        month = Month.of(timezone.localdate(event.starts_at))
        links.append({"label": month.name, "url": month.path})
    return links
