""" "Potwierdź dane" for people who act for an organisation and have an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.choices import Role
from accounts.permissions import Action, grants_of, may
from core.exceptions import Refused
from core.http import accepts
from registry.cards import reading
from registry.cards.organisations import Card
from registry.choices import Channel, Verifier
from registry.models import Organisation
from registry.use_cases.confirming.answering import OWN_FACTS
from registry.use_cases.organisations import verify
from registry.views.confirming import edit_address
from registry.views.old_addresses import follows_old_addresses


@accepts("GET", "HEAD", "POST")
@login_required
@follows_old_addresses("registry:organisation_confirmation")
def organisation_confirmation(request, slug):
    """What is confirmed, and one button."""
    organisation = get_object_or_404(Organisation.objects.published().with_party(), slug=slug)
    if not may(request.user, Action.CONFIRM_DATA, organisation):
        raise Http404
    if request.method == "POST":
        try:
            verify(
                organisation_id=organisation.pk,
                by=request.user,
                now=timezone.now(),
                **_as_whom(request.user, organisation),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Dane podmiotu „{organisation}” są potwierdzone.")
        return redirect("panel")
    card = Card(reading.organisation_by_slug(slug), today=timezone.localdate())
    context = {"card": card, "edit": edit_address(organisation)}
    return render(request, "registry/confirmation/own.html", context)


def _as_whom(user, organisation):
    """An administrator who does not act for the organisation is not taken for one who does."""
    acts = any(
        grant.role == Role.REPRESENTATIVE and grant.organisation_id == organisation.pk for grant in grants_of(user)
    )
    if not acts:
        return {"verifier": Verifier.COORDINATOR, "channel": Channel.OFFICE}
    fields = [name for name in OWN_FACTS if getattr(organisation.party, name)]
    return {"verifier": Verifier.REPRESENTATIVE, "channel": Channel.PANEL, "fields": fields}
