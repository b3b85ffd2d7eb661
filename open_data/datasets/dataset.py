"""What a data set is: how its rows are read and what its columns mean, told once for pages, schemas and catalogue."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from import_export.resources import Resource

from open_data.choices import Format
from procurement.resources import Money
from registry.exports.cells import Day, Listing, Moment, Number, YesNo

PLAIN = (Format.CSV, Format.JSONL, Format.XLSX)
WITH_PLACE = (Format.CSV, Format.JSONL, Format.GEOJSON, Format.XLSX)

TYPE_WORDS = {
    "string": "tekst",
    "integer": "liczba całkowita",
    "number": "liczba",
    "boolean": "tak albo nie",
    "date": "data",
    "datetime": "data z godziną",
    "list": "lista tekstów",
}


@dataclass(frozen=True, slots=True)
class Words:
    """`example` is the value as it stands in CSV."""

    title: str
    description: str = ""
    example: str = ""
    # Whether the cell is never empty.
    required: bool = False
    # A regular expression that every value of JSON which is not empty fits.
    pattern: str = ""
    # Where the cell does not tell it.
    type: str = ""

    @property
    def sentence(self):
        return f"{self.title}. {self.description}".rstrip()


@dataclass(frozen=True)
class Column:
    name: str
    type: str  # string, integer, number, boolean, date, datetime, list
    words: Words
    field: object

    @property
    def type_words(self):
        return TYPE_WORDS[self.type]


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """`resource` has the columns; `read()` gives the rows that it understands, in an order that does not change."""

    slug: str
    title: str
    description: str
    resource: type[Resource]
    words: dict[str, Words]
    # Called within the transaction of the night's snapshot; streams.
    read: Callable[[], Iterable]
    # Codes of the EU data themes: SOCI, ECON, GOVE, REGI…
    themes: tuple[str, ...]
    keywords: tuple[str, ...]
    # The page of the portal that shows the same.
    page: str
    # What one row is, in three Polish forms: "podmiot,podmioty,podmiotów".
    counted: str
    # A row to GeoJSON geometry, when it is something else than the point of the columns lat and lon.
    geometry: Callable | None = None
    # The list of the API that has the same rows.
    api: str = ""

    @cached_property
    def columns(self):
        fields = self.resource(site="").get_export_fields()
        return [
            Column(one.column_name, _type_of(one, self.words[one.column_name]), self.words[one.column_name], one)
            for one in fields
        ]

    @cached_property
    def names(self):
        return [column.name for column in self.columns]

    @property
    def sentences(self):
        """{column: what it holds}, for the API."""
        return {name: words.sentence for name, words in self.words.items()}

    @property
    def api_path(self):
        return self.api and f"/api/v1/{self.api}/"

    @property
    def has_place(self):
        return "lat" in self.names

    @property
    def formats(self):
        return WITH_PLACE if self.has_place else PLAIN


_TYPES = (
    (YesNo, "boolean"),
    (Moment, "datetime"),
    (Day, "date"),
    (Listing, "list"),
    (Number, "integer"),
    (Money, "number"),
)


def _type_of(field, words):
    return words.type or next((name for kind, name in _TYPES if isinstance(field.widget, kind)), "string")
