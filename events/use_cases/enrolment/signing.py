"""From a complete form to the signed one in the coordinators' queue."""

import contextlib
import hashlib
import uuid

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Refused
from core.signed_files import MAX_FILES, MAX_TOGETHER, SUFFIXES, taken
from events.choices import EnrolmentState
from events.enrolment import steps
from events.enrolment.faults import faults_of, questions_of
from events.enrolment.texts import versions_of
from events.letters.enrolment import SUBMITTED, send
from events.models import Enrolment, FieldRemark, Paper
from events.use_cases.enrolment.enrolling import reopened
from events.workflow import PERSON, enrolments

TWICE = (
    "Ta instytucja ma już zgłoszenie w tej edycji. Odsyłacz do niego przyszedł na adres, z którego je zaczęto; "
    "jeśli nie wiesz, kto to, napisz do koordynatora."
)


@transaction.atomic
def prepare(*, enrolment_id, now):
    """The form is complete and waits for signatures; its versions are fixed from now on.

    Refused: something is missing, the edition is closed, another form of this NIP is further.
    """
    enrolment = _locked(enrolment_id)
    if enrolment.state == EnrolmentState.TO_SIGN:
        return enrolment  # a second click
    step = enrolments.resolve("prepare", state=enrolment.state, actor=PERSON)
    _refuse_closed(enrolment, now)
    today = timezone.localdate(now)
    if faults := faults_of(enrolment, questions_of(enrolment, today), day=today):
        raise Refused(f"Zgłoszenie nie jest jeszcze pełne: {faults[0].label}. {faults[0].words}")
    enrolment.form, enrolment.regulations = versions_of(enrolment, today)
    enrolment.state, enrolment.saved_at = step.target, now
    try:
        with transaction.atomic():
            enrolment.save()
    except IntegrityError as error:
        raise Refused(TWICE) from error
    return enrolment


@transaction.atomic
def reopen(*, enrolment_id, now):
    """Back from waiting for signatures to being filled in."""
    enrolment = _locked(enrolment_id)
    reopened(enrolment)
    enrolment.saved_at = now
    enrolment.save(update_fields=["state", "saved_at"])
    return enrolment


@transaction.atomic
def submit(*, enrolment_id, uploads, now):
    """Keep the signed form, pages in the order given, and put it into the queue. Remarks count as settled.

    Sending twice is not an error. Refused: nothing sent, a file that is none of what may come (core.signed_files).
    """
    enrolment = _locked(enrolment_id)
    if enrolment.state == EnrolmentState.SUBMITTED:
        return enrolment
    step = enrolments.resolve("submit", state=enrolment.state, actor=PERSON)
    _refuse_closed(enrolment, now)
    keep_papers(enrolment, uploads, now=now)
    enrolment.state, enrolment.submitted_at, enrolment.decided_at, enrolment.decided_by = step.target, now, None, None
    enrolment.saved_at = now
    enrolment.save(update_fields=["state", "submitted_at", "decided_at", "decided_by", "saved_at"])
    FieldRemark.objects.filter(enrolment=enrolment, settled_at=None).update(settled_at=now)
    send(SUBMITTED, enrolment, now=now)
    return enrolment


def keep_papers(enrolment, uploads, *, now, update=None):
    """Store files as pages of one sending; returns the rows of Paper. Refused as said in submit()."""
    if not uploads:
        raise Refused("Wybierz plik albo zdjęcia stron.", field="files")
    if len(uploads) > MAX_FILES:
        raise Refused(f"Najwyżej {MAX_FILES} plików naraz.", field="files")
    if sum(upload.size for upload in uploads) > MAX_TOGETHER * 1024 * 1024:
        raise Refused(f"Razem to więcej niż {MAX_TOGETHER} MB. Prześlij mniej plików albo mniejsze.", field="files")
    sending, papers = uuid.uuid4(), []
    try:
        for page, upload in enumerate(uploads, start=1):
            content_type, content = taken(upload)
            paper = Paper(
                enrolment=enrolment,
                update=update,
                sending=sending,
                page=page,
                content_type=content_type,
                sha256=hashlib.sha256(content).hexdigest(),
                sent_at=now,
            )
            papers.append(paper)
            paper.file.save(f"strona.{SUFFIXES[content_type]}", ContentFile(content), save=False)
            paper.save()
    except BaseException:
        for paper in papers:  # rows that are not written must not leave their files behind
            with contextlib.suppress(OSError):
                paper.file.delete(save=False)
        raise
    return papers


def newest_papers(enrolment):
    """Pages of the sending that counts, in their order."""
    newest = enrolment.papers.filter(update=None).order_by("-sent_at", "-pk").first()
    return list(enrolment.papers.filter(sending=newest.sending).order_by("page")) if newest else []


def _refuse_closed(enrolment, now):
    if words := steps.why_closed(enrolment, now):
        raise Refused(words)


def _locked(enrolment_id):
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("edition")
    return rows.get(pk=enrolment_id)
