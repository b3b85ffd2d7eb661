"""What is forgotten of applications when its time is over. The nightly job asks for a batch until nothing is left.

What goes when is told in quality_mark.keeping.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from core.files.letting_go import let_go
from quality_mark.choices import ApplicationState, Gone
from quality_mark.keeping import RECORDS, cases_before, over_since, records_before
from quality_mark.models import Application, Certificate, Message, Paper, Step
from quality_mark.use_cases import forgetting_words as words

BATCH = 200
UNSENT = [ApplicationState.DRAFT, ApplicationState.WITHDRAWN]


def forget_drafts(now):
    """Delete applications that were never sent and not saved for MARK_DRAFT_KEPT_DAYS, with their files."""
    before = now - timedelta(days=settings.MARK_DRAFT_KEPT_DAYS)
    unsent = Application.objects.filter(state__in=UNSENT, number="", saved_at__lt=before)
    ids = list(unsent.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return sum(_delete_draft(pk, before) for pk in ids)


@transaction.atomic
def _delete_draft(pk, before):
    draft = Application.objects.select_for_update(of=("self",)).filter(pk=pk, number="", saved_at__lt=before).first()
    if draft is None:
        return 0
    draft.recommendations.all().delete()
    Step.objects.filter(application=draft).delete()
    Message.objects.filter(application=draft).delete()
    draft.papers.all().delete()
    draft.delete()
    Application.pgh_event_model.objects.filter(pgh_obj_id=pk).delete()
    return 1


def forget_cases(now):
    """People, words and working papers of cases that ended MARK_CASES_KEPT_DAYS ago. Returns how many cases."""
    # A case that was opened anew after it had been forgotten is forgotten again.
    known = Q(forgotten_at=None) | Q(forgotten_at__lt=F("decided_at"))
    return _each(over_since(cases_before(now)).filter(known), _forget_case, now)


def forget_records(now):
    """The records of cases that ended MARK_RECORDS_KEPT_DAYS ago: that there was one, and how it ended, stays."""
    known = Q(records_forgotten_at=None) | Q(records_forgotten_at__lt=F("decided_at"))
    return _each(over_since(records_before(now)).filter(known), _forget_record, now)


def drop_files(papers, *, why, now):
    """Delete the files of these papers after the commit; the rows stay and say when and why it was."""
    papers = papers.exclude(file="")
    let_go(*papers.values_list("file", flat=True))
    # What the applicant has called a file may be the name of a person.
    papers.filter(is_of_office=False).update(name="dokument")
    papers.update(file="", gone_at=now, gone_why=why)


def _each(cases, forget, now):
    ids = list(cases.order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        forget(pk, now)
    return len(ids)


@transaction.atomic
def _forget_case(pk, now):
    Application.objects.select_for_update(of=("self",)).get(pk=pk)
    drop_files(Paper.objects.filter(application=pk).exclude(code__in=RECORDS), why=Gone.TIME, now=now)
    words.forget_words_of_case(pk)
    Application.objects.filter(pk=pk).update(forgotten_at=now)


@transaction.atomic
def _forget_record(pk, now):
    Application.objects.select_for_update(of=("self",)).get(pk=pk)
    drop_files(Paper.objects.filter(application=pk), why=Gone.TIME, now=now)
    certificates = Certificate.objects.filter(licence__application=pk).exclude(file="")
    let_go(*certificates.values_list("file", flat=True))
    certificates.update(file="", gone_at=now, gone_why=Gone.TIME)
    words.forget_words_of_record(pk)
    Application.objects.filter(pk=pk).update(records_forgotten_at=now)
