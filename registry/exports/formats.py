"""CSV, XLSX, JSON and GeoJSON, each a generator of bytes over the rows of a resource."""

import csv
import io
from itertools import chain

from django.core.serializers.json import DjangoJSONEncoder

from registry.exports.xlsx import workbook

_BATCH = 200


def as_csv(resource, entries):
    """RFC 4180 in UTF-8 without a byte order mark, one header row (docs/decisions/0033)."""
    columns = resource.get_export_fields()
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(resource.get_export_headers())
    for number, row in enumerate(resource.iter_queryset(entries), 1):
        writer.writerow([column.export(row) for column in columns])
        if number % _BATCH == 0:
            yield _emptied(buffer).encode()
    yield _emptied(buffer).encode()


def as_xlsx(resource, entries):
    columns = resource.get_export_fields()
    rows = ([column.export(row) for column in columns] for row in resource.iter_queryset(entries))
    return workbook(chain([resource.get_export_headers()], rows), title=getattr(resource, "title", "Katalog"))


def as_json(resource, entries):
    """An array of objects, one a line."""
    return _array(_objects(resource, entries), "[\n", "\n]\n")


def as_geojson(resource, entries):
    """A FeatureCollection; who has no coordinates is there too, with a null geometry (RFC 7946, 3.2)."""
    opening = '{"type": "FeatureCollection", "features": [\n'
    return _array(map(_feature, _objects(resource, entries)), opening, "\n]}\n")


FORMATS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (as_json, "application/json"),
    "geojson": (as_geojson, "application/geo+json"),
}


def _objects(resource, entries):
    columns = resource.get_export_fields()
    for row in resource.iter_queryset(entries):
        yield {column.column_name: column.widget.plain(column.get_value(row)) for column in columns}


def _feature(properties):
    latitude, longitude = properties.pop("lat"), properties.pop("lon")
    point = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": properties["id"], "geometry": point, "properties": properties}


def _array(objects, opening, closing):
    encode = DjangoJSONEncoder(ensure_ascii=False).encode
    pieces, separator = [opening], ""
    for item in objects:
        pieces.append(separator + encode(item))
        separator = ",\n"
        if len(pieces) > _BATCH:
            yield "".join(pieces).encode()
            pieces.clear()
    yield "".join([*pieces, closing]).encode()


def _emptied(buffer):
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
