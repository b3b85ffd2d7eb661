"""Who may do what: the table of roles, and the questions that views, admin and commands ask of it.

Who holds which role is told by accounts.RoleGrant and read once for each request.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from accounts.choices import Role

WORK = ("view", "add", "change")
# What is taken off a form line by line, as a wrong reference; cards and legal persons are removed by a use case.
LINES = (*WORK, "delete")
READ = ("view",)
DECIDE = ("view", "change")

# Pages of the admin: role → {"app.model": actions}; "app.*" stands for every model of the app that has no line.
ROLE_PERMISSIONS = {
    Role.COORDINATOR: {
        "accounts.rolegrant": WORK,
        "accounts.invitation": WORK,
        "accounts.user": READ,
        "events.edition": WORK,
        "events.editiontext": WORK,
        "events.formversion": WORK,
        "events.event": WORK,
        "events.series": WORK,
        # What hangs on these, added and taken off line by line.
        "events.editionlogo": LINES,
        "events.formquestion": LINES,
        "events.eventday": LINES,
        "events.agendaitem": LINES,
        "events.speaker": LINES,
        "events.material": LINES,
        "events.eventphoto": LINES,
        "events.eventquestion": LINES,
        "notifications.outgoingemail": DECIDE,
        "procurement.contractingauthority": WORK,
        "procurement.orderingunit": WORK,
        "procurement.officerrequest": DECIDE,
        "procurement.rule": READ,
        "procurement.mode": READ,
        "procurement.offerperiod": READ,
        "procurement.clausekind": READ,
        "procurement.clausegroup": READ,
        "procurement.guide": WORK,
        "procurement.plan": READ,
        "procurement.planversion": READ,
        "procurement.notice": READ,
        "procurement.noticepart": READ,
        "procurement.noticestep": READ,
        "procurement.clause": READ,
        "procurement.award": READ,
        "quality_mark.rulebook": WORK,
        "quality_mark.intake": WORK,
        # Cases and marks are read here and moved on the pages of the office.
        "quality_mark.application": READ,
        "quality_mark.step": READ,
        "quality_mark.paper": READ,
        "quality_mark.mark": READ,
        "quality_mark.markstep": READ,
        "quality_mark.licence": READ,
        # Parts of the rules: the database keeps those of announced ones as they are.
        "quality_mark.formalcriterion": LINES,
        "quality_mark.substantivecriterion": LINES,
        "quality_mark.requiredpaper": LINES,
        "quality_mark.surveyquestion": LINES,
        "quality_mark.documenttemplate": LINES,
        "registry.organisation": WORK,
        "registry.institution": WORK,
        "registry.unit": WORK,
        "registry.offer": WORK,
        "registry.offercpv": LINES,
        "registry.offerpicture": LINES,
        "registry.offermark": READ,
        "registry.socialenterprisestatus": LINES,
        "registry.organisationpkd": LINES,
        "registry.workplace": LINES,
        "registry.reference": LINES,
        "registry.errorreport": DECIDE,
        "registry.statusreport": DECIDE,
        "registry.termrule": READ,
        # Asked and answered by letters; calls are written down on the call list.
        "registry.callattempt": ("view", "add"),
        "registry.confirmationrequest": READ,
        "registry.freshnessrule": READ,
        "registry.representationrequest": DECIDE,
        "registry.proposal": DECIDE,
        "registry.trustedfield": DECIDE,
        "registry.datasource": WORK,
        "registry.importrun": WORK,
        "registry.importrow": READ,
        "registry.headingmapping": LINES,
        "registry.duplicatecase": DECIDE,
        "registry.organisationkind": DECIDE,
        "registry.legalform": WORK,
        "registry.offercategory": WORK,
        "registry.cpvcode": READ,
        "registry.pkdcode": READ,
        "registry.region": READ,
        "registry.county": READ,
        "registry.municipality": READ,
        "registry.dictionaryload": READ,
    },
    Role.ADMINISTRATOR: {
        "registry.*": LINES,
        "events.*": LINES,
        "procurement.*": WORK,
        "quality_mark.*": LINES,
        "notifications.outgoingemail": DECIDE,
        "accounts.*": LINES,
    },
}


class Scope(Enum):
    """What one grant of a role is for: the field of RoleGrant that names it, None for the whole region."""

    REGION = None
    ORGANISATION = "organisation"
    AUTHORITY = "authority"


class Action(Enum):
    """What is done outside the admin's forms, or to one object only."""

    MANAGE_COLLEAGUES = "dodawanie i usuwanie osób, które działają w imieniu podmiotu lub zamawiającego"
    EDIT_CARD = "proponowanie zmian na karcie podmiotu i jego jednostek"
    RUN_EVENTS = "prowadzenie projektów i wydarzeń: zgłoszenia, zapisy, obecność, zaświadczenia, rozliczenie"
    ENROL = "zgłaszanie podmiotu do projektów i jego osób na wydarzenia"
    BUY = "plany, ogłoszenia, wyniki i zapytania zamawiającego albo jego jednostki"
    CONFIRM_DATA = "potwierdzanie, że karta podmiotu jest aktualna"
    SUPPLY = "odpowiedzi na zapytania i zainteresowanie zamówieniami w imieniu podmiotu"
    APPLY_FOR_MARK = "wnioski o znak i sprawy znaku w imieniu podmiotu"
    HANDLE_MARK = "prowadzenie wniosków o znak: ocena formalna, posiedzenia, umowy, nadzór"
    ASSESS_MARK = "ocena merytoryczna przydzielonych wniosków o znak"
    VOTE_ON_MARK = "udział w posiedzeniach Kapituły i głosowanie"
    DECIDE_ON_MARK = "przyznanie, odmowa, zawieszenie i odebranie znaku"
    GIVE_STAFF_ROLES = "nadawanie ról w urzędzie i w kapitule"
    SEE_STAFF_OFF = "odbieranie ról w urzędzie i w kapitule, oprócz roli administratora"


