"""Acting for a contracting authority: asking for it, and the people who do."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation, RoleGrant
from accounts.permissions import Action, may
from accounts.views.colleagues import colleague_list, colleague_removal
from accounts.views.requests import answer
from core.http import accepts
from procurement.forms.people import OfficeForm
from procurement.models import ContractingAuthority, OrderingUnit
from procurement.use_cases.officers import ask_for_office


@accepts("GET", "HEAD", "POST")
@login_required
def office_request(request):
    def ask(**given):
        ask_for_office(user=request.user, now=timezone.now(), **given)

    return answer(
        request, OfficeForm(request.POST or None, request.FILES or None), ask, "panel/office_request.html", {}
    )


@accepts("GET", "HEAD", "POST")
@login_required
def authority_people(request, pk):
    authority = _managed(request, pk)
    whole = may(request.user, Action.MANAGE_COLLEAGUES, authority)
    units = _units(request, authority)
    invitations = Invitation.objects.filter(authority=authority)
    return colleague_list(
        request,
        name=str(authority),
        role=Role.OFFICER,
        of={"authority": authority.pk},
        units=[(unit.pk, unit.name) for unit in units],
        whole=whole,
        grants=_grants(request, authority),
        invitations=invitations if whole else invitations.filter(ordering_unit__in=units),
        address=lambda grant: reverse("procurement:authority_person_removal", args=[pk, grant.pk]),
        may_manage=lambda grant: may(request.user, Action.MANAGE_COLLEAGUES, grant.object),
    )


@accepts("GET", "HEAD", "POST")
@login_required
def authority_person_removal(request, pk, grant_id):
    authority = _managed(request, pk)
    return colleague_removal(
        request,
        name=str(authority),
        grants=_grants(request, authority),
        grant_id=grant_id,
        back=reverse("procurement:authority_people", args=[pk]),
        may_manage=lambda grant: may(request.user, Action.MANAGE_COLLEAGUES, grant.object),
    )


def _managed(request, pk):
    """Whoever acts for the authority or one of its units sees those of the same."""
    authority = get_object_or_404(ContractingAuthority.objects.with_institution(), pk=pk)
    if not (may(request.user, Action.MANAGE_COLLEAGUES, authority) or _units(request, authority)):
        raise Http404
    return authority


def _units(request, authority):
    units = OrderingUnit.objects.filter(authority=authority).order_by("name")
    return [unit for unit in units if may(request.user, Action.MANAGE_COLLEAGUES, unit)]


def _grants(request, authority):
    grants = RoleGrant.objects.filter(role=Role.OFFICER, authority=authority)
    if may(request.user, Action.MANAGE_COLLEAGUES, authority):
        return grants
    return grants.filter(ordering_unit__in=_units(request, authority))
