"""Being forgotten: the person asks, an administrator carries it out or refuses, and the account becomes nobody's.

The account stays as an empty row, because roles and the trail say that somebody did something; who it was is gone.
"""

import re
from uuid import uuid4

import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts import sessions, trail
from accounts.choices import ErasureOutcome, Role, TrailKind
from accounts.models import Consent, ErasureRequest, Invitation, RoleGrant, TrailEntry, User
from accounts.use_cases.roles import in_words
from core import personal_data
from core.exceptions import Refused
from notifications.models import OutgoingEmail, Preference, QuietHours
from notifications.outbox import enqueue

ERASED_DOMAIN = "@usuniete.invalid"
NOBODY = "(usunięto)"
FAREWELL = "accounts/email/erased"


@transaction.atomic
def ask(*, user, reason, now):
    """Ask for one's own data to be erased. Returns the ErasureRequest. Refused while another one waits."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.erasure_requests.filter(decided_at=None).exists():
        raise Refused("Twoja prośba już czeka na rozpatrzenie.")
    request = user.erasure_requests.create(reason=reason.strip()[:1000], asked_at=now)
    trail.note(TrailKind.ERASURE_ASKED, actor=user, subject=user, now=now)
    _tell(request, user.email, "accounts/email/erasure_asked", now)
    return request


@transaction.atomic
def carry_out(*, request_id, actor, now):
    """Forget the person and tell them so, once, at the address that is forgotten when the letter is sent.

    Refused: a decided request, one's own, the last administrator.
    """
    request = _waiting(request_id, actor)
    address = request.user.email
    empty_account(user_id=request.user_id, actor=actor, now=now)
    _decide(request, ErasureOutcome.DONE, "", actor, now)
    _tell(request, address, FAREWELL, now)
    return request


@transaction.atomic
def refuse(*, request_id, answer, actor, now):
    """Say no, in words that the person is sent. Refused: a decided request, one's own, no words."""
    if not answer.strip():
        raise Refused("Napisz, dlaczego danych nie można usunąć.")
    request = _waiting(request_id, actor)
    _decide(request, ErasureOutcome.REFUSED, answer.strip()[:1000], actor, now)
    _tell(request, request.user.email, "accounts/email/erasure_refused", now)
    return request


@transaction.atomic
def empty_account(*, user_id, actor, now):
    """Take the person out of every class of data and leave an account that nobody can sign in to.

    Refused for the last administrator.
    """
    _refuse_last_administrator(user_id, now)
    user = User.objects.select_for_update().get(pk=user_id)
    for one in personal_data.all_classes():
        if one.erase:
            one.erase(user, now)
    EmailAddress.objects.filter(user=user).delete()
    user.email = f"{uuid4().hex}{ERASED_DOMAIN}"
    user.full_name, user.password, user.last_login = "", make_password(None), None
    user.is_active = user.is_superuser = False
    user.save()
    trail.note(TrailKind.ERASED, actor=actor, subject=user, now=now)


def consequences(user, *, now):
    """Sentences for whoever decides: what would be left without anybody."""
    today = timezone.localdate(now)
    alone = []
    for grant in RoleGrant.objects.valid_on(today).filter(user=user).with_objects().order_by("pk"):
        same = RoleGrant.objects.valid_on(today).of_active_people().for_same_object(grant)
        if (grant.object or grant.role == Role.ADMINISTRATOR) and not same.exclude(user=user).exists():
            alone.append(f"Nie będzie już nikogo w tej roli: {in_words(grant)}.")
    return alone


def is_erased(user):
    return user.email.endswith(ERASED_DOMAIN)


def erase_sessions(user, now):
    sessions.end(user)


def erase_factors(user, now):
    Authenticator.objects.filter(user=user).delete()


def erase_grants(user, now):
    today = timezone.localdate(now)
    open_ones = RoleGrant.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), user=user)
    open_ones.update(ends_on=Greatest(today, F("starts_on")))


def erase_invitations(user, now):
    Invitation.objects.filter(email__iexact=user.email).delete()
    Invitation.objects.filter(invited_by=user).update(invited_by=None)


def erase_letters(user, now):
    """Sent, waiting or given up: the farewell is written after this."""
    OutgoingEmail.objects.filter(to__iexact=user.email).delete()


def erase_letter_choices(user, now):
    Preference.objects.filter(Q(user=user) | Q(address__iexact=user.email)).delete()
    QuietHours.objects.filter(user=user).delete()


def erase_consents(user, now):
    Consent.objects.filter(user=user).delete()


def erase_requests(user, now):
    ErasureRequest.objects.filter(user=user).update(reason="", answer="")


def erase_from_trail(user, now):
    """The lines stay; the name and the address are taken out of their words. This is itself a line of the trail."""
    said = re.compile("|".join(map(re.escape, _names(user))), re.IGNORECASE)
    with pgtrigger.ignore("accounts.TrailEntry:trail_is_final"):
        for entry in TrailEntry.objects.filter(_says("about", user)):
            entry.about = said.sub(NOBODY, entry.about)
            entry.save(update_fields=["about"])


def erase_from_admin_log(user, now):
    LogEntry.objects.filter(_says("object_repr", user)).update(object_repr=NOBODY)
    LogEntry.objects.filter(_says("change_message", user)).update(change_message="")


def _says(field, user):
    says = Q()
    for name in _names(user):
        says |= Q(**{f"{field}__icontains": name})
    return says


def _names(user):
    """The address, and the name when it is one that stands for nobody else: more than one word."""
    return [user.email, *([user.full_name] if " " in user.full_name.strip() else [])]


def _waiting(request_id, actor):
    request = ErasureRequest.objects.select_for_update(of=("self",)).select_related("user").get(pk=request_id)
    if request.decided_at:
        raise Refused("Ta prośba jest już rozpatrzona.")
    if request.user_id == actor.pk:
        raise Refused("Własną prośbę rozpatruje inny administrator.")
    return request


def _refuse_last_administrator(user_id, now):
    # One after another, so that two administrators cannot be forgotten in one moment.
    grants = RoleGrant.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR)
    valid = [one for one in grants.select_related("user") if one.is_valid_on(timezone.localdate(now))]
    people = {one.user_id for one in valid if one.user.is_active}
    if people == {user_id}:
        raise Refused("To ostatni administrator. Najpierw nadaj tę rolę komuś innemu.")


def _decide(request, outcome, answer, actor, now):
    request.outcome, request.answer, request.decided_by, request.decided_at = outcome, answer, actor, now
    request.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])


def _tell(request, address, template, now):
    key = f"{template}:{request.pk}"
    enqueue(to=address, template=template, context={"request": request}, dedupe_key=key, now=now)