@dataclass(frozen=True, slots=True)
class Powers:
    scope: Scope
    # Staff: people see nothing before they have a second factor, and only administrators give the role.
    is_staff: bool = True
    enters_admin: bool = False
    actions: frozenset = frozenset()


POWERS = {
    Role.ADMINISTRATOR: Powers(
        Scope.REGION,
        enters_admin=True,
        actions=frozenset(
            {
                Action.MANAGE_COLLEAGUES,
                Action.RUN_EVENTS,
                Action.SEE_STAFF_OFF,
                Action.GIVE_STAFF_ROLES,
                Action.BUY,
                Action.HANDLE_MARK,
            }
        ),
    ),
    Role.COORDINATOR: Powers(
        Scope.REGION,
        enters_admin=True,
        actions=frozenset(
            {Action.MANAGE_COLLEAGUES, Action.RUN_EVENTS, Action.SEE_STAFF_OFF, Action.BUY, Action.HANDLE_MARK}
        ),
    ),
    Role.DIRECTOR: Powers(Scope.REGION, actions=frozenset({Action.DECIDE_ON_MARK})),
    Role.COMMISSION: Powers(Scope.REGION, actions=frozenset({Action.VOTE_ON_MARK})),
    Role.ASSESSOR: Powers(Scope.REGION, actions=frozenset({Action.ASSESS_MARK})),
    Role.OFFICER: Powers(
        Scope.AUTHORITY, is_staff=False, actions=frozenset({Action.MANAGE_COLLEAGUES, Action.ENROL, Action.BUY})
    ),
    Role.REPRESENTATIVE: Powers(
        Scope.ORGANISATION,
        is_staff=False,
        actions=frozenset(
            {
                Action.MANAGE_COLLEAGUES,
                Action.EDIT_CARD,
                Action.ENROL,
                Action.SUPPLY,
                Action.CONFIRM_DATA,
                Action.APPLY_FOR_MARK,
            }
        ),
    ),
}


