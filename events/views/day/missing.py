"""Who may not be counted yet: of one event and of a whole edition."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from core.http import accepts, paginate
from core.templatetags.portal import plural
from events.day.missing import (
    days_left,
    deadline_of_edition,
    deadline_of_event,
    rows_of_edition,
    rows_of_event,
)
from events.use_cases.enrolment.reminders import remind_of_missing_data
from events.views.day.pages import tabs
from events.views.doors import edition_of, event_of, for_coordinators

PER_PAGE = 50


@accepts("GET", "HEAD", "POST")
@for_coordinators
def event_missing(request, slug):
    event = event_of(slug)
    more = {"event": event, "tabs": tabs(event, "event_missing"), "title": event.title}
    return _page(request, rows_of_event(event), deadline_of_event(event), more)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def edition_missing(request, slug):
    edition = edition_of(slug)
    more = {"edition": edition, "title": edition.name}
    return _page(request, rows_of_edition(edition), deadline_of_edition(edition), more)


def _page(request, rows, deadline, more):
    rows = [row for row in rows if row.missing]
    now = timezone.now()
    if request.method == "POST":
        missing = {}
        for row in rows:
            if row.gets_letter:
                known = missing.setdefault(row.participant.pk, [])
                known += [words for words in row.missing if words not in known]
        told = remind_of_missing_data(missing=missing, deadline=deadline, now=now)
        words = f"List dostanie {len(told)} {plural(len(told), 'osoba,osoby,osób')}."
        messages.success(request, words if told else "Te osoby dostały już dzisiaj przypomnienie.")
        return redirect(request.get_full_path())
    context = more | {
        "page": paginate(request, rows, PER_PAGE),
        "count": len(rows),
        "deadline": deadline,
        "left": deadline and days_left(deadline, timezone.localdate(now)),
        "letters": len({row.participant.pk for row in rows if row.gets_letter}),
        "without_email": sum(1 for row in rows if row.is_theirs and not row.email),
    }
    return render(request, "events/day/missing.html", context)
