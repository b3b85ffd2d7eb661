"""/wydarzenia/atom.xml: what is new and what changed in the calendar, cancelled events among it."""

from django.utils import timezone

from core.feeds import ListFeed, writable
from events.calendar.places import short_place
from events.calendar.when import event_words, moment_words
from events.choices import EventState
from events.filters import EventFilter

NEWEST = 50


class EventFeed(ListFeed):
    heading, page = "Wydarzenia", "events:event_list"
    subtitle = "Nowe wydarzenia, zmiany terminów i odwołania."

    def find(self, request):
        return EventFilter(request.GET, now=timezone.now())

    def items(self, request):
        return request.found.qs.for_lists().order_by("-changed_at", "-pk")[:NEWEST]

    def item_title(self, event):
        told = {EventState.CANCELLED: "Odwołane: ", EventState.MOVED: "Zmiana terminu: "}.get(event.state, "")
        return writable(told + event.title)

    def parts(self, event):
        before = f"wcześniej {moment_words(event.moved_from)}" if event.moved_from else ""
        when = event_words(list(event.days.all()))
        return [event.cancel_reason, when, before, short_place(event), event.summary]

    def item_guid(self, event):
        # Stays when the address of the page changes.
        return f"urn:uuid:{event.uid[:8]}-{event.uid[8:12]}-{event.uid[12:16]}-{event.uid[16:20]}-{event.uid[20:]}"

    item_guid_is_permalink = False

    def item_pubdate(self, event):
        return event.published_at

    def item_updateddate(self, event):
        return event.changed_at
