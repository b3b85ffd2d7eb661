"""Who may propose changes of a card, and who may not decide on them."""

from accounts.choices import Role
from accounts.permissions import Action, grants_of, has_own_interest, may
from registry.models import Organisation


def may_edit(user, organisation):
    """Whoever represents the organisation; the card of a unit also who represents its operator (art. 2 pkt 3)."""
    if may(user, Action.EDIT_CARD, organisation):
        return True
    operator = organisation.unit.operator_id if organisation.unit else None
    own = [one.organisation_id for one in grants_of(user) if one.role == Role.REPRESENTATIVE]
    if not operator or not own:
        return False
    return Organisation.objects.living().filter(pk__in=own, institution=operator, unit=None).exists()


def is_own_case(user, proposal):
    """Whether somebody else has to decide: their own proposal, or one of an organisation they act for."""
    organisation = proposal.organisation
    legal = organisation.unit.operator_id if organisation.unit else organisation.institution_id
    return proposal.author_id == user.pk or has_own_interest(user, legal)
