"""What is forgotten of applications when its time is over. The nightly job asks for a batch until nothing is left."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from quality_mark.choices import ApplicationState, MarkState
from quality_mark.models import Application, Licence, Message, Paper, Recommendation, Step

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
    _delete_files_later(draft.papers.all())
    draft.recommendations.all().delete()
    Step.objects.filter(application=draft).delete()
    Message.objects.filter(application=draft).delete()
    draft.papers.all().delete()
    draft.delete()
    Application.pgh_event_model.objects.filter(pgh_obj_id=pk).delete()
    return 1


def forget_people(now):
    """Who recommended, who signed and the files that were sent in, MARK_CASES_KEPT_DAYS after the end of a case; while
    its mark lives nothing. The application, its steps and the papers of the office stay. Returns how many cases."""
    before = now - timedelta(days=settings.MARK_CASES_KEPT_DAYS)
    over = Application.objects.filter(state__in=ApplicationState.over(), decided_at__lt=before).exclude(number="")
    living = Licence.objects.filter(application=OuterRef("pk"), mark__state__in=MarkState.living())
    people = Recommendation.objects.filter(application=OuterRef("pk")).exclude(email="", signed_name="", function="")
    files = Paper.objects.filter(application=OuterRef("pk"), is_of_office=False).exclude(file="")
    known = Exists(people) | Exists(files) | ~Q(signed_name="")
    ids = list(over.exclude(Exists(living)).filter(known).order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        _forget_people_of(pk, now)
    return len(ids)


@transaction.atomic
def _forget_people_of(pk, now):
    Application.objects.filter(pk=pk).update(signed_name="")
    Recommendation.objects.filter(application=pk).update(email="", signed_name="", function="")
    papers = Paper.objects.filter(application=pk, is_of_office=False)
    _delete_files_later(papers)
    # Its name may hold a person's, and a file that is gone is no paper of the case any more.
    papers.update(file="", name="plik usunięty", removed_at=Coalesce("removed_at", Value(now)))
    Application.pgh_event_model.objects.filter(pgh_obj_id=pk).update(signed_name="")


def _delete_files_later(papers):
    """Once the transaction is through: a file is not put back."""
    stored = [(one.file.storage, one.file.name) for one in papers if one.file]
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in stored])
