"""Files and their schemas, for programs of any origin."""

import gzip
import logging
import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from open_data import datasets, schemas
from open_data.choices import Format
from open_data.dcat import catalogue
from open_data.models import Dump
from open_data.versions import versioned

logger = logging.getLogger(__name__)
FOR_EVER = "public, max-age=31536000, immutable"
_TAKES_GZIP = re.compile(r"\bgzip\b")
_PIECE = 1 << 18
SCHEMAS = {
    "schema": schemas.json_schema,
    "geojson.schema": schemas.geojson_schema,
    "tableschema": schemas.table_schema,
}


def dump_file(request, day, dataset, extension):
    """The file of a day. It never changes, so a browser need not ask twice."""
    dump = Dump.objects.of(dataset, day).filter(format=extension).first()
    if dump is None:
        raise Http404
    packed = bool(_TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")))
    etag = f'"{dump.content.sha256}{"-gzip" if packed else ""}"'
    response = get_conditional_response(request, etag=etag) or _sent(dump, packed)
    for name, value in (("ETag", etag), ("Cache-Control", FOR_EVER), ("Vary", "Accept-Encoding")):
        response.headers[name] = value
    return response


def newest_file(request, dataset, extension):
    """An address that stays, and leads to the newest file."""
    newest = Dump.objects.filter(dataset=dataset, format=extension).order_by("-day").first()
    if newest is None:
        raise Http404
    return HttpResponseRedirect(newest.path)


def schema(request, dataset, schema):
    try:
        found, make = datasets.find(dataset), SCHEMAS[schema]
    except LookupError:
        raise Http404 from None
    if schema == "geojson.schema" and Format.GEOJSON not in found.formats:
        raise Http404
    content_type = "application/json" if schema == "tableschema" else "application/schema+json"
    return _json(make(found), content_type)


def data_package(request, day):
    dumps = list(Dump.objects.filter(day=day, dataset__in=_slugs()).select_related("content").order_by("dataset"))
    if not dumps:
        raise Http404
    return _json(schemas.data_package(day, dumps), "application/json")


@versioned
def dcat_catalogue(request):
    dumps = list(Dump.objects.of_newest_day().order_by("dataset", "format"))
    first = Dump.objects.order_by("day").values_list("day", flat=True).first()
    return _json(catalogue.document(dumps, first_day=first), "application/ld+json")


def _slugs():
    return [one.slug for one in datasets.all_datasets()]


def _json(told, content_type):
    return JsonResponse(told, content_type=content_type, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _sent(dump, packed):
    """As it lies on the disk for whoever takes gzip, unpacked piece by piece for others."""
    stored = dump.content.file.name
    if not default_storage.exists(stored):
        logger.error("the file of %s is gone from the storage", dump)
        raise Http404
    if packed:
        response = FileResponse(default_storage.open(stored), content_type=dump.kind.content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = StreamingHttpResponse(_unpacked(stored), content_type=dump.kind.content_type)
        response.headers["Content-Length"] = str(dump.content.size)
    name = f"{dump.dataset}-{dump.day}.{dump.format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _unpacked(name):
    # Opened here: a generator that nobody has begun to read closes nothing.
    with default_storage.open(name) as stored, gzip.GzipFile(fileobj=stored) as file:
        while piece := file.read(_PIECE):
            yield piece
