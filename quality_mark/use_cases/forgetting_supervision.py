"""People in the matters of marks: what is held on one of them, and what is forgotten when its time is over."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from quality_mark.choices import MarkState
from quality_mark.keeping import records_before
from quality_mark.models import (
    Agreement,
    Complaint,
    Mark,
    MarkStep,
    MisuseReport,
    Review,
    SignDownload,
    Suspension,
)
from quality_mark.use_cases.forgetting_words import FORGOTTEN, forget_complaints

BATCH = 1000


def matters_of(user):
    """What this person signed, took, wrote or explained in the name of a holder."""
    signed = Agreement.objects.filter(holder=user).select_related("application").order_by("pk")
    taken = SignDownload.objects.filter(person=user).select_related("mark").order_by("pk")
    said = Complaint.objects.filter(author=user).select_related("mark", "application").order_by("pk")
    explained = Suspension.objects.filter(explained_by=user).select_related("mark").order_by("pk")
    return [
        *({"umowa do wniosku": str(one.application), "podpisano": one.holder_signed_at,
           "jako": one.signed_name} for one in signed),
        *({"pliki znaku": str(one.mark), "pobrano": one.at} for one in taken),
        *({"skarga": str(one.mark or one.application), "złożono": one.filed_at, "treść": one.text} for one in said),
        *({"wyjaśnienia": str(one.mark), "złożono": one.explained_at, "treść": one.explanation} for one in explained),
    ]  # fmt: skip


def reports_of(user):
    rows = MisuseReport.objects.filter(email__iexact=user.email).order_by("pk")
    return [{"zgłoszono": one.reported_at, "gdzie": one.place, "treść": one.message} for one in rows]


def erase_reports_of(user, now):
    """The report stays as a report of nobody."""
    MisuseReport.objects.filter(email__iexact=user.email).update(email="")


def forget_reports(now):
    old = MisuseReport.objects.filter(settled_at__lt=now - timedelta(days=settings.ERROR_REPORT_KEPT_DAYS))
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return MisuseReport.objects.filter(pk__in=ids).delete()[0]


def forget_matters(now):
    """Words of suspensions, complaints, reviews and steps of marks that ended MARK_RECORDS_KEPT_DAYS ago. What the
    register says of the mark stays: it is public. Returns how many marks."""
    before = records_before(now)
    over = Mark.objects.exclude(state__in=MarkState.living()).filter(since__lt=timezone.localdate(before))
    said = (
        Exists(rows.filter(mark=OuterRef("pk")))
        for rows in (
            MarkStep.objects.exclude(note__in=["", FORGOTTEN]),
            Suspension.objects.exclude(reason=FORGOTTEN),
            Review.objects.exclude(note__in=["", FORGOTTEN]),
            Complaint.objects.exclude(text=FORGOTTEN),
        )
    )
    some = next(said)
    for one in said:
        some |= one
    ids = list(over.filter(some).order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        _forget_matters_of(pk)
    return len(ids)


@transaction.atomic
def _forget_matters_of(pk):
    Mark.objects.select_for_update(of=("self",)).get(pk=pk)
    Suspension.objects.filter(mark=pk).update(reason=FORGOTTEN)
    Suspension.objects.filter(mark=pk).exclude(explanation="").update(explanation=FORGOTTEN)
    Review.objects.filter(mark=pk).exclude(note="").update(note=FORGOTTEN)
    forget_complaints(Complaint.objects.filter(mark=pk))
    with pgtrigger.ignore("quality_mark.MarkStep:mark_log_stays"):
        MarkStep.objects.filter(mark=pk).exclude(note="").update(note=FORGOTTEN)
