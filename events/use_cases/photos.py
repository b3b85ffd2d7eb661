"""Photos of events: taken in by content, drawn anew, stored without anything the camera wrote into them."""

import io
import warnings

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from core.exceptions import Refused
from events.models import Event, EventPhoto

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600


@transaction.atomic
def add_photo(*, event_id, upload, words, now):
    """Store one photo of an event and return it.

    Refused: no words for those who cannot see it, more than 10 MB or 50 million pixels, anything that is not a JPEG,
    PNG or WebP picture inside.
    """
    words = " ".join(words.split())
    if len(words) < 3:
        raise Refused("Napisz, co widać na zdjęciu: tak poznają je osoby niewidome.", field="words")
    drawn = _drawn_anew(upload)
    event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)
    photo = EventPhoto(event=event, words=words[:300], position=event.photos.count())
    photo.picture.save("photo.webp", ContentFile(drawn), save=False)
    photo.save()
    Event.objects.filter(pk=event_id).update(changed_at=now)
    return photo


def _drawn_anew(upload):
    if upload.size > MAX_BYTES:
        raise Refused("Zdjęcie jest za duże: najwyżej 10 MB.", field="picture")
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=("JPEG", "PNG", "WEBP"))
            # The header tells the size before a single pixel is unpacked.
            if image.width * image.height > MAX_PIXELS:
                raise Refused("Zdjęcie ma za dużo pikseli: najwyżej 50 milionów.", field="picture")
            upright = ImageOps.exif_transpose(image)
            fitted = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Refused("To nie jest zdjęcie JPEG, PNG ani WebP albo plik jest uszkodzony.", field="picture") from error
    fitted.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    fitted.save(content, "WEBP", quality=80, method=4, exif=b"", xmp=b"")
    return content.getvalue()
