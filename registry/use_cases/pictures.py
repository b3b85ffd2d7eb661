"""Pictures of offers: taken in by content, drawn anew, stored without anything the camera wrote into them.

Files are written before their row is committed and deleted after it is gone, so that a row always has its files. What
a rolled back or killed transaction leaves behind is swept away at night.
"""

import hashlib
import io
import struct
import warnings
from datetime import timedelta

import pghistory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from core.exceptions import Refused
from registry.models import Offer, OfferPicture
from registry.pictures import LARGE, SMALL, SUFFIX, names, small_name

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_PICTURES = 12
# What Pillow says of files that are not, or no longer, pictures; the last two of what cameras write in their own way.
BROKEN = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, TypeError, struct.error,
)  # fmt: skip
FORMATS = ("JPEG", "PNG", "WEBP")
FOLDER = "registry/offers"  # in it a folder for each offer, as registry.models.offers.picture_path names it
GRACE = timedelta(days=1)


@transaction.atomic
def add_picture(*, offer_id, upload, alt, actor, now):
    """Store one picture of an offer and return it. `upload` is a file; whether `actor` may is for the caller to ask.

    Refused: no words for those who cannot see it, more than 10 MB, more than 50 million pixels, anything that is
    not a JPEG, PNG or WebP picture inside, the same picture twice, more than 12 pictures.
    """
    alt = described(alt)
    return add_drawn(offer_id=offer_id, drawn=drawn_anew(upload), alt=alt, actor=actor, now=now)


@transaction.atomic
def add_drawn(*, offer_id, drawn, alt, actor, now):
    """The same of what drawn_anew() has made, and described() words."""
    large, small, size = drawn
    offer = Offer.objects.living().select_for_update(of=("self",), no_key=True).filter(pk=offer_id).first()
    if offer is None:
        raise Refused("Tej oferty już nie ma.")
    pictures = list(offer.pictures.all())
    if len(pictures) >= MAX_PICTURES:
        raise Refused(f"Oferta może mieć najwyżej {MAX_PICTURES} zdjęć.")
    digest = hashlib.sha256(large).hexdigest()[:24]
    if any(digest in picture.image.name for picture in pictures):
        raise Refused("To zdjęcie już jest przy tej ofercie.")
    picture = OfferPicture(offer=offer, alt=alt, position=max((p.position for p in pictures), default=0) + 1)
    with pghistory.context(user=actor.pk):
        try:
            picture.image.save(digest + SUFFIX, ContentFile(large), save=False)
            default_storage.save(small_name(picture.image.name), ContentFile(small))
            picture.width, picture.height = size
            picture.save()
            Offer.objects.filter(pk=offer.pk).update(updated_at=now)
        except BaseException:
            delete_files(picture)  # a row that was not written must not leave its files behind
            raise
    return picture


@transaction.atomic
def remove_picture(*, picture_id, actor):
    """Delete a picture; its files go after the commit. Removing it twice is not an error."""
    picture = OfferPicture.objects.select_for_update(of=("self",)).filter(pk=picture_id).first()
    if picture is None:
        return
    stored = OfferPicture(image=picture.image.name, width=picture.width, height=picture.height)
    with pghistory.context(user=actor.pk):
        picture.delete()
    # The picture is gone for people already; a file that cannot be deleted now goes at night.
    transaction.on_commit(lambda: delete_files(stored), robust=True)


def sweep(*, now):
    """Delete files that belong to no picture; returns how many. Safe to repeat.

    Those of the last day are left: their transaction may still be under way.
    """
    swept = 0
    for offer in default_storage.listdir(FOLDER)[0] if default_storage.exists(FOLDER) else ():
        kept = {name for picture in OfferPicture.objects.filter(offer=int(offer)) for name in names(picture)}
        for file in default_storage.listdir(f"{FOLDER}/{offer}")[1]:
            path = f"{FOLDER}/{offer}/{file}"
            if path not in kept and default_storage.get_modified_time(path) < now - GRACE:
                default_storage.delete(path)
                swept += 1
    return swept


def described(alt):
    """The words for those who cannot see a picture, with single spaces. Refused: too few, too many."""
    alt = " ".join(alt.split())
    if len(alt) < 3:
        raise Refused("Opisz słowami, co widać na zdjęciu.", field="alt")
    if len(alt) > 300:
        raise Refused("Opis zdjęcia może mieć najwyżej 300 znaków.", field="alt")
    return alt


def drawn_anew(upload):
    """(large, small, size of the large one): WebP bytes and pixels.

    What is drawn anew carries no place, no camera and no second file hidden behind the picture.
    """
    if upload.size > MAX_BYTES:
        raise Refused("Zdjęcie jest za duże: najwyżej 10 MB.")
    if not upload.size:
        raise Refused("Plik jest pusty.")
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            # Our own limit on pixels stands below; Pillow's softer one would only warn.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=FORMATS)
            # The header tells the size before a single pixel is unpacked.
            if image.width * image.height > MAX_PIXELS:
                raise Refused("Zdjęcie ma za dużo pikseli: najwyżej 50 milionów.")
            profile = image.info.get("icc_profile")
            upright = ImageOps.exif_transpose(image)
    except Refused:
        raise
    except BROKEN as error:
        raise Refused("To nie jest zdjęcie JPEG, PNG ani WebP albo plik jest uszkodzony.") from error
    keeps_profile = profile if upright.mode in ("RGB", "RGBA", "P") else None
    large, small = (_fitted(upright, limit) for limit in (LARGE, SMALL))
    return _webp(large, keeps_profile), _webp(small, keeps_profile), large.size


def _fitted(image, limit):
    fitted = image.convert("RGBA" if image.has_transparency_data else "RGB")
    fitted.thumbnail((limit, limit), Image.Resampling.LANCZOS)
    return fitted


def _webp(image, profile):
    content = io.BytesIO()
    image.save(content, "WEBP", quality=80, method=4, exif=b"", xmp=b"", icc_profile=profile or b"")
    return content.getvalue()


def delete_files(picture):
    if picture.image.name:
        # The small one first: as long as the large one is there, its name is not given a second time.
        for name in reversed(names(picture)):
            default_storage.delete(name)
