"""Documents of the calendar that everybody reads."""

from django.conf import settings
from django.utils import timezone

from core.pdf import kept_document
from core.templatetags.portal import number, plural
from events.calendar.when import date_words


def month_schedule(schedule, *, month):
    """PDF/UA of the Schedule of a Month."""
    site = settings.SITE_URL.rstrip("/")
    count = f"{number(schedule.events)} {plural(schedule.events, 'wydarzenie,wydarzenia,wydarzeń')}"
    return kept_document(
        "events/month.typ",
        {
            "title": f"Harmonogram wydarzeń: {month.name}",
            "portal": settings.PORTAL_NAME,
            "operator": settings.OPERATOR["name"],
            "count": count,
            "address": f"{site}{month.path}",
            "made": date_words(timezone.localdate()),
            "empty": f"{month.within[0].upper()}{month.within[1:]} nie ma żadnych wydarzeń.",
            "lines": [
                {
                    "day": line.day,
                    "clock": line.clock,
                    "title": f"{line.title} ({line.label})" if line.label else line.title,
                    "state": line.state[1] if line.state else "",
                    "url": f"{site}{line.url}",
                    "kind": line.kind,
                    "place": line.place,
                    "audience": line.audience,
                }
                for line in schedule.lines
            ],
        },
    )
