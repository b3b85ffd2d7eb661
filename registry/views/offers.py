from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from registry.cards import reading
from registry.cards.old_addresses import was_public
from registry.cards.organisations import Card
from registry.cards.structured_data import breadcrumb_data, json_ld, offer_data
from registry.models import Offer
from registry.views.sharing import sharing


def offer_detail(request, pk, slug):
    """One offer with whoever makes it. Only the number counts: another name in the address leads to the right one."""
    organisation = reading.organisation_of_offer(pk)
    card = Card(organisation, today=timezone.localdate()) if organisation else None
    line = card.offer_line(pk) if card else None
    if line is None:
        return _gone(request, pk)
    if request.path != line.url:
        return redirect(line.url, permanent=True)
    links = _breadcrumb(line.offer)
    absolute = request.build_absolute_uri
    context = {
        "card": card,
        "organisation": organisation,
        "line": line,
        "others": [other for other in card.offers if other is not line],
        "references": [reference for reference in card.references if reference.offer_id == pk],
        "links": links,
        "json_ld": json_ld(
            [
                offer_data(line, card, absolute=absolute),
                breadcrumb_data([*links, {"label": line.offer.name, "url": line.url}], absolute=absolute),
            ]
        ),
        **sharing(request, line.url),
    }
    return render(request, "registry/offer_detail.html", context)


def _gone(request, pk):
    """410 for an offer that was taken off a card of the catalogue, 404 for one that nobody could see."""
    offer = Offer.objects.select_related("organisation__institution", "organisation__unit").filter(pk=pk).first()
    card = offer and offer.organisation
    if offer is None or not (card.published_at or was_public(card)):
        raise Http404
    removed_on = offer.removed_at or card.removed_at
    if removed_on is None:  # the card is out of the catalogue for a while
        raise Http404
    context = {"removed_on": removed_on, "card": card if card.published_at else None, "is_offer": True}
    return render(request, "registry/gone.html", context, status=410)


def _breadcrumb(offer):
    links = [{"label": "Oferty", "url": reverse("registry:offer_list")}]
    if offer.category:
        links.append({"label": offer.category.label, "url": f"{links[0]['url']}?category={offer.category_id}"})
    return links