def grants_of(user, on=None):
    """The person's grants that are valid on a day, today without one. Today's are read once for each `user` object."""
    if not user.is_active:  # a visitor is not, either
        return []
    day = on or timezone.localdate()
    # By attribute: request.user is a shell that hands these on to the person, but has a __dict__ of its own.
    if not hasattr(user, "_grants"):
        user._grants = {}
    kept = user._grants
    if day not in kept:
        kept[day] = list(user.grants.valid_on(day))
    return kept[day]


def roles_of(user, on=None):
    return {Role(grant.role) for grant in grants_of(user, on)}


def may(user, action, obj=None, on=None):
    """Whether one of the person's roles gives this action, on `obj` when there is one.

    `obj` is an organisation, an authority or one of its units. An officer of one unit has no say in the whole.
    """
    if user.is_active and user.is_superuser:
        return True
    return any(
        action in POWERS[grant.role].actions and (POWERS[grant.role].scope is Scope.REGION or _is_for(grant, obj))
        for grant in grants_of(user, on)
    )


def may_give(user, role, obj=None):
    """Whether the person may give this role for `obj`. To whom is not asked here."""
    return may(user, Action.GIVE_STAFF_ROLES if POWERS[role].is_staff else Action.MANAGE_COLLEAGUES, obj)


def may_end(user, role, obj=None):
    """Whether the person may take this role away. Staff who leave are seen off by coordinators as well: less power
    is needed to end a role than to give it. Administrators are among themselves."""
    if role == Role.ADMINISTRATOR or not POWERS[role].is_staff:
        return may_give(user, role, obj)
    return may(user, Action.SEE_STAFF_OFF)


def _is_for(grant, obj):
    label = obj._meta.label if obj is not None else ""
    if label == "registry.Organisation":
        return grant.organisation_id == obj.pk
    if label == "procurement.ContractingAuthority":
        return grant.authority_id == obj.pk and grant.ordering_unit_id is None
    if label == "procurement.OrderingUnit":
        return grant.authority_id == obj.authority_id and grant.ordering_unit_id in (None, obj.pk)
    return False


def has_own_interest(user, institution_id):
    """Whether the person acts for this legal person in any way: then its cases are for somebody else to decide.

    Nobody is excepted: it is not a matter of power.
    """
    if institution_id is None:
        return False
    return (
        user.grants.valid_on(timezone.localdate())
        .filter(Q(organisation__institution=institution_id) | Q(authority__institution=institution_id))
        .exists()
    )


def needs_second_factor(user):
    return user.is_active and (user.is_superuser or any(POWERS[role].is_staff for role in roles_of(user)))


def ever_staff_again(user):
    """Whether a role of staff is theirs today or from a later day, also while the account is switched off."""
    not_over = user.grants.exclude(ends_on__lte=timezone.localdate())
    return user.is_superuser or any(POWERS[given.role].is_staff for given in not_over)


def ever_administrator_again(user):
    """As ever_staff_again(), of the role of administrator alone."""
    return user.is_superuser or (
        user.grants.filter(role=Role.ADMINISTRATOR).exclude(ends_on__lte=timezone.localdate()).exists()
    )


def may_enter_admin(user):
    return user.is_active and (user.is_superuser or any(POWERS[role].enters_admin for role in roles_of(user)))


def allowed(role, *, app_label, model):
    """Actions ("view", "add", …) that a role may do on a model; empty for most roles."""
    table = ROLE_PERMISSIONS.get(role, {})
    return table.get(f"{app_label}.{model}") or table.get(f"{app_label}.*", ())


def permissions_of(user):
    """Django's names of what the person may do in the admin: {"registry.view_offer", …}."""
    return frozenset().union(*map(_permissions, roles_of(user)))


@cache
def _permissions(role):
    return frozenset(
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for model in apps.get_models()
        for action in allowed(role, app_label=model._meta.app_label, model=model._meta.model_name)
    )
