"""What of events stands on the first page of the admin."""

from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone

from events.choices import EventState
from events.models import Event
from registry.admin import dashboard


def _coming():
    return Event.objects.coming(timezone.now()).count()


def _to_settle():
    over = Q(state=EventState.HELD) | Q(state__in=EventState.coming(), ends_at__lte=timezone.now())
    return Event.objects.filter(over).count()


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
