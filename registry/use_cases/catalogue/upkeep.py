"""Whether the entries were still made the way they would be made now."""

import hashlib
from pathlib import Path

from django.utils import timezone

import core.polish
from registry.models import DictionaryLoad
from registry.use_cases import catalogue

NAME = "wpisy katalogu"
_PROGRAM = (Path(core.polish.__file__).parent, Path(__file__).parent)


def rebuild_if_outdated(*, now):
    """Write all entries anew when a dictionary or the program they are made by has changed since the last time.

    Returns how many cards there are, or None when nothing had to be done.
    """
    digest = _digest()
    if DictionaryLoad.objects.filter(name=NAME, sha256=digest).exists():
        return None
    count = catalogue.rebuild(now=now)
    catalogue.settle()
    made = {"as_of": timezone.localdate(now), "source": "program portalu", "rows": count, "sha256": digest}
    DictionaryLoad.objects.update_or_create(name=NAME, defaults=made)
    return count


def _digest():
    digest = hashlib.sha256()
    for folder in _PROGRAM:
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    for loaded in DictionaryLoad.objects.exclude(name=NAME).order_by("name").values_list("name", "sha256"):
        digest.update("".join(loaded).encode())
    return digest.hexdigest()
