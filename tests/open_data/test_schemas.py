"""JSON Schema and Table Schema say what the files hold; the catalogue is valid DCAT-AP 3."""

import csv
import gzip
import io
import json
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, URIRef

from open_data import datasets
from open_data.models import Dump
from tests.open_data.region import make, region

NIGHT = datetime(2026, 11, 23, 0, 35, tzinfo=timezone.get_default_timezone())
SHAPES = Path(__file__).parent / "dcat"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine("2026-11-23 12:00 +0100", tick=False),
    # rdflib speaks so of its own reader of JSON-LD.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]


@pytest.fixture
def night():
    region()
    make(NIGHT)


def content(slug, extension):
    dump = Dump.objects.get(dataset=slug, format=extension)
    return gzip.decompress(Path(default_storage.path(dump.content.file.name)).read_bytes()).decode()


def fetched(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


def test_every_line_is_as_its_json_schema_says(client, night):
    for one in datasets.all_datasets():
        schema = fetched(client, f"/otwarte-dane/{one.slug}.schema.json")
        Draft202012Validator.check_schema(schema)
        check = Draft202012Validator(schema, format_checker=FormatChecker())
        lines = content(one.slug, "jsonl").splitlines()
        assert [error.message for line in lines for error in check.iter_errors(json.loads(line))] == []
        damaged = json.loads(lines[0]) | {one.names[0]: None}
        assert not check.is_valid(damaged)


def test_every_collection_is_as_its_json_schema_says(client, night):
    placed = [one for one in datasets.all_datasets() if one.has_place]
    assert placed
    for one in placed:
        schema = fetched(client, f"/otwarte-dane/{one.slug}.geojson.schema.json")
        Draft202012Validator.check_schema(schema)
        check = Draft202012Validator(schema, format_checker=FormatChecker())
        assert [error.message for error in check.iter_errors(json.loads(content(one.slug, "geojson")))] == []


READ = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"tak": True, "nie": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M%z"),
    "list": lambda text: text.split("; "),
}


def test_every_cell_of_csv_can_be_read_as_its_table_schema_says(client, night):
    for one in datasets.all_datasets():
        schema = fetched(client, f"/otwarte-dane/{one.slug}.tableschema.json")
        fields = schema["fields"]
        rows = list(csv.reader(io.StringIO(content(one.slug, "csv"), newline="")))
        assert [field["name"] for field in fields] == rows[0]
        for row in rows[1:]:
            for field, cell in zip(fields, row, strict=True):
                assert cell or not field.get("constraints", {}).get("required"), field["name"]
                if cell:
                    READ[field["type"]](cell)
                    assert re.fullmatch(field.get("constraints", {}).get("pattern", ".*"), cell, re.DOTALL), field
        keys = [tuple(row[rows[0].index(name)] for name in schema["primaryKey"]) for row in rows[1:]]
        assert len(set(keys)) == len(keys)


def test_the_data_package_of_a_day_names_its_files_with_their_sums(client, night):
    package = fetched(client, "/otwarte-dane/pliki/2026-11-23/datapackage.json")
    assert {one["name"] for one in package["resources"]} == {one.slug for one in datasets.all_datasets()}
    for one in package["resources"]:
        dump = Dump.objects.select_related("content").get(dataset=one["name"], format="csv")
        assert one["hash"] == f"sha256:{dump.content.sha256}"
        assert client.head(one["path"]).headers["Content-Length"] == str(one["bytes"])


@cache
def shapes(*names):
    graph = Graph()
    for name in names:
        graph.parse(SHAPES / f"html_shacl_{name}.ttl", format="turtle")
    return graph


def faults(graph, *names):
    """Messages of everything that a shape finds, warnings too."""
    _, found, words = pyshacl.validate(graph, shacl_graph=shapes(*names), advanced=True)
    results = found.query("SELECT ?r WHERE { ?r a <http://www.w3.org/ns/shacl#ValidationResult> }")
    return words if len(list(results)) else ""


