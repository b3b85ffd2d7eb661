from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.navigation import has_session
from registry.cards import reading
from registry.cards.organisations import Card
from registry.cards.structured_data import breadcrumb_data, json_ld, organisation_data
from registry.proposals.access import may_edit
from registry.timeline import moments
from registry.views.old_addresses import follows_old_addresses
from registry.views.sharing import sharing


@follows_old_addresses("registry:organisation_detail")
def organisation_detail(request, slug):
    """One card; one that is not public exists only for coordinators."""
    organisation = reading.organisation_by_slug(slug)
    if organisation is None:
        raise Http404
    coordinator = may_see_history(request)
    if organisation.removed_at or not (organisation.published_at or coordinator):
        raise Http404
    card = Card(organisation, today=timezone.localdate())
    links = breadcrumb(card)
    absolute = request.build_absolute_uri
    context = {
        "card": card,
        "organisation": organisation,
        "links": links,
        "json_ld": json_ld(
            [
                organisation_data(card, absolute=absolute),
                breadcrumb_data([*links, {"label": card.party.name, "url": request.path}], absolute=absolute),
            ]
        ),
        "timeline": moments(organisation, today=card.today),
        "coordinator": coordinator,
        "may_edit": has_session(request) and may_edit(request.user, organisation),
        **sharing(request, organisation.get_absolute_url()),
    }
    return render(request, "registry/organisation_detail.html", context)


def breadcrumb(card):
    """Links above the card: the catalogue and the county in it."""
    links = [{"label": "Katalog", "url": reverse("registry:organisation_list")}]
    if county := card.party.county:
        links.append({"label": str(county), "url": f"{links[0]['url']}?powiat={county.teryt}"})
    return links


def may_see_history(request):
    """Staff who may look into the register. A visitor without a session is not even looked up."""
    return has_session(request) and request.user.has_perm("registry.view_organisation")
