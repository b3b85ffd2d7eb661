"""What the person who is signed in acts for: an application of theirs, or 404."""

from django.shortcuts import get_object_or_404

from quality_mark.access import organisations_of
from quality_mark.models import Application
from registry.models import Offer


def own_offers(request):
    mine = organisations_of(request.user)
    offers = Offer.objects.living().filter(organisation__in=mine, organisation__removed_at=None)
    return offers.select_related("organisation__kind", "organisation__institution", "organisation__unit")


def own_application(request, pk):
    """404 for whoever does not act for its organisation: they are not told that it exists."""
    rows = Application.objects.of_organisations(organisations_of(request.user))
    rows = rows.select_related(
        "offer__organisation__kind",
        "offer__organisation__institution",
        "offer__organisation__unit",
        "rulebook",
        "mark",
    )
    return get_object_or_404(rows, pk=pk)
