"""One page of a list of events."""

from events.models import Event


class Listing:
    """Events of a queryset in the order of time; listing[20:40] is a list with their days, three queries."""

    def __init__(self, found):
        self._found = found

    def __len__(self):
        return self._found.count()

    def __getitem__(self, part):
        keys = self._found.page(part.start, part.stop)
        return list(Event.objects.filter(pk__in=keys).for_lists().order_by("starts_at", "pk"))
