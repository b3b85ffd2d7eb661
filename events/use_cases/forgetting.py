"""People of editions, when their time is over. Each function removes at most one batch and says how many rows it was.

What is counted stays: that somebody of this sex and education took part. Who it was goes, from history too.
"""

import contextlib
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.answering import stored_files
from core.links import new_key
from events.choices import EnrolmentState
from events.models import (
    Certificate,
    Delegation,
    Enrolment,
    EnrolmentUpdate,
    FieldRemark,
    Paper,
    Participant,
    ParticipantConsent,
    Registration,
    RegistrationStep,
    Signatory,
)
from events.use_cases.day.certificates import forget_names
from events.use_cases.enrolment.participation import answers_of

BATCH = 200
FIRST, LAST = "(dane", "usunięte)"
GONE = f"{FIRST} {LAST}"
# What stays is sex, education and status: counts are made of them, and they are nobody's any more.
_TEXTS = (
    "email", "phone", "pesel", "pesel_fingerprint", "street_line", "postal_code", "town", "sensitive_answers",
    "special_needs", "diet",
)  # fmt: skip
_ROWS = {"birth_date": None, "municipality": None, "user": None, "answers": {}}
# Of a form: the phone of a small institution is often somebody's own.
_CONTACTS = ("email", "phone", "phone_other", "contact_name", "contact_email", "contact_phone")
_WHO = ("started_by", "decided_by")
_EMPTY = dict.fromkeys(_TEXTS, "") | _ROWS | {"first_name": FIRST, "last_name": LAST}


def forget_people(now):
    """Erase participants of editions whose day (Edition.personal_data_until) has come."""
    due = Participant.objects.filter(edition__personal_data_until__lte=timezone.localdate(now), erased_at=None)
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if ids:
        erase_people(ids, now=now)
        return len(ids)
    return _forget_history_of_nobody(now)


@transaction.atomic
def erase_people(ids, *, now):
    """Take out of these participants, their sign-ups and their history everything that tells who they were."""
    people = Participant.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    files = [name for one in people.select_related("form") if one.form for name in _files(one.form, answers_of(one))]
    for one in people:
        Participant.objects.filter(pk=one.pk).update(**_EMPTY, erased_at=now, link_key=new_key())
    ParticipantConsent.objects.filter(participant__in=ids).delete()
    Delegation.objects.filter(participant__in=ids).update(job_title="")
    Delegation.pgh_event_model.objects.filter(participant_id__in=ids).update(job_title="")
    files += _erase_registrations(ids)
    # Last: the changes above were written into the history too.
    Participant.pgh_event_model.objects.filter(pgh_obj_id__in=ids).delete()
    _delete_later(files)


