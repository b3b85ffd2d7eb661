from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from core.http import paginate
from registry.cards.freshness import origin
from registry.history.events import events_of
from registry.history.story import changes, state_on
from registry.models import Organisation
from registry.views.old_addresses import follows_old_addresses
from registry.views.organisations import may_see_history

PER_PAGE = 30
# A yearly letter makes one a year; who presses each day has no need of all.
SHOWN = 50


@follows_old_addresses("registry:organisation_history")
def organisation_history(request, slug):
    """ "Historia zmian": for coordinators, what was true on any day and who changed what. Others get 404."""
    if not may_see_history(request):
        raise Http404
    organisation = get_object_or_404(Organisation.objects.with_party(), slug=slug)
    asked = request.GET.get("dzien", "")
    today = timezone.localdate()
    day = _day(asked, today)
    events = events_of(organisation)
    confirmations = organisation.confirmations.select_related("source", "user").order_by("-day", "-pk")[:SHOWN]
    context = {
        "organisation": organisation,
        "asked": asked,
        "day": day,
        "state": state_on(organisation, events, day) if day else None,
        "page": paginate(request, changes(events), PER_PAGE),
        "today": today,
        "confirmations": [(one, origin(one)) for one in confirmations],
    }
    return render(request, "registry/organisation_history.html", context)


def _day(text, today):
    """The asked day, or None for nonsense and for days that have not come yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day <= today else None
