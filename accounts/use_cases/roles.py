"""Giving and ending roles. Both are told to the person and leave a line in the trail."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import trail
from accounts.choices import Role, TrailKind
from accounts.models import RoleGrant, User
from accounts.permissions import POWERS, Scope, may_end, may_give
from accounts.use_cases import left_alone
from accounts.use_cases.letters import tell
from core.exceptions import Refused

OVERLAP = "accounts_grant_once"


@transaction.atomic
def grant(
    *,
    user_id,
    role,
    organisation=None,
    authority=None,
    ordering_unit=None,
    starts_on,
    ends_on=None,
    actor,
    words="",
    now,
):
    """Give a person a role and return the RoleGrant. Objects come as ids; `actor` is None for the program itself.

    Refused: an account that is off, a role without its object, one that the actor may not give, to oneself, the same
    role twice in one time. The person is told by letter.
    """
    role = Role(role)
    user = _locked_person(user_id)
    given = RoleGrant(
        user=user,
        role=role,
        organisation_id=organisation,
        authority_id=authority,
        ordering_unit_id=ordering_unit,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_at=now,
        granted_by=actor,
    )
    refuse_nonsense(given)
    if actor:
        if actor == user:
            raise Refused("Roli nie można nadać samemu sobie.")
        _refuse_unless(may_give(actor, given.role, given.object))
    try:
        with transaction.atomic():
            given.save(force_insert=True)
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") != OVERLAP:
            raise
        raise Refused("Ta osoba ma już tę rolę w tym czasie.") from error
    trail.note(TrailKind.ROLE_GRANTED, actor=actor, subject=user, about=in_words(given), now=now)
    _tell(given, "accounts/email/role_granted", words=words, now=now)
    return given


@transaction.atomic
def end_grant(*, grant_id, actor, reason, now):
    """End a role today, the first day without it, and return the RoleGrant. The reason is told to the person.

    When nobody is left who acts for the organisation or authority, coordinators are told too.
    Refused: a role that is over, one that the actor may not end, one's own role of staff, the last administrator.
    """
    # One after another, so that two administrators cannot take the role from each other in one moment.
    grants = list(RoleGrant.objects.select_for_update(of=("self",)).filter(_one_or_administrators(grant_id)))
    ending = next((one for one in grants if one.pk == grant_id), None)
    today = timezone.localdate(now)
    if ending is None or (ending.ends_on and ending.ends_on <= today):
        raise Refused("Ta rola już się skończyła.")
    if not reason.strip():
        raise Refused("Napisz, dlaczego rola się kończy.")
    if actor:
        if actor.pk != ending.user_id:
            _refuse_unless(may_end(actor, ending.role, ending.object))
        elif POWERS[ending.role].is_staff:
            raise Refused("Własnej roli w urzędzie nie można odebrać samemu sobie.")
    if ending.role == Role.ADMINISTRATOR and ending.is_valid_on(today) and not _others_left(ending, grants, today):
        raise Refused("To ostatni administrator. Najpierw nadaj tę rolę komuś innemu.")
    was_valid = ending.is_valid_on(today)
    ending.ends_on = max(today, ending.starts_on)
    ending.save(update_fields=["ends_on"])
    about = f"{in_words(ending)}: {reason.strip()}"
    trail.note(TrailKind.ROLE_ENDED, actor=actor, subject=ending.user, about=about, now=now)
    _tell(ending, "accounts/email/role_ended", reason=reason.strip(), now=now)
    if was_valid and ending.object and not left_alone.somebody_else(ending, today):
        left_alone.tell_coordinators(ending, words=in_words(ending), reason=reason.strip(), now=now)
    return ending


def in_words(given):
    """ "przedstawiciel podmiotu: Spółdzielnia Socjalna Zielony Próg"."""
    names = [str(row) for row in (given.organisation, given.authority, given.ordering_unit) if row]
    return ": ".join([given.get_role_display(), ", ".join(names)]) if names else given.get_role_display()


def _locked_person(user_id):
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_active=True).first()
    if user is None:
        raise Refused("Tego konta nie ma albo jest wyłączone.")
    return user


def refuse_nonsense(given):
    scope = POWERS[given.role].scope
    if (scope is Scope.ORGANISATION) != bool(given.organisation_id):
        raise Refused("Przedstawiciel działa w imieniu jednego podmiotu; inne role go nie mają.")
    if (scope is Scope.AUTHORITY) != bool(given.authority_id):
        raise Refused("Urzędnik działa w imieniu jednego zamawiającego; inne role go nie mają.")
    if given.ordering_unit_id and (not given.authority_id or given.ordering_unit.authority_id != given.authority_id):
        raise Refused("Ta jednostka nie należy do tego zamawiającego.")
    if given.ends_on and given.ends_on <= given.starts_on:
        raise Refused("Rola musi trwać przynajmniej jeden dzień.")


def _refuse_unless(allowed):
    if not allowed:
        raise Refused("Tej roli nie możesz nadać ani odebrać.")


def _one_or_administrators(grant_id):
    return Q(pk=grant_id) | Q(role=Role.ADMINISTRATOR)


def _others_left(ending, grants, today):
    others = {one.user_id for one in grants if one.role == Role.ADMINISTRATOR and one.is_valid_on(today)}
    others.discard(ending.user_id)
    return User.objects.filter(pk__in=others, is_active=True).exists()


def _tell(given, template, *, now, **context):
    tell(given.user.email, template, given, user=given.user, role=in_words(given), now=now, **context)
