"""Verbs of the office about the commission itself: its terms and members."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from quality_mark.models import Member, Term
from quality_mark.use_cases.commission import check_office


@transaction.atomic
def begin_term(*, name, starts_on, ends_on=None, actor):
    check_office(actor)
    try:
        with transaction.atomic():
            return Term.objects.create(name=name, starts_on=starts_on, ends_on=ends_on)
    except IntegrityError as error:
        raise Refused("W tym czasie trwa inna kadencja.", field="starts_on") from error


@transaction.atomic
def add_member(*, term_id, person_id, is_chair=False, is_substitute=False, actor, now):
    """Take a person with the role into the commission, once. Refused: no role, a second chair."""
    check_office(actor)
    day = timezone.localdate(now)
    term = Term.objects.select_for_update().get(pk=term_id)
    if there := term.members.filter(person=person_id, left_on=None).first():
        return there
    if not RoleGrant.objects.held_by_active(Role.COMMISSION, day).filter(user=person_id).exists():
        raise Refused("Ta osoba nie ma roli członka Kapituły.", field="person")
    if is_chair and is_substitute:
        raise Refused("Zastępca nie może przewodniczyć.", field="is_chair")
    if is_chair and term.members.filter(is_chair=True, left_on=None).exists():
        raise Refused("Ta kadencja ma już przewodniczącego.", field="is_chair")
    return term.members.create(
        person_id=person_id, is_chair=is_chair, is_substitute=is_substitute, joined_on=max(day, term.starts_on)
    )


@transaction.atomic
def end_membership(*, member_id, actor, now):
    """From today the person is no member. What they have voted for stays."""
    check_office(actor)
    member = Member.objects.select_for_update().get(pk=member_id)
    if member.left_on is None:
        member.left_on = max(timezone.localdate(now), member.joined_on)
        member.save(update_fields=["left_on"])
    return member
