from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse

from registry.models import OfferPicture
from registry.pictures import CONTENT_TYPE, names


def picture(request, pk, name):
    """One file of a picture of a published offer. Its name changes with its content, so it may be kept for a year.

    Only by the visitor's own browser: a shared cache would go on showing a picture that was withdrawn.
    """
    row = _public_pictures().filter(pk=pk).first()
    stored = next((path for path in names(row) if PurePosixPath(path).name == name), None) if row else None
    if stored is None:
        raise Http404
    try:
        with default_storage.open(stored) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {"Cache-Control": "private, max-age=31536000, immutable", "ETag": f'"{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


def _public_pictures():
    return OfferPicture.objects.filter(
        offer__removed_at__isnull=True,
        offer__organisation__removed_at__isnull=True,
        offer__organisation__published_at__isnull=False,
    )
