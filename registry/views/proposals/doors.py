"""Who enters the pages on which a card is edited."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from registry.models import Organisation
from registry.proposals.access import may_edit
from registry.proposals.parts import section_of


def for_editor(view):
    """`view(request, organisation, …)` for those who may propose changes of it; for others there is nothing here.
    A card that is out of the catalogue for a while can be mended."""

    @login_required
    @never_cache
    @wraps(view)
    def inner(request, slug, **kwargs):
        organisation = get_object_or_404(Organisation.objects.living().with_party(), slug=slug)
        if not may_edit(request.user, organisation):
            raise Http404
        return view(request, organisation, **kwargs)

    return inner


def asked_section(organisation, code):
    """The section an address names. 404 when this card has no such place."""
    section = section_of(code)
    if section is None or (section.kind and section.kind.code == "jednostki" and organisation.unit_id):
        raise Http404
    return section
