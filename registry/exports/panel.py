"""Cards that a coordinator chose, into a file that waits for its owner."""

import tempfile
from itertools import islice

from django.core.files import File
from django.utils import timezone

from registry.exports.formats import FORMATS
from registry.models import Organisation
from registry.resources import PanelResource

CHUNK = 1_000


class _Chosen(PanelResource):
    """Cards by their keys, in the order of these."""

    def __init__(self, *, progress, **options):
        super().__init__(**options)
        self._progress = progress

    def iter_queryset(self, keys):
        done, rest = 0, iter(keys)
        while chunk := list(islice(rest, CHUNK)):
            rows = super().iter_queryset(Organisation.objects.filter(pk__in=chunk))
            place = {pk: number for number, pk in enumerate(chunk)}
            yield from sorted(rows, key=lambda row: place[row.id])
            done += len(chunk)
            self._progress(done)


def write_cards(progress, *, keys, extension, site):
    """Write the file of the job that `progress` tells about."""
    write, _ = FORMATS[extension]
    with tempfile.TemporaryFile() as file:
        for piece in write(_Chosen(progress=progress, site=site), keys):
            file.write(piece)
        file.seek(0)
        progress.job.file.save(file_name(extension), File(file), save=False)
        progress.job.save(update_fields=["file"])


def file_name(extension):
    return f"podmioty-{timezone.localdate()}.{extension}"
