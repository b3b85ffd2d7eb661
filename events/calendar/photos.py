"""How photos of events are kept: two WebP files; the name of the large one tells its size."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.urls import reverse

from registry.pictures import SMALL, small_name

_SIZE = re.compile(r"-(\d+)x(\d+)(?:_\w+)?\.webp$")


@dataclass(frozen=True)
class Photo:
    """One photo for a template: addresses of both files, pixels of the small one."""

    words: str
    large: str
    small: str
    width: int
    height: int


def sized_name(name, width, height):
    """ "events/photos/3f2a.webp" → "events/photos/3f2a-1600x1067.webp"."""
    return f"{name.removesuffix('.webp')}-{width}x{height}.webp"


def photo_of(row):
    """The Photo of an events.models.EventPhoto."""
    name = PurePosixPath(row.picture.name).name
    found = _SIZE.search(name)
    width, height = map(int, found.groups()) if found else (SMALL, SMALL)
    scale = min(1, SMALL / max(width, height, 1))
    large, small = (reverse("events:photo", args=[row.pk, one]) for one in (name, small_name(name)))
    return Photo(row.words, large, small, max(1, round(width * scale)), max(1, round(height * scale)))


def stored_names(row):
    """Both stored names of a photo, the large one first."""
    return [row.picture.name, small_name(row.picture.name)]
