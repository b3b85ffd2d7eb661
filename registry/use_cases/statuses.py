"""The life of a social enterprise's status: granted, lost, and what the law bars after a loss."""

from django.db import transaction
from django.db.models import Q

from core.exceptions import Refused
from core.templatetags.portal import date_words
from registry.models import Institution, Organisation, SocialEnterpriseStatus
from registry.terms import Terms
from registry.use_cases import catalogue


@transaction.atomic
def grant_status(*, institution_id, granted_on, decision_number="", authority="", goal="", actor, now):
    """Write down a decision of the wojewoda. Returns (the status, a warning or "").

    The warning says that the law bars a new status so soon after a loss: it is the wojewoda who decides, so nothing is
    refused. Refused when the institution has a status at that time.
    """
    institution = _locked(institution_id)
    same_time = Q(lost_on__isnull=True) | Q(lost_on__gt=granted_on)
    if institution.ps_statuses.filter(same_time).exists():
        raise Refused("W tym czasie podmiot ma już status PS.", field="granted_on")
    status = institution.ps_statuses.create(
        granted_on=granted_on, decision_number=decision_number, authority=authority, goal=goal
    )
    _show(institution, now)
    return status, bar_warning(status)


@transaction.atomic
def lose_status(*, status_id, lost_on, reason, final_on=None, actor, now):
    """Write down the loss of a status, with its reason, and from when the decision is final if that is known.

    Refused without a reason, before the status was granted, and when it was lost already.
    """
    status = SocialEnterpriseStatus.objects.select_related("institution").filter(pk=status_id).first()
    if status is None:
        raise Refused("Tego statusu nie ma w rejestrze.")
    institution = _locked(status.institution_id)
    status.refresh_from_db()
    reason = reason.strip()
    if status.lost_on:
        raise Refused(f"Utratę tego statusu zapisano już z dniem {status.lost_on:%d.%m.%Y}.", field="lost_on")
    if not reason:
        raise Refused("Napisz, dlaczego status utracono.", field="reason")
    if lost_on <= status.granted_on:
        raise Refused("Utrata statusu nie może być wcześniejsza niż jego nadanie.", field="lost_on")
    status.lost_on, status.loss_reason, status.loss_final_on = lost_on, reason[:300], final_on
    status.save(update_fields=["lost_on", "loss_reason", "loss_final_on"])
    _show(institution, now)
    return status


def bar_warning(status):
    """What a coordinator should know of a status granted within the bar after an earlier loss; "" when all is well."""
    earlier = SocialEnterpriseStatus.objects.filter(institution=status.institution_id, lost_on__isnull=False)
    last = earlier.exclude(pk=status.pk).filter(lost_on__lte=status.granted_on).order_by("-lost_on").first()
    until = last and Terms().barred_until(last)
    if not until or status.granted_on >= until:
        return ""
    return (
        f"Poprzedni status utracono {date_words(last.lost_on)}; według zapisanych zasad nowego nie nadaje się "
        f"przed {date_words(until)}. Sprawdź datę i numer decyzji."
    )


def bar_warnings(institution_id, *, today):
    """Of the statuses of an institution that hold on a day or are to come."""
    statuses = SocialEnterpriseStatus.objects.filter(institution=institution_id)
    current = statuses.filter(Q(lost_on__isnull=True) | Q(lost_on__gt=today))
    return [words for words in map(bar_warning, current.order_by("granted_on")) if words]


def _locked(institution_id):
    rows = Institution.objects.living().select_for_update(of=("self",), no_key=True)
    institution = rows.filter(pk=institution_id).first()
    if institution is None:
        raise Refused("Tej instytucji nie ma już w rejestrze.")
    return institution


def _show(institution, now):
    cards = Organisation.objects.living().filter(institution=institution).values_list("pk", flat=True)
    catalogue.refresh(list(cards), now=now)
