"""The schema of OCDS 1.1.5 with the extensions that the portal declares, and what a package must hold besides."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

FILES = Path(__file__).parents[1] / "data" / "ocds"
OWN = settings.BASE_DIR / "procurement" / "ocds" / "extension"
FORMATS = FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value):
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("uri")
def is_address(value):
    return not isinstance(value, str) or value.startswith(("http://", "https://"))


def read(path):
    return json.loads(path.read_text("utf-8"))


def patched(schema, patch):
    """JSON Merge Patch (RFC 7396), which is how extensions change the schema."""
    for name, value in patch.items():
        if isinstance(value, dict) and isinstance(schema.get(name), dict):
            patched(schema[name], value)
        else:
            schema[name] = value
    return schema


@cache
def release_schema():
    schema = read(FILES / "release-schema.json")
    for extension in (FILES / "lots", FILES / "sustainability", OWN):
        patched(schema, read(extension / "release-schema.json"))
    return schema


@cache
def validator(name):
    package = read(FILES / f"{name}-package-schema.json")
    address = "https://standard.open-contracting.org/schema/1__1__5/release-schema.json"
    registry = Registry().with_resource(address, Resource.from_contents(release_schema(), DRAFT4))
    return Draft4Validator(package, registry=registry, format_checker=FORMATS)


def assert_valid(package, name):
    """`name` is "release" or "record"."""
    faults = [f"{'/'.join(map(str, one.path))}: {one.message}" for one in validator(name).iter_errors(package)]
    assert faults == []
    for release in package.get("releases", []):
        assert_sound(release)
    for record in package.get("records", []):
        assert_valid_release(record["compiledRelease"])
        for release in record["releases"]:
            assert_valid_release(release)
            assert_sound(release)


def assert_valid_release(release):
    schema = Draft4Validator(release_schema(), format_checker=FORMATS)
    assert [f"{'/'.join(map(str, one.path))}: {one.message}" for one in schema.iter_errors(release)] == []


def assert_sound(release):
    """Whoever is referred to is among the parties; no field is there only to be empty; every field is declared."""
    known = {party["id"] for party in release.get("parties", [])}
    assert set(_references(release)) <= known
    assert list(_empty(release)) == []
    assert list(_undeclared(release, release_schema())) == []


def _references(thing, name=""):
    if name in ("buyer", "procuringEntity"):
        yield thing["id"]
    elif name == "suppliers":
        yield from (one["id"] for one in thing)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from _references(value, key)
    elif isinstance(thing, list):
        for value in thing:
            yield from _references(value)


def _empty(thing, path=""):
    if thing in (None, "", [], {}):
        yield path
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for key, value in inside:
        yield from _empty(value, f"{path}/{key}")


def _undeclared(thing, schema, path=""):
    if "$ref" in schema:
        schema = release_schema()["definitions"][schema["$ref"].rpartition("/")[2]]
    if isinstance(thing, list):
        for number, value in enumerate(thing):
            yield from _undeclared(value, schema.get("items", {}), f"{path}/{number}")
    elif isinstance(thing, dict):
        for name, value in thing.items():
            if name not in schema.get("properties", {}):
                yield f"{path}/{name}"
            else:
                yield from _undeclared(value, schema["properties"][name], f"{path}/{name}")
