"""Being forgotten: the person asks, an administrator carries it out or refuses, and the account becomes nobody's.

The account stays as an empty row, because roles and the trail say that somebody did something; who it was is gone.
"""

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts import trail
from accounts.choices import ErasureOutcome, Role, TrailKind
from accounts.models import ErasureRequest, RoleGrant, User
from accounts.use_cases import left_alone
from accounts.use_cases.roles import in_words
from core import personal_data
from core.exceptions import Refused
from notifications.outbox import enqueue

ERASED_DOMAIN = "@usuniete.invalid"
FAREWELL = "accounts/email/erased"


@transaction.atomic
def ask(*, user, reason, now):
    """Ask for one's own data to be erased. Returns the ErasureRequest. Refused while another one waits."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.erasure_requests.filter(decided_at=None).exists():
        raise Refused("Twoja prośba już czeka na rozpatrzenie.")
    request = user.erasure_requests.create(reason=reason.strip()[:1000], asked_at=now)
    trail.note(TrailKind.ERASURE_ASKED, actor=user, subject=user, now=now)
    _tell(request, "accounts/email/erasure_asked", now, to=user.email, user=user)
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
    _tell(request, FAREWELL, now, to=address)  # nothing ties the address to the empty account
    return request


@transaction.atomic
def refuse(*, request_id, answer, actor, now):
    """Say no, in words that the person is sent. Refused: a decided request, one's own, no words."""
    if not answer.strip():
        raise Refused("Napisz, dlaczego danych nie można usunąć.")
    request = _waiting(request_id, actor)
    _decide(request, ErasureOutcome.REFUSED, answer.strip()[:1000], actor, now)
    _tell(request, "accounts/email/erasure_refused", now, to=request.user.email, user=request.user)
    return request


@transaction.atomic
def empty_account(*, user_id, actor, now):
    """Take the person out of every class of data and leave an account that nobody can sign in to.

    Coordinators are told of roles that nobody holds any more. Refused for the last administrator.
    """
    _refuse_last_administrator(user_id, now)
    user = User.objects.select_for_update().get(pk=user_id)
    nobodys = _held_alone(user, now)
    for one in personal_data.all_classes():
        if one.erase:
            one.erase(user, now)
    EmailAddress.objects.filter(user=user).delete()
    user.email = f"{uuid4().hex}{ERASED_DOMAIN}"
    user.full_name, user.password, user.last_login = "", make_password(None), None
    user.is_active = user.is_superuser = False
    user.save()
    trail.note(TrailKind.ERASED, actor=actor, subject=user, now=now)
    for grant in nobodys:
        reason = "Usunięto dane ostatniej osoby w tej roli."
        left_alone.tell_coordinators(grant, words=in_words(grant), reason=reason, now=now)


def consequences(user, *, now):
    """Sentences for whoever decides: what would be left without anybody."""
    return [f"Nie będzie już nikogo w tej roli: {in_words(grant)}." for grant in _held_alone(user, now)]


def _held_alone(user, now):
    """Grants for an organisation or authority, or of the administrator, that nobody else holds today."""
    today = timezone.localdate(now)
    mine = RoleGrant.objects.valid_on(today).filter(user=user).with_objects().order_by("pk")
    wanted = [grant for grant in mine if grant.object or grant.role == Role.ADMINISTRATOR]
    return [grant for grant in wanted if not left_alone.somebody_else(grant, today)]


def is_erased(user):
    return user.email.endswith(ERASED_DOMAIN)


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


def _tell(request, template, now, **addressee):
    key = f"{template}:{request.pk}"
    enqueue(**addressee, template=template, context={"request": request}, dedupe_key=key, now=now)
