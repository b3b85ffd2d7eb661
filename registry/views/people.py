"""Acting for an organisation: asking for it, and the people who do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.forms.requests import RequestForm
from accounts.models import Invitation, RoleGrant
from accounts.permissions import Action, may
from accounts.views.colleagues import colleague_list, colleague_removal
from accounts.views.requests import answer
from core.http import accepts
from registry.models import Organisation
from registry.use_cases.representation import ask_for_representation, standing
from registry.views.old_addresses import follows_old_addresses


@accepts("GET", "HEAD", "POST")
@login_required
@follows_old_addresses("registry:representation_request")
def representation_request(request, slug):
    """ "Reprezentuję ten podmiot"."""
    organisation = get_object_or_404(Organisation.objects.published().with_party(), slug=slug)
    if request.method != "POST" and (already := standing(organisation, request.user, now=timezone.now())):
        # Before somebody writes and chooses a document for nothing.
        messages.info(request, already)
        return redirect("panel")

    def ask(**given):
        ask_for_representation(organisation_id=organisation.pk, user=request.user, now=timezone.now(), **given)

    form = RequestForm(request.POST or None, request.FILES or None)
    return answer(request, form, ask, "panel/representation_request.html", {"organisation": organisation})


@accepts("GET", "HEAD", "POST")
@login_required
@follows_old_addresses("registry:organisation_people")
def organisation_people(request, slug):
    organisation = _managed(request, slug)
    return colleague_list(
        request,
        name=str(organisation),
        role=Role.REPRESENTATIVE,
        of={"organisation": organisation.pk},
        grants=_grants(organisation),
        invitations=Invitation.objects.filter(organisation=organisation),
        address=lambda grant: reverse("registry:organisation_person_removal", args=[slug, grant.pk]),
        may_manage=lambda grant: True,
    )


@accepts("GET", "HEAD", "POST")
@login_required
@follows_old_addresses("registry:organisation_person_removal")
def organisation_person_removal(request, slug, grant_id):
    organisation = _managed(request, slug)
    return colleague_removal(
        request,
        name=str(organisation),
        grants=_grants(organisation),
        grant_id=grant_id,
        back=reverse("registry:organisation_people", args=[slug]),
        may_manage=lambda grant: True,
    )


def _managed(request, slug):
    """A card that is out of the catalogue for a while still has its people."""
    organisation = get_object_or_404(Organisation.objects.living().with_party(), slug=slug)
    if not may(request.user, Action.MANAGE_COLLEAGUES, organisation):
        raise Http404
    return organisation


def _grants(organisation):
    return RoleGrant.objects.filter(role=Role.REPRESENTATIVE, organisation=organisation)
