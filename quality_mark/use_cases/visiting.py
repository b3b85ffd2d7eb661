"""Verbs of those who look into a case: visits with photos, and comments."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.signed_files import JPEG, taken
from quality_mark import access
from quality_mark.assessing.seeing import of_assessor
from quality_mark.choices import Actor, ApplicationState
from quality_mark.models import Comment, Paper, Visit
from quality_mark.use_cases.moving import locked

PHOTO = "zdjecie-z-wizyty"
MOST_PHOTOS, MOST_COMMENTS = 20, 200


@transaction.atomic
def record_visit(*, application_id, visited_on, note, photos=(), actor, now):
    """Keep what was seen at the place of work. The same visit told twice is kept once. Refused: no photo, too many."""
    application = _looked_into(application_id, actor)
    if visited_on > timezone.localdate(now):
        raise Refused("Wizyta nie mogła się odbyć w przyszłości.", field="visited_on")
    if len(photos) > MOST_PHOTOS:
        raise Refused(f"Można dodać najwyżej {MOST_PHOTOS} zdjęć.", field="photos")
    visit, is_new = Visit.objects.get_or_create(
        application=application, visited_on=visited_on, note=note, made_by=actor, defaults={"at": now}
    )
    if is_new:
        visit.photos.set([_photo(application, upload, number, actor, now) for number, upload in enumerate(photos, 1)])
    return visit


@transaction.atomic
def comment(*, application_id, text, actor, now):
    """A word to the other assessors and to the office. A double press is one comment."""
    application = _looked_into(application_id, actor)
    last = application.comments.order_by("-at", "-pk").first()
    if last and (last.text, last.author_id) == (text, actor.pk):
        return last
    if application.comments.count() >= MOST_COMMENTS:
        raise Refused("Ta sprawa ma już tyle uwag, ile można.")
    is_assessor = of_assessor(actor).filter(application=application).exists()
    return Comment.objects.create(
        application=application, author=actor, is_of_office=not is_assessor, text=text, at=now
    )


def _looked_into(application_id, actor):
    """The case, locked: by an assessor whose it is, or by the office."""
    application = locked(application_id)
    is_assessor = may(actor, Action.ASSESS_MARK) and of_assessor(actor).filter(application=application_id).exists()
    if not is_assessor or access.is_own(actor, application.offer.organisation):
        access.check(actor, Actor.CLERK, application)
    if application.state != ApplicationState.ASSESSMENT:
        raise Refused("Ten wniosek nie jest teraz w ocenie merytorycznej.")
    return application


def _photo(application, upload, number, actor, now):
    try:
        content_type, content = taken(upload)
    except Refused as refusal:
        raise Refused(str(refusal), field="photos") from refusal
    if content_type != JPEG:
        raise Refused("Dodaj zdjęcia: JPG, PNG albo WebP.", field="photos")
    return Paper.objects.create(
        application=application,
        code=PHOTO,
        file=ContentFile(content, "zdjecie.jpg"),
        name=f"zdjęcie {number}.jpg",
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_of_office=True,
        is_shown=False,
        uploaded_by=actor,
        uploaded_at=now,
    )
