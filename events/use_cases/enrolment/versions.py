"""Texts and forms of an edition in dated versions: begun from the newest, announced from a day, then never changed."""

from django.db import transaction
from django.db.models import Max

from core.exceptions import Refused
from events.models import EditionText, FormQuestion, FormVersion

ANNOUNCED = "Ta wersja jest ogłoszona, więc się nie zmienia. Zrób nową wersję."


@transaction.atomic
def new_version(*, model, version_id, now):
    """A draft with the next number and the words of this version. Refused while there is another draft."""
    source = model.objects.select_for_update(of=("self",)).get(pk=version_id)
    others = model.objects.filter(edition=source.edition_id, kind=source.kind)
    if draft := others.filter(published_at=None).first():
        raise Refused(f"Jest już szkic: wersja {draft.version}. Popraw go albo ogłoś.")
    questions = list(source.questions.all()) if model is FormVersion else []
    number = next_number(source)
    source.pk, source._state.adding = None, True
    source.version, source.published_at = number, None
    source.save()
    for question in questions:
        question.pk, question._state.adding, question.form = None, True, source
        question.save()
    return source


def next_number(version):
    """For a draft of the same edition and kind; the first is 1."""
    others = type(version).objects.filter(edition=version.edition_id, kind=version.kind)
    return (others.aggregate(last=Max("version"))["last"] or 0) + 1


@transaction.atomic
def publish_version(*, model, version_id, valid_from=None, actor, now):
    """Announce a draft, in force from `valid_from`, or from the day that stands in it. It is never changed again.

    Refused: announced already, empty, from an earlier day than the version before.
    """
    version = model.objects.select_for_update(of=("self",)).get(pk=version_id)
    if version.published_at:
        raise Refused(ANNOUNCED)
    version.valid_from = valid_from or version.valid_from
    _refuse_empty(version)
    before = (
        model.objects.filter(edition=version.edition_id, kind=version.kind, published_at__isnull=False)
        .order_by("-version")
        .first()
    )
    if before and version.valid_from < before.valid_from:
        raise Refused(f"Wersja {before.version} obowiązuje od {before.valid_from:%d.%m.%Y}: nowa nie może wcześniej.")
    version.published_at = now
    version.save(update_fields=["valid_from", "published_at"])
    return version


def _refuse_empty(version):
    if isinstance(version, EditionText):
        if not version.body.strip():
            raise Refused("Ten tekst jest pusty.")
    elif not version.introduction.strip() and not FormQuestion.objects.filter(form=version).exists():
        raise Refused("Ten formularz jest pusty: dopisz wstęp albo co najmniej jedno pytanie.")
