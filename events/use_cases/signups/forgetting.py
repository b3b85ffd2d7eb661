"""People at events: what is held on one of them, and what is forgotten when its time is over.

A sign-up stays as a sign-up of nobody, so that figures of the past stay true. Each `forget_…` takes at most one batch.
"""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from core.answering import answered, discard_files
from core.asking import Answer
from events.models import AttendanceScan, Certificate, EventQuestion, Registration, RegistrationStep
from events.use_cases.day.certificates import forget_names

BATCH = 500
# Together they read "(dane usunięte)".
NOBODY = {"first_name": "(dane", "last_name": "usunięte)"}
_FORGOTTEN = NOBODY | {"email": "", "phone": "", "institution_name": "", "needs": "", "diet": "", "remarks": ""}


def signups_of(user):
    rows = _of(user).select_related("event", "certificate").prefetch_related("event__questions").order_by("pk")
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
            "odpowiedzi": _answers_words(row),
            "zaświadczenie": row.certificate.number if hasattr(row, "certificate") else "",
        }
        for row in rows
    ]


def _answers_words(row):
    """Also answers to questions that are no longer asked."""
    questions = row.event.questions.all()
    codes = {question.code for question in questions}
    rest = [(code, value) for code, value in row.answers.items() if code not in codes]
    return "; ".join(f"{label}: {words}" for label, words in [*answered(questions, row.answers), *rest])


def erase_signups_of(user, now):
    """Open events forget the person. Of a project's, which has to be accounted for until its own day, only what the
    account does not need goes: needs, diet, answers, remarks."""
    _forget(_of(user).filter(participant=None))
    rows = _of(user)
    _delete_answer_files(rows)
    rows.update(needs="", diet="", remarks="", answers={})


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
    forget_names(Certificate.objects.filter(registration__in=ids), **NOBODY)
    # What a coordinator wrote of a place is about the person: "dzwoniła, jest chora".
    RegistrationStep.objects.filter(registration__in=ids).exclude(note="").update(note="")
    rows = Registration.objects.filter(pk__in=ids)
    _delete_answer_files(rows)
    return rows.update(**_FORGOTTEN, answers={})


def _delete_answer_files(rows):
    """The files before the rows that name them: what a killed job leaves is found by the next one."""
    asked = defaultdict(list)
    for question in EventQuestion.objects.filter(answer=Answer.FILE, event__in=rows.values("event")):
        asked[question.event_id].append(question)
    if asked:
        for event_id, answers in rows.filter(event__in=asked).values_list("event", "answers"):
            discard_files(asked[event_id], answers, but={})
