"""Who may do what with one application: by role, and never with a case of an organisation of one's own."""

from django.db.models import Q

from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.permissions import POWERS, Action, grants_of, may
from core.exceptions import Refused
from quality_mark.choices import Actor

# What somebody must be allowed to do to take a step as this actor.
ACTIONS = {
    Actor.CLERK: Action.HANDLE_MARK,
    Actor.CHAIR: Action.VOTE_ON_MARK,
    Actor.DIRECTOR: Action.DECIDE_ON_MARK,
}
# From a grant to the card that its own one became, however often they were joined; and to the legal persons of each.
CARDS = ("organisation", "organisation__merged_into", "organisation__merged_into__merged_into")
PERSONS = ("institution", "institution__merged_into", "unit__operator", "unit__operator__merged_into")
# Roles that are held for one organisation or authority: a ZAZ may be run by a municipality that buys as well.
OF_ONE = (Role.REPRESENTATIVE, Role.OFFICER)
OWN = "To sprawa podmiotu, w którego imieniu działasz albo działałeś lub działałaś. Musi ją prowadzić ktoś inny."


def is_own(user, organisation):
    """Whether the person acts, or ever acted, for this organisation or for another card of its legal person."""
    return user.pk in {one for (one,) in acting([user.pk], organisation)}


def acting(people, organisation):
    """Rows (user,) of those of these people who are no strangers to this organisation, in one query."""
    return grants_for(organisation).filter(user__in=people).values_list("user").distinct()


def grants_for(organisation):
    """Grants, of today and of the past, to act for this organisation or for its legal person.

    Two cards that became one are one: who acted for the dropped one only in the past has a grant that stayed there.
    """
    persons = {organisation.institution_id, organisation.unit.operator_id if organisation.unit else None} - {None}
    same = Q(authority__institution__in=persons) if persons else Q()
    for card in CARDS:
        same |= Q(**{card: organisation.pk})
        for person in PERSONS if persons else ():
            same |= Q(**{f"{card}__{person}__in": persons})
    return RoleGrant.objects.filter(same, role__in=OF_ONE)


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


def organisations_of(user):
    """Ids of the organisations in whose name the person applies."""
    return {
        grant.organisation_id
        for grant in grants_of(user)
        if grant.organisation_id and Action.APPLY_FOR_MARK in POWERS[grant.role].actions
    }
