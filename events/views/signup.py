"""/wydarzenia/<slug>/zapisy/: who signs up, and by which of the ways."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from core import links
from core.http import accepts
from events.models import Enrolment, Event
from events.signing_up.acting import institution_ids
from events.views.known_signup import known_signup
from events.views.open_signup import open_signup
from events.views.roster_signup import roster_signup
from registry.models import Institution

# The purpose of links to an institution's form (core.links).
ENROLMENT = "enrolment"


@accepts("GET", "HEAD", "POST")
@never_cache
def signup(request, slug):
    """Open to all; from the roster of the institution of a link or of the account; or by an address alone."""
    event = get_object_or_404(Event.objects.public().select_related("edition"), slug=slug)
    if event.is_open_to_all:
        return open_signup(request, event)
    living = Enrolment.objects.living().filter(edition=event.edition_id)
    if "zgloszenie" in request.GET:
        enrolment = links.find(ENROLMENT, request.GET["zgloszenie"], living)
        if enrolment is None:
            raise Http404
        return roster_signup(request, event, enrolment)
    own = institution_ids(request.user)
    if own and request.GET.get("sposob") != "adres":
        enrolments = _one_each(living.filter(institution__in=own))
        if len(enrolments) == 1 and "instytucja" not in request.GET:
            return roster_signup(request, event, enrolments[0])
        if enrolments:
            return _chosen(request, event, enrolments)
    institutions = Institution.objects.filter(pk__in=own).order_by("name") if own else []
    return known_signup(request, event, institutions=institutions)


def _chosen(request, event, enrolments):
    """The one that the address names, or the choice among several."""
    wanted = request.GET.get("instytucja")
    if wanted is None:
        return render(request, "events/signing_up/institutions.html", {"event": event, "enrolments": enrolments})
    enrolment = next((one for one in enrolments if str(one.institution_id) == wanted), None)
    if enrolment is None:
        raise Http404
    return roster_signup(request, event, enrolment)


def _one_each(enrolments):
    """Of each institution the one that was sent in, if any; of drafts the newest."""
    found = {}
    for one in enrolments.order_by("submitted_at", "-pk"):
        found.setdefault(one.institution_id, one)
    return list(found.values())
