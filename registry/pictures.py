"""How pictures of offers are kept: two WebP files under names made of their content, and where they are served."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.urls import reverse

LARGE, SMALL = 1600, 480  # longest side in pixels
SUFFIX = ".webp"
CONTENT_TYPE = "image/webp"


@dataclass(frozen=True)
class Rendition:
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    """One picture for a template: alt, large and small."""

    alt: str
    large: Rendition
    small: Rendition


def picture_of(row):
    """The Picture of a registry.models.OfferPicture."""
    name = PurePosixPath(row.image.name).name
    return Picture(
        alt=row.alt,
        large=_rendition(row, name, LARGE),
        small=_rendition(row, small_name(name), SMALL),
    )


def small_name(name):
    """`registry/offers/7/3f2a.webp` → `registry/offers/7/3f2a-s.webp`."""
    return f"{name.removesuffix(SUFFIX)}-s{SUFFIX}"


def names(row):
    """Both stored names of a picture, the large one first."""
    return [row.image.name, small_name(row.image.name)]


def _rendition(row, name, limit):
    scale = min(1, limit / max(row.width, row.height))
    url = reverse("registry:picture", args=[row.pk, name])
    return Rendition(url, max(1, round(row.width * scale)), max(1, round(row.height * scale)))
