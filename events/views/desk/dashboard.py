from django.shortcuts import render
from django.utils import timezone

from events.coordination import dashboard as reading
from events.views.doors import for_coordinators


@for_coordinators
def dashboard(request):
    """What is coming, what lacks papers, whom to call, what to settle."""
    now = timezone.now()
    count, waiting = reading.to_check()
    context = {
        "events": reading.upcoming(now),
        "most": reading.MOST_EVENTS,
        "to_settle": reading.to_settle(now),
        "to_check_count": count,
        "to_check": waiting,
        "calls": reading.to_call(now),
    }
    return render(request, "events/desk/dashboard.html", context)