def forget_forms(now):
    """Of the forms of such editions: contact persons, signatories, what was signed, and the history of all that."""
    over = Enrolment.objects.filter(edition__personal_data_until__lte=timezone.localdate(now))
    named = ~Q(**dict.fromkeys(_CONTACTS, ""), **dict.fromkeys(_WHO, None), answers={})
    told = EnrolmentUpdate.objects.exclude(changes=[], answer__in=["", GONE], sent_by=None, decided_by=None)
    more = (Paper.objects, Signatory.objects, FieldRemark.objects, told)
    for rows in more:
        named |= Exists(rows.filter(enrolment=OuterRef("pk")))
    ids = list(over.filter(named).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if ids:
        _forget_forms(ids)
    return len(ids)


def forget_drafts(now):
    """Delete forms that nobody has sent for EVENTS_DRAFT_KEPT_DAYS, with the people on them who have nothing else."""
    before = now - timedelta(days=settings.EVENTS_DRAFT_KEPT_DAYS)
    unsent = Enrolment.objects.filter(
        state__in=[EnrolmentState.DRAFT, EnrolmentState.TO_SIGN], submitted_at=None, saved_at__lt=before
    )
    kept = Exists(Registration.objects.filter(enrolment=OuterRef("pk")))
    ids = list(unsent.exclude(kept).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if ids:
        _delete_drafts(ids)
    return len(ids)


@transaction.atomic
def _delete_drafts(ids):
    drafts = Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    files = [name for one in drafts.select_related("form") if one.form for name in _files(one.form, one.answers)]
    people = list(Delegation.objects.filter(enrolment__in=ids).values_list("participant", flat=True))
    Delegation.objects.filter(enrolment__in=ids).delete()
    Delegation.pgh_event_model.objects.filter(enrolment_id__in=ids).delete()
    more = Exists(Delegation.objects.filter(participant=OuterRef("pk"))) | Exists(
        Registration.objects.filter(participant=OuterRef("pk"))
    )
    alone = list(
        Participant.objects.filter(pk__in=people, declared_at=None).exclude(more).values_list("pk", flat=True)
    )
    Participant.objects.filter(pk__in=alone).delete()
    drafts.delete()
    Participant.pgh_event_model.objects.filter(pgh_obj_id__in=alone).delete()
    Enrolment.pgh_event_model.objects.filter(pgh_obj_id__in=ids).delete()
    _delete_later(files)


@transaction.atomic
def _forget_forms(ids):
    forms = Enrolment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    files = [name for one in forms.select_related("form") if one.form for name in _files(one.form, one.answers)]
    files += Paper.objects.filter(enrolment__in=ids).values_list("file", flat=True)
    Paper.objects.filter(enrolment__in=ids).delete()
    Signatory.objects.filter(enrolment__in=ids).delete()
    FieldRemark.objects.filter(enrolment__in=ids).delete()
    updates = EnrolmentUpdate.objects.filter(enrolment__in=ids)
    updates.update(changes=[], sent_by=None, decided_by=None)
    updates.exclude(answer="").update(answer=GONE)
    nobody = dict.fromkeys(_CONTACTS, "") | dict.fromkeys(_WHO)
    Enrolment.objects.filter(pk__in=ids).update(**nobody, answers={})
    Enrolment.pgh_event_model.objects.filter(pgh_obj_id__in=ids).delete()
    EnrolmentUpdate.pgh_event_model.objects.filter(enrolment_id__in=ids).delete()
    _delete_later(files)


def _erase_registrations(ids):
    """Returns the names of files among the answers to the events' own questions."""
    rows = (
        Registration.objects.filter(participant__in=ids).select_related("event").prefetch_related("event__questions")
    )
    files = [name for one in rows for name in stored_files(one.event.questions.all(), one.answers)]
    nobody = dict.fromkeys(("email", "phone", "needs", "diet", "remarks"), "")
    rows.update(first_name=FIRST, last_name=LAST, answers={}, **nobody)
    RegistrationStep.objects.filter(registration__participant__in=ids).exclude(note="").update(note="")
    certificates = Certificate.objects.filter(registration__participant__in=ids)
    forget_names(certificates, first_name=FIRST, last_name=LAST)
    return files


def _forget_history_of_nobody(now):
    """History of rows that were deleted, because two were one person or somebody left a draft."""
    over = timezone.localdate(now)
    people = Participant.pgh_event_model.objects.filter(edition__personal_data_until__lte=over)
    sent = Delegation.pgh_event_model.objects.filter(enrolment__edition__personal_data_until__lte=over)
    return _forget_gone(people, Participant) or _forget_gone(sent, Delegation)


def _forget_gone(history, model):
    gone = history.exclude(Exists(model.objects.filter(pk=OuterRef("pgh_obj_id"))))
    return history.filter(pk__in=list(gone.values_list("pk", flat=True)[:BATCH])).delete()[0]


def _files(form, answers):
    return stored_files(form.questions.all(), answers)


def _delete_later(names):
    """After the commit, so that a row that stays keeps its file."""

    def delete():
        for name in names:
            with contextlib.suppress(OSError):
                default_storage.delete(name)

    transaction.on_commit(delete, robust=True)
