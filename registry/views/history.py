from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import paginate
from registry.cards import reading
from registry.history.events import events_of
from registry.history.story import changes, state_on
from registry.views.organisations import may_see_history

PER_PAGE = 30


@require_safe
def organisation_history(request, slug):
    """ "Historia zmian": for coordinators, what was true on any day and who changed what. Others get 404."""
    organisation = reading.organisation_by_slug(slug) if may_see_history(request) else None
    if organisation is None:
        raise Http404
    asked = request.GET.get("dzien", "")
    day = _day(asked)
    events = events_of(organisation)
    context = {
        "organisation": organisation,
        "asked": asked,
        "day": day,
        "state": state_on(organisation, events, day) if day else None,
        "page": paginate(request, changes(events), PER_PAGE),
        "today": timezone.localdate(),
    }
    return render(request, "registry/organisation_history.html", context)


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
