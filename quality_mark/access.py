"""Who may do what with one application: by role, and never with a case of an organisation of one's own."""

from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.permissions import Action, may
from core.exceptions import Refused
from quality_mark.choices import Actor

# What somebody must be allowed to do to take a step as this actor.
ACTIONS = {
    Actor.CLERK: Action.HANDLE_MARK,
    Actor.CHAIR: Action.VOTE_ON_MARK,
    Actor.DIRECTOR: Action.DECIDE_ON_MARK,
}
OWN = "To sprawa podmiotu, w którego imieniu działasz albo działałeś lub działałaś. Musi ją prowadzić ktoś inny."


def is_own(user, organisation):
    """Whether the person acts, or ever acted, for this organisation or for another card of its legal person."""
    grants = RoleGrant.objects.filter(user=user, role=Role.REPRESENTATIVE)
    return grants.filter(organisation__institution=organisation.institution_id).exists()


def may_act(user, actor, application):
    """Whether the person may take steps as this actor. TIME is nobody."""
    organisation = application.offer.organisation
    if actor == Actor.APPLICANT:
        return may(user, Action.APPLY_FOR_MARK, organisation)
    return actor in ACTIONS and may(user, ACTIONS[actor]) and not is_own(user, organisation)


def check(user, actor, application):
    """Refused when the person may not take steps as this actor."""
    if actor in ACTIONS and may(user, ACTIONS[actor]) and is_own(user, application.offer.organisation):
        raise Refused(OWN)
    if not may_act(user, actor, application):
        raise Refused("Ten krok należy do kogoś innego.")
