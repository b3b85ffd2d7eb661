"""People in confirmations: what is held on one of them, and what is forgotten. See registry.use_cases.forgetting."""

from datetime import timedelta

from django.conf import settings

from registry.models import CallAttempt, Confirmation, ConfirmationRequest, FreshnessRule

BATCH = 1000
_PARTY = ("organisation__institution", "organisation__unit")


def requests_of(user):
    rows = _requests_of(user).select_related(*_PARTY).order_by("pk")
    return [
        {
            "podmiot": str(row.organisation),
            "adres": row.address,
            "zapytano": row.asked_on,
            "odpowiedź": row.get_answer_display(),
        }
        for row in rows
    ]


def erase_requests_of(user, now):
    """The request stays as one to nobody; a reminder looks for an address anew."""
    _requests_of(user).update(address="")


def forget_addresses(now):
    """Where letters went whose request ended long ago; what was answered stays."""
    old = ConfirmationRequest.objects.filter(ended_on__lt=_before(now, settings.CONFIRMATION_KEPT_DAYS)).exclude(
        address=""
    )
    return _in_batch(old).update(address="")


def confirmations_of(user):
    confirmed = Confirmation.objects.filter(user=user).select_related(*_PARTY).order_by("pk")
    called = CallAttempt.objects.filter(user=user).select_related(*_PARTY).order_by("pk")
    changed = FreshnessRule.objects.filter(changed_by=user).order_by("pk")
    return [
        *({"potwierdzony podmiot": str(one.organisation), "dzień": one.day} for one in confirmed),
        *(
            {"rozmowa z podmiotem": str(one.organisation), "kiedy": one.made_at, "notatka": one.words}
            for one in called
        ),
        *({"zmienione zasady": str(one), "kiedy": one.changed_at} for one in changed),
    ]


def erase_person(user, now):
    """That the card was confirmed, and what came of a call, stays; from whose account goes."""
    Confirmation.objects.filter(user=user).update(user=None)
    CallAttempt.objects.filter(user=user).update(user=None)
    FreshnessRule.objects.filter(changed_by=user).update(changed_by=None)


def forget_confirmations(now):
    """Whose account confirmed, after its time; calls with their words, after theirs."""
    author = _before(now, settings.CHANGE_AUTHOR_KEPT_DAYS)
    forgotten = _in_batch(Confirmation.objects.filter(day__lt=author, user__isnull=False)).update(user=None)
    calls = CallAttempt.objects.filter(made_at__lt=now - timedelta(days=settings.CONFIRMATION_KEPT_DAYS))
    return forgotten + _in_batch(calls).delete()[0]


def _requests_of(user):
    return ConfirmationRequest.objects.filter(address__iexact=user.email)


def _before(now, days):
    return (now - timedelta(days=days)).date()


def _in_batch(rows):
    return rows.model.objects.filter(pk__in=rows.order_by("pk").values("pk")[:BATCH])
