"""Asking for a role and deciding on it, whatever the role is for. Apps call these with their own model."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import has_own_interest
from accounts.use_cases.letters import tell
from accounts.use_cases.roles import grant
from core.documents import suffix_of
from core.exceptions import Refused

MOST_OPEN = 5


@transaction.atomic
def ask(request, *, document=None, told=(), now):
    """Keep an unsaved RoleRequest, open until somebody decides, and tell the addresses of `told` that it was made.

    Refused: without a reason, a document that is none, the same request twice, too many open ones.
    """
    request.reason, request.asked_at = request.reason.strip(), now
    if not request.reason:
        raise Refused("Napisz, dlaczego możesz działać w tym imieniu.", field="reason")
    suffix = suffix_of(document) if document else None
    # One person's requests one after another, so that two clicks do not pass together.
    User.objects.select_for_update(no_key=True).get(pk=request.user_id)
    mine = type(request).objects.filter(user=request.user_id, decided_at=None)
    if mine.filter(**request.same_object()).exists():
        raise Refused("Ta prośba już czeka na rozpatrzenie.")
    if mine.count() >= MOST_OPEN:
        raise Refused("Masz już kilka otwartych próśb. Poczekaj na odpowiedź.")
    try:
        if suffix:
            request.document.save(f"dokument.{suffix}", document, save=False)
        request.save(force_insert=True)
    except BaseException:
        request.document.delete(save=False)  # a row that was not written must not leave its file behind
        raise
    _tell_others(told, "accounts/email/request_made", request, now)
    return request


@transaction.atomic
def decide(model, *, request_id, accept, answer, actor, institution_of, is_for, told, now):
    """Accept or refuse a request. Accepting gives the role; `is_for(request)` names its object as grant() takes it.

    Refused: a request that was decided, one's own, that of a legal person one acts for (`institution_of(request)` is
    its id), a refusal without words. The asker is told with the answer, the addresses of `told(request)` of a yes.
    """
    request = model.objects.select_for_update(of=("self",)).filter(pk=request_id, decided_at=None).first()
    if request is None:
        raise Refused("Tę prośbę ktoś już rozpatrzył.")
    if actor.pk == request.user_id:
        raise Refused("Własną prośbę rozpatrzy ktoś inny.")
    if has_own_interest(actor, institution_of(request)):
        raise Refused("To sprawa podmiotu, w którego imieniu działasz. Rozpatrzy ją ktoś inny.")
    answer = answer.strip()
    if not accept and not answer:
        raise Refused("Napisz, dlaczego odmawiasz.")
    request.decided_at, request.decided_by, request.is_accepted, request.answer = now, actor, accept, answer
    request.save(update_fields=["decided_at", "decided_by", "is_accepted", "answer"])
    if not accept:
        tell(request.user.email, "accounts/email/request_refused", request, user=request.user, now=now)
        return request
    others = told(request)
    grant(
        user_id=request.user_id,
        role=model.role,
        **is_for(request),
        starts_on=timezone.localdate(now),
        actor=actor,
        words=answer,
        now=now,
    )
    _tell_others(others, "accounts/email/request_accepted", request, now)
    return request


def _tell_others(addresses, template, request, now):
    """Somebody may use the public address for the account, in any case of letters, or it may be unknown."""
    asker = request.user.email.lower()
    for address in {address.lower(): address for address in addresses if address}.values():
        if address.lower() != asker:
            tell(address, template, request, now=now)
