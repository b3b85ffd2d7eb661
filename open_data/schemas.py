"""What a file holds, for programs: JSON Schema of a line, Table Schema of CSV and XLSX, Data Package of a day."""

from django.conf import settings

from open_data.changes.since import changes_since
from open_data.choices import Format
from open_data.datasets import find
from open_data.licences import licence

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_POINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}},
    },
}
_SHAPE = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {"type": {"enum": ["Point", "Polygon", "MultiPolygon"]}, "coordinates": {"type": "array"}},
}


def json_schema(dataset):
    """JSON Schema (2020-12) of one line of JSON Lines."""
    return {
        "$schema": _DIALECT,
        "$id": f"{settings.SITE_URL}/otwarte-dane/{dataset.slug}.schema.json",
        "title": dataset.title,
        "description": f"{dataset.description} Jeden obiekt to jedna linia pliku JSON Lines.",
        **_object(dataset.columns),
    }


def geojson_schema(dataset):
    """JSON Schema of the whole FeatureCollection; coordinates are in the geometry, not among the properties."""
    columns = [column for column in dataset.columns if column.name not in ("lat", "lon")]
    geometry = {"anyOf": [_SHAPE if dataset.geometry else _POINT, {"type": "null"}]}
    feature = {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {"type": {"const": "Feature"}, "geometry": geometry, "properties": _object(columns)},
    }
    return {
        "$schema": _DIALECT,
        "$id": f"{settings.SITE_URL}/otwarte-dane/{dataset.slug}.geojson.schema.json",
        "title": dataset.title,
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": feature},
        },
    }


def table_schema(dataset):
    """Table Schema (Data Package 2.0) of CSV, and of the sheet of XLSX."""
    return {
        "$schema": _TABLE_SCHEMA,
        "fields": [_field(column) for column in dataset.columns],
        "fieldsMatch": "exact",
        "missingValues": [""],
        "primaryKey": _key(dataset),
    }


def data_package(day, dumps):
    """datapackage.json of the files of a day; `dumps` with their contents. XLSX is left to people."""
    terms = licence()
    return {
        "$schema": _DATA_PACKAGE,
        "name": f"ekonomia-spoleczna-{day}",
        "title": f"{settings.PORTAL_NAME}: otwarte dane z dnia {day}",
        "homepage": f"{settings.SITE_URL}/otwarte-dane/",
        "created": max(dump.made_at for dump in dumps).isoformat(),
        "version": str(day),
        "licenses": [{"name": terms.name, "path": terms.url, "title": terms.label}],
        # Of our own: what has changed since these files were read.
        "changes": settings.SITE_URL + changes_since(dumps[0]),
        "contributors": [{"title": settings.OPERATOR["name"], "roles": ["publisher"]}],
        "resources": [_resource(dump) for dump in dumps if dump.format == Format.CSV],
    }


def _resource(dump):
    dataset = find(dump.dataset)
    return {
        "name": dataset.slug,
        "title": dataset.title,
        "description": dataset.description,
        "path": settings.SITE_URL + dump.path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": dump.content.size,
        "hash": f"sha256:{dump.content.sha256}",
        "schema": f"{settings.SITE_URL}/otwarte-dane/{dataset.slug}.tableschema.json",
    }


def _key(dataset):
    return ["dictionary", "code"] if dataset.slug == "slowniki" else [dataset.names[0]]


def _object(columns):
    """All names are always there, in this order; what is not known is an empty text, array or null."""
    return {
        "type": "object",
        "required": [column.name for column in columns],
        "properties": {column.name: _property(column) for column in columns},
        "additionalProperties": False,
    }


def _property(column):
    words = column.words
    told = {"title": words.title, "description": words.description}
    return {name: text for name, text in told.items() if text} | _of_type(column)


def _of_type(column):
    words = column.words
    if column.type == "boolean":
        return {"type": "boolean"}
    if column.type in ("integer", "number"):
        return {"type": column.type if words.required else [column.type, "null"]}
    if column.type == "list":
        return {"type": "array", "items": {"type": "string"}}
    if column.type in ("date", "datetime"):
        # RFC 3339 asks for seconds, ISO 8601 does not: a moment is told by its pattern.
        whole = {"format": "date"} if column.type == "date" else {"pattern": _MOMENT}
        return {"type": "string"} | (whole if words.required else {"anyOf": [whole, {"const": ""}]})
    if not words.pattern:
        return {"type": "string"} | ({"minLength": 1} if words.required else {})
    whole = {"pattern": words.pattern}
    return {"type": "string"} | (whole if words.required else {"anyOf": [whole, {"const": ""}]})


_MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[+-]\d{2}:\d{2}$"


def _field(column):
    words = column.words
    constraints = ({"required": True} if words.required else {}) | (
        {"pattern": words.pattern} if words.pattern else {}
    )
    field = {"name": column.name, "title": words.title, "description": words.description, "example": words.example}
    field |= _TABLE_TYPES[column.type]
    return {name: value for name, value in (field | {"constraints": constraints}).items() if value}


_TABLE_TYPES = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number", "decimalChar": "."},
    "boolean": {"type": "boolean", "trueValues": ["tak"], "falseValues": ["nie"]},
    "date": {"type": "date", "format": "%Y-%m-%d"},
    # With hours, minutes and the offset, but no seconds.
    "datetime": {"type": "datetime", "format": "%Y-%m-%dT%H:%M%z"},
    "list": {"type": "list", "delimiter": "; ", "itemType": "string"},
}
