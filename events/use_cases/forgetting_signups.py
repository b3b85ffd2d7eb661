"""People at events: what is held on one of them, and what is forgotten when its time is over.

A sign-up stays as a sign-up of nobody, so that figures of the past stay true. Each `forget_…` takes at most one batch.
"""

import contextlib
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.answering import stored_files
from events.models import AttendanceScan, Certificate, Registration, RegistrationStep
from events.use_cases.certificates import forget_names

BATCH = 500
# Together they read "(dane usunięte)".
NOBODY = {"first_name": "(dane", "last_name": "usunięte)"}
_FORGOTTEN = NOBODY | {"email": "", "phone": "", "institution_name": "", "needs": "", "diet": "", "remarks": ""}


def signups_of(user):
    rows = _of(user).select_related("event", "certificate").order_by("pk")
    return [
        {
            "wydarzenie": row.event.title,
            "początek": row.event.starts_at,
            "imię i nazwisko": row.full_name,
            "e-mail": row.email,
            "telefon": row.phone,
            "instytucja": row.institution_name,
            "stan": row.get_state_display(),
            "zgłoszono": row.registered_at,
            "szczególne potrzeby": row.needs,
            "dieta": row.diet,
            "odpowiedzi": "; ".join(str(answer) for answer in row.answers.values()),
            "zaświadczenie": row.certificate.number if hasattr(row, "certificate") else "",
        }
        for row in rows
    ]


def erase_signups_of(user, now):
    """Open events forget the person. Of a project's, which has to be accounted for until its own day, only what the
    account does not need goes: needs, diet, answers, remarks."""
    _forget(_of(user).filter(participant=None))
    _delete_files_of(_of(user))
    _of(user).update(needs="", diet="", remarks="", answers={})


def forget_needs(now):
    """Needs and diets, soon after the event that they were asked for."""
    limit = now - timedelta(days=settings.EVENT_NEEDS_KEPT_DAYS)
    old = Registration.objects.filter(~Q(needs="") | ~Q(diet=""), event__ends_at__lt=limit)
    return Registration.objects.filter(pk__in=_batch(old)).update(needs="", diet="")


def forget_signups(now):
    """Who came to open events of long ago, and to those of a project whose data are over their time."""
    limit = now - timedelta(days=settings.EVENT_SIGNUPS_KEPT_DAYS)
    over = Q(participant=None, event__ends_at__lt=limit) | Q(participant__erased_at__isnull=False)
    return _forget(Registration.objects.filter(over).exclude(**NOBODY))


def forget_lists(now):
    """Scans of signed lists, the file before its row."""
    limit, today = now - timedelta(days=settings.EVENT_SIGNUPS_KEPT_DAYS), timezone.localdate(now)
    over = Q(event__edition=None, event__ends_at__lt=limit) | Q(event__edition__personal_data_until__lt=today)
    old = list(AttendanceScan.objects.filter(over).order_by("pk")[:BATCH])
    for scan in old:
        default_storage.delete(scan.file.name)
    return AttendanceScan.objects.filter(pk__in=[scan.pk for scan in old]).delete()[0]


def _of(user):
    """Sign-ups of the person's account, and those that were made with no more than its address."""
    return Registration.objects.filter(
        Q(participant__user=user) | Q(participant=None, email__iexact=user.email) & ~Q(email="")
    )


def _batch(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _forget(rows):
    ids = _batch(rows)
    rows = Registration.objects.filter(pk__in=ids)
    _delete_files_of(rows)
    forget_names(Certificate.objects.filter(registration__in=ids), **NOBODY)
    # What a coordinator wrote of a place is about the person: "dzwoniła, jest chora".
    RegistrationStep.objects.filter(registration__in=ids).exclude(note="").update(note="")
    return rows.update(**_FORGOTTEN, answers={})


def _delete_files_of(rows):
    """What came with the answers to the questions of events; after the commit, so that a row that stays keeps its
    file."""
    asked = rows.exclude(answers={}).select_related("event").prefetch_related("event__questions")
    files = [name for row in asked for name in stored_files(row.event.questions.all(), row.answers)]

    def delete():
        for name in files:
            with contextlib.suppress(OSError):
                default_storage.delete(name)

    if files:
        transaction.on_commit(delete, robust=True)
