from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.text import slugify

from events.access import may_read_event, may_read_material
from events.calendar.photos import stored_names
from events.models import EditionLogo, EventPhoto, Material
from registry.pictures import CONTENT_TYPE

LOGO_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


def photo(request, pk, name):
    """One file of a photo of an event that the visitor sees. Only the visitor's own browser keeps it: a shared cache
    would go on showing what was withdrawn."""
    row = EventPhoto.objects.select_related("event").filter(pk=pk).first()
    stored = next((path for path in stored_names(row) if PurePosixPath(path).name == name), None) if row else None
    if stored is None or not may_read_event(request, row.event):
        raise Http404
    headers = {"Cache-Control": "private, max-age=31536000, immutable", "ETag": f'"{name}"'}
    return HttpResponse(_content(stored), content_type=CONTENT_TYPE, headers=headers)


def material(request, pk):
    """A file of an event, for whom it is meant."""
    row = Material.objects.select_related("event").filter(pk=pk).first()
    if row is None or not may_read_material(request, row):
        raise Http404
    try:
        file = default_storage.open(row.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    # Nothing but a PDF is opened in the portal's own name.
    inline = row.content_type == "application/pdf"
    name = f"{slugify(row.title.translate(_POLISH_L))[:80] or 'material'}{PurePosixPath(row.file.name).suffix}"
    return FileResponse(file, content_type=row.content_type, as_attachment=not inline, filename=name)


def logo(request, pk):
    """A sign of an edition: everybody must see who pays."""
    row = EditionLogo.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    kind = LOGO_TYPES.get(PurePosixPath(row.picture.name).suffix.lower(), "application/octet-stream")
    headers = {
        "Cache-Control": "public, max-age=86400",
        # A drawing may hold scripts; asked for by itself it runs none.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return HttpResponse(_content(row.picture.name), content_type=kind, headers=headers)


_POLISH_L = str.maketrans("łŁ", "lL")


def _content(name):
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError as error:
        raise Http404 from error
