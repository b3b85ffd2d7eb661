"""Acting for a contracting authority: asking for it, and what coordinators say."""

from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.use_cases import requests
from core.exceptions import Refused
from core.polish import sort_key
from procurement.models import OfficerRequest, OrderingUnit
from procurement.use_cases.authorities import authority_of
from registry.models import Institution


def ask_for_office(*, user, nip, name="", unit_name="", reason, document=None, now):
    """Ask to act for the authority of this NIP; its officers and its public address are told.

    An institution of the register keeps its name, any other has to be named. Refused besides what requests.ask()
    refuses: no name, a person who acts for the whole authority already.
    """
    institution = _institution(nip)
    name = institution.name if institution else name.strip()
    if not name:
        raise Refused("Tego NIP nie ma w rejestrze. Podaj też nazwę zamawiającego.", field="name")
    request = OfficerRequest(user=user, nip=nip, name=name, unit_name=unit_name.strip(), reason=reason)
    if _officers(nip, timezone.localdate(now)).filter(user=user, ordering_unit=None).exists():
        raise Refused("Już działasz w imieniu tego zamawiającego.")
    return requests.ask(request, document=document, told=_addresses(request, now), now=now)


def decide_office(*, request_id, accept, answer, actor, now):
    """Refused as in requests.decide(). Accepting makes the authority and the unit, if they are new."""
    return requests.decide(
        OfficerRequest,
        request_id=request_id,
        accept=accept,
        answer=answer,
        actor=actor,
        institution_of=lambda request: getattr(_institution(request.nip), "pk", None),
        is_for=lambda request: _authority_and_unit(request, now),
        told=lambda request: _addresses(request, now),
        now=now,
    )


def _institution(nip):
    return Institution.objects.living().filter(nip=nip).first()


def _authority_and_unit(request, now):
    institution = _institution(request.nip) or Institution.objects.create(
        nip=request.nip, name=request.name, sort_key=sort_key(request.name)
    )
    authority = authority_of(institution, now=now)
    if not request.unit_name:
        return {"authority": authority.pk}
    unit, _ = OrderingUnit.objects.get_or_create(authority=authority, name=request.unit_name)
    return {"authority": authority.pk, "ordering_unit": unit.pk}


def _officers(nip, day):
    grants = RoleGrant.objects.valid_on(day).of_active_people()
    return grants.filter(role=Role.OFFICER, authority__institution__nip=nip)


def _addresses(request, now):
    people = _officers(request.nip, timezone.localdate(now)).exclude(user=request.user_id)
    institution = _institution(request.nip)
    return [*people.values_list("user__email", flat=True), *([institution.email] if institution else [])]
