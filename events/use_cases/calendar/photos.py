"""Photos of an event: drawn anew like those of offers, so that nothing the camera wrote into them stays."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from core.exceptions import Refused
from events.calendar.photos import sized_name, stored_names
from events.models import Event, EventPhoto
from events.models.event_parts import photo_path
from events.use_cases.calendar.derived import refresh
from registry.pictures import small_name
from registry.use_cases.pictures import drawn_anew

MAX_PHOTOS = 40


@transaction.atomic
def add_photo(*, event_id, upload, words, now):
    """Store a photo of an event and return it; whether somebody may is for the caller to ask.

    Refused: no words for those who cannot see it, more than 10 MB or 50 million pixels, anything that is not a JPEG,
    PNG or WebP picture inside, more than 40 photos.
    """
    words = " ".join(words.split())
    if len(words) < 3:
        raise Refused("Opisz słowami, co widać na zdjęciu.", field="words")
    if len(words) > 300:
        raise Refused("Opis zdjęcia może mieć najwyżej 300 znaków.", field="words")
    try:
        large, small, size = drawn_anew(upload)
    except Refused as refusal:
        raise Refused(str(refusal), field="picture") from refusal
    event = Event.objects.select_for_update(of=("self",), no_key=True).filter(pk=event_id).first()
    if event is None:
        raise Refused("Tego wydarzenia już nie ma.")
    positions = list(event.photos.values_list("position", flat=True))
    if len(positions) >= MAX_PHOTOS:
        raise Refused(f"Wydarzenie może mieć najwyżej {MAX_PHOTOS} zdjęć.")
    photo = EventPhoto(event=event, words=words, position=max(positions, default=0) + 1)
    try:
        photo.picture = default_storage.save(sized_name(photo_path(photo, ""), *size), ContentFile(large))
        default_storage.save(small_name(photo.picture.name), ContentFile(small))
        photo.save()
        refresh(event_ids=[event.pk], now=now)
    except BaseException:
        _delete_files(photo)  # a row that was not written must not leave its files behind
        raise
    return photo


@transaction.atomic
def remove_photo(*, photo_id, now):
    """Delete a photo; its files go after the commit. Removing it twice is not an error."""
    photo = EventPhoto.objects.select_for_update(of=("self",)).filter(pk=photo_id).first()
    if photo is None:
        return
    stored = EventPhoto(picture=photo.picture.name)
    event_id = photo.event_id
    photo.delete()
    refresh(event_ids=[event_id], now=now)
    transaction.on_commit(lambda: _delete_files(stored), robust=True)


def _delete_files(photo):
    if photo.picture.name:
        for name in reversed(stored_names(photo)):
            default_storage.delete(name)
