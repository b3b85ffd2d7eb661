"""Acting for an organisation: asking for it, and what coordinators say."""

from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.use_cases import requests
from core.exceptions import Refused
from registry.models import Organisation, RepresentationRequest


def ask_for_representation(*, organisation_id, user, reason, document=None, now):
    """Ask to act for a published organisation; its representatives and its public address are told.

    Refused besides what requests.ask() refuses: a card that is not public, a person who represents it already.
    """
    organisation = Organisation.objects.published().with_party().filter(pk=organisation_id).first()
    if organisation is None:
        raise Refused("Tego podmiotu już nie ma w katalogu.")
    if already := standing(organisation, user, now=now):
        raise Refused(already)
    request = RepresentationRequest(user=user, organisation=organisation, reason=reason)
    return requests.ask(request, document=document, told=_addresses(request, now), now=now)


def standing(organisation, user, *, now):
    """Why this person has nothing to ask for, in words; empty when they have."""
    if representatives(organisation, on=timezone.localdate(now)).filter(user=user).exists():
        return "Już działasz w imieniu tego podmiotu."
    if organisation.representation_requests.filter(user=user, decided_at=None).exists():
        return "Twoja prośba w tej sprawie już czeka na koordynatora."
    return ""


def decide_representation(*, request_id, accept, answer, actor, now):
    """Refused as in requests.decide()."""
    return requests.decide(
        RepresentationRequest,
        request_id=request_id,
        accept=accept,
        answer=answer,
        actor=actor,
        institution_of=lambda request: request.organisation.institution_id,
        is_for=lambda request: {"organisation": request.organisation_id},
        told=lambda request: _addresses(request, now),
        now=now,
    )


def representatives(organisation, *, on):
    """Grants of the active people who represent an organisation on a day."""
    grants = RoleGrant.objects.valid_on(on).of_active_people()
    return grants.filter(role=Role.REPRESENTATIVE, organisation=organisation)


def _addresses(request, now):
    """Who hears of it: those who act for the organisation, and its public address."""
    people = representatives(request.organisation, on=timezone.localdate(now)).exclude(user=request.user_id)
    return [*people.values_list("user__email", flat=True), request.organisation.party.email]
