"""Seats of the commission: who holds one on a day, who takes it at a sitting, who is recused from a case."""

from django.db.models import Q

from accounts.permissions import Action, may
from quality_mark.access import OWN, is_own
from quality_mark.assessing.choosing import recommending
from quality_mark.models import Ballot, Member, Sitting

ASSESSED = "Kto oceniał wniosek, nie głosuje nad nim: tak mówią zasady."
CONFLICT = "Zgłoszono konflikt interesów przy ocenie tego wniosku."
LEFT = "Nie należysz już do Kapituły albo Twoja rola się skończyła."


def sitting_on(day):
    """Memberships that last on this day."""
    return Member.objects.filter(Q(left_on=None) | Q(left_on__gt=day), joined_on__lte=day).select_related("person")


def members(term_id, day):
    return sitting_on(day).filter(term=term_id)


def seats(term_id, day):
    """How many the commission has: its members without substitutes, also those who are away."""
    return members(term_id, day).filter(is_substitute=False).count()


def membership(user, term_id, day):
    """The person's Member of the term today, while they hold the role; or None."""
    if not may(user, Action.VOTE_ON_MARK):
        return None
    return members(term_id, day).filter(person=user).first()


def is_chair(user, term_id, day):
    member = membership(user, term_id, day)
    return member is not None and member.is_chair


def sittings_of(user, day):
    """Sittings that the person takes part in: called, of the terms of which they are a member today."""
    if not may(user, Action.VOTE_ON_MARK):
        return Sitting.objects.none()
    return Sitting.objects.filter(called_at__isnull=False, term__in=sitting_on(day).filter(person=user).values("term"))


def signers(sitting, day):
    """People who may sign the minutes: the chair. When a case of the chair's own organisation is on the agenda, or
    there is no chair, any member who was there and has no such case."""
    people = [one.person for one in members(sitting.term_id, day).filter(is_chair=True).exclude(person=None)]
    organisations = [one.application.offer.organisation for one in _items(sitting)]
    able = [one for one in people if _signs(one, organisations)]
    if able:
        return able
    there = Q(pk__in=sitting.presences.values("member")) | Q(
        pk__in=Ballot.objects.filter(vote__item__sitting=sitting).values("voter")
    )
    rows = members(sitting.term_id, day).filter(there).exclude(person=None)
    return [one.person for one in rows if _signs(one.person, organisations)]


def _items(sitting):
    return sitting.items.select_related(
        "application__offer__organisation__institution", "application__offer__organisation__unit"
    )


def _signs(person, organisations):
    return may(person, Action.VOTE_ON_MARK) and not any(is_own(person, one) for one in organisations)


def bar(user, application):
    """Why the portal itself recuses this person from the case, in words; empty when it knows of nothing."""
    if is_own(user, application.offer.organisation):
        return OWN
    rows = application.assessments.filter(assessor=user)
    if rows.filter(has_conflict=True).exists():
        return CONFLICT
    if not application.rulebook.assessors_vote and rows.filter(left_at=None).exists():
        return ASSESSED
    return recommending([user], application).get(user.pk, "")
