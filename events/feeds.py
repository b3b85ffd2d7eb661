"""/wydarzenia/atom.xml: what is new and what changed in the calendar, cancelled events among it."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from events.calendar.places import short_place
from events.calendar.when import event_words, moment_words
from events.choices import EventState
from events.filters import EventFilter
from registry.feeds import UNWRITABLE

NEWEST = 50


class EventFeed(Feed):
    """Takes the query string of the calendar; an unknown value in it is answered with 400 and the reason."""

    feed_type = Atom1Feed
    subtitle = "Nowe wydarzenia, zmiany terminów i odwołania."

    def __call__(self, request, *args, **kwargs):
        found = EventFilter(request.GET, now=timezone.now())
        if not found.is_valid():
            return HttpResponse(found.reasons, content_type="text/plain; charset=utf-8", status=400)
        request.found = found
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request):
        return request

    def author_name(self, request):
        return settings.OPERATOR["name"]

    def title(self, request):
        return f"Wydarzenia – {settings.PORTAL_NAME}"

    def link(self, request):
        return _with_query(reverse("events:event_list"), request)

    def feed_url(self, request):
        return _with_query(request.path, request)

    def items(self, request):
        return request.found.qs.for_lists().order_by("-changed_at", "-pk")[:NEWEST]

    def item_title(self, event):
        told = {EventState.CANCELLED: "Odwołane: ", EventState.MOVED: "Zmiana terminu: "}.get(event.state, "")
        return UNWRITABLE.sub(" ", told + event.title)

    def item_description(self, event):
        before = f"wcześniej {moment_words(event.moved_from)}" if event.moved_from else ""
        parts = [event.cancel_reason, event_words(list(event.days.all())), before, short_place(event), event.summary]
        # Django declares a summary to be HTML; ours is text.
        return escape(UNWRITABLE.sub(" ", " · ".join(part for part in parts if part)))

    def item_guid(self, event):
        # Stays when the address of the page changes.
        return f"urn:uuid:{event.uid[:8]}-{event.uid[8:12]}-{event.uid[12:16]}-{event.uid[16:20]}-{event.uid[20:]}"

    item_guid_is_permalink = False

    def item_pubdate(self, event):
        return event.published_at

    def item_updateddate(self, event):
        return event.changed_at


def _with_query(path, request):
    query = request.GET.urlencode()
    return f"{path}?{query}" if query else path