def catalogue(client):
    response = client.get("/otwarte-dane/katalog.jsonld")
    assert response.headers["Content-Type"] == "application/ld+json"
    return Graph().parse(data=response.content, format="json-ld")


@pytest.mark.parametrize("operator", [{}, {"email": "dane@dops.example", "www": "https://dops.example/"}])
def test_the_catalogue_is_valid_dcat_ap(client, night, settings, operator):
    settings.OPERATOR = settings.OPERATOR | operator
    graph = catalogue(client)
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == len(datasets.all_datasets())
    assert len(list(graph.subjects(RDF.type, DCAT.Distribution))) == Dump.objects.count()
    [api] = graph.subjects(DCAT.endpointURL, URIRef("http://testserver/api/v1/"))
    assert graph.value(api, DCAT.endpointDescription) == URIRef("http://testserver/api/v1/schema/")
    served = {f"http://testserver/otwarte-dane/{one.slug}/" for one in datasets.all_datasets() if one.api}
    assert {str(one) for one in graph.objects(api, DCAT.servesDataset)} == served
    assert faults(graph, "shapes") == ""
    assert faults(graph, "range") == ""
    assert faults(graph, "deprecateduris") == ""


def test_of_what_is_recommended_only_the_shape_of_the_region_is_left_out(client, night):
    """The place is told by its NUTS address; its box stands where that leads."""
    said = faults(catalogue(client), "shapes_recommended")
    paths = {line.partition("Result Path:")[2].strip() for line in said.splitlines() if "Result Path:" in line}
    assert paths <= {"dcat:bbox", "dcat:centroid"}


def test_the_catalogue_is_valid_before_the_first_night(client):
    graph = catalogue(client)
    assert faults(graph, "shapes") == ""
    assert faults(graph, "range") == ""


DAMAGES = [
    (DCAT.Catalog, DCTERMS.title, None),
    (DCAT.Catalog, DCTERMS.publisher, None),
    (DCAT.Dataset, DCTERMS.description, None),
    (DCAT.Distribution, DCAT.accessURL, None),
    (DCAT.DataService, DCAT.endpointURL, None),
    (FOAF.Agent, FOAF.name, None),
    (DCAT.Distribution, DCAT.byteSize, Literal("dużo")),
    (DCAT.Distribution, DCTERMS.modified, Literal("wczoraj")),
]


def test_the_check_finds_whatever_is_missing_or_wrong(client, night):
    whole = catalogue(client)
    for kind, name, instead in DAMAGES:
        one = next(one for one in whole.subjects(RDF.type, kind) if whole.value(one, name))
        graph = Graph() + whole
        graph.remove((one, name, None))
        if instead:
            graph.add((one, name, instead))
        assert faults(graph, "shapes") != "", (kind, name)


def test_a_distribution_tells_of_the_file_that_is_there(client, night):
    graph = catalogue(client)
    spdx = "http://spdx.org/rdf/terms#"
    for dump in Dump.objects.select_related("content"):
        one = URIRef(f"http://testserver{dump.path}")
        assert graph.value(one, DCAT.downloadURL) == one
        assert int(graph.value(one, DCAT.byteSize)) == dump.content.size
        checksum = graph.value(one, URIRef(f"{spdx}checksum"))
        assert str(graph.value(checksum, URIRef(f"{spdx}checksumValue"))).lower() == dump.content.sha256
        assert graph.value(one, DCTERMS.license) == URIRef(
            "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
        )


def test_the_licence_is_a_setting(client, night, settings):
    settings.OPEN_DATA_LICENCE = "CC0"
    assert "CC0 1.0" in client.get("/otwarte-dane/").content.decode()
    licences = set(catalogue(client).objects(None, DCTERMS.license))
    assert licences == {URIRef("http://publications.europa.eu/resource/authority/licence/CC0")}
