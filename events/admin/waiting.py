"""What of events stands on the first page of the admin."""

from django.urls import reverse_lazy
from django.utils import timezone

from events.coordination.dashboard import unsettled
from events.models import Event
from registry.admin import dashboard


def _coming():
    return Event.objects.coming(timezone.now()).count()


def _to_settle():
    return unsettled(timezone.now()).count()


dashboard.LINES += [
    {
        "label": "Nadchodzące wydarzenia",
        "note": "Miejsca, dokumenty i osoby, do których trzeba zadzwonić.",
        "permission": "events.change_event",
        "url": reverse_lazy("events:desk_home"),
        "count": _coming,
    },
    {
        "label": "Wydarzenia do rozliczenia",
        "note": "Odbyły się, a obecność nie jest jeszcze rozliczona.",
        "permission": "events.change_event",
        "url": reverse_lazy("events:desk_home"),
        "count": _to_settle,
    },
]
