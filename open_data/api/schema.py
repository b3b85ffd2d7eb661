"""OpenAPI 3.1 of the API, made from what its lists say of themselves."""

from django.conf import settings
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from open_data.api import parameters
from open_data.api.problems import MEDIA_TYPE, WORDS
from open_data.licences import licence

ABOUT = """Wszystko, co portal publikuje, do odczytu dla programów: bez klucza i bez rejestracji.

Filtry nazywają się tak samo jak na stronach portalu i znaczą to samo: adres listy w przeglądarce i adres w API różnią
się tylko początkiem i tym, że API nie zna `page` ani `view`. Nieznany parametr albo wartość to błąd 400 z powodem,
nigdy cicho pominięty filtr.

Lista ma strony. Idź za odsyłaczem `next` aż do `null`: żaden wiersz, który był na liście przez cały czas, nie
powtórzy się ani nie zniknie, także gdy w trakcie coś doszło. Wiersze można czytać po 200.

Każda odpowiedź ma `ETag`. Wyślij go w `If-None-Match`, a gdy nic się nie zmieniło, dostaniesz krótkie 304.

Nie podajemy danych osób do kontaktu."""
HEADERS = {
    "ETag": ("Wersja odpowiedzi, do `If-None-Match`.", {"type": "string"}),
    "RateLimit-Limit": ("Ile zapytań na minutę wolno wysłać z jednego adresu.", {"type": "integer"}),
    "RateLimit-Remaining": ("Ile jeszcze zostało.", {"type": "integer"}),
    "RateLimit-Reset": ("Za ile sekund liczymy od nowa.", {"type": "integer"}),
}
LINK = {"Link": ("Odsyłacze `next`, `prev` i `first` (RFC 8288).", {"type": "string"})}
WAIT = {"Retry-After": ("Po ilu sekundach spróbować ponownie.", {"type": "integer"})}
PROBLEM = {
    "type": "object",
    "description": "Co się nie udało i dlaczego (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Opis rodzaju błędu."},
        "title": {"type": "string", "description": "Rodzaj błędu."},
        "status": {"type": "integer", "description": "Kod HTTP."},
        "detail": {"type": "string", "description": "Co poprawić."},
        "instance": {"type": "string", "format": "uri-reference", "description": "Adres, o który pytano."},
        "successor": {"type": "string", "format": "uri-reference", "description": "Co jest zamiast (410)."},
        "cursor": {"type": "string", "description": "Od którego kursora zacząć od nowa (410 zmian)."},
        "dump": {
            "type": "string",
            "format": "uri-reference",
            "description": "Gdzie są pełne zrzuty (410 zmian).",
        },
        "errors": {
            "type": "array",
            "description": "Parametry, których nie da się użyć.",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["parameter", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "instance"],
}


class Operation(AutoSchema):
    """One address. A view that has `described(operation)` says all of itself; others are read as usual, and what all
    answers of the API have is added."""

    def get_operation(self, *where):
        self.registry = where[-1]
        if hasattr(self.view, "described"):
            return self.view.described(self)
        operation = super().get_operation(*where)
        if operation:
            operation["responses"] = problems(self) | operation["responses"]
        return operation

    def get_auth(self):
        return []

    def component(self, name, schema):
        """A reference to a schema of this name."""
        found = ResolvedComponent(name, ResolvedComponent.SCHEMA, schema=schema, object=name)
        self.registry.register_on_missing(found)
        return found.ref


def list_operation(operation, collection):
    row = _row(operation, collection)
    address = {"type": ["string", "null"], "format": "uri"}
    page = {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "description": "Ile znaleziono, gdy o to pytano (`count=1`)."},
            "next": address | {"description": "Następna strona."},
            "previous": address | {"description": "Poprzednia strona."},
            "results": {"type": "array", "items": row, "maxItems": parameters.MOST},
        },
        "required": ["next", "previous", "results"],
        "additionalProperties": False,
    }
    return {
        "operationId": f"{_id(collection)}_list",
        "summary": collection.title,
        "description": collection.about,
        "parameters": [*collection.parameters(), *parameters.of_pages(collection)],
        "tags": [collection.name],
        "responses": answers(operation, operation.component(f"{collection.row_name}Page", page), more=LINK),
    }


def row_operation(operation, collection):
    key = {
        "name": "id",
        "in": "path",
        "required": True,
        "description": f"{collection.key_words}.",
        "schema": collection.key_schema,
        "example": collection.key_example,
    }
    page_less = [one for one in parameters.of_pages(collection) if one["name"] in ("fields", "include")]
    return {
        "operationId": f"{_id(collection)}_read",
        "summary": f"{collection.title}: jeden wiersz",
        "description": f"Jeden wiersz listy „{collection.title}”.",
        "parameters": [key, *page_less],
        "tags": [collection.name],
        "responses": answers(operation, _row(operation, collection), also=(404, 410)),
    }


def answers(operation, schema, *, also=(), more=None):
    """The responses of an address that answers 200 with this schema."""
    content = {"application/json": {"schema": schema}}
    good = {
        "200": {"description": "Jest.", "content": content, "headers": _headers(HEADERS | (more or {}))},
        "304": {"description": "Nic się nie zmieniło od wersji z `If-None-Match`."},
    }
    return good | problems(operation, also)


def problems(operation, also=()):
    """Responses for what may go wrong anywhere, and for the statuses in `also`."""
    content = {MEDIA_TYPE: {"schema": operation.component("Problem", PROBLEM)}}
    told = {
        str(status): {"description": f"{WORDS[status][0]}.", "content": content}
        for status in (400, *also, 405, 406, 429, 500)
    }
    told["429"] = told["429"] | {"headers": _headers(WAIT)}
    return told


def finish(result, generator, request, public):
    """What stands around the addresses: licence, contact, server, and that no key is needed."""
    site = settings.SITE_URL.rstrip("/")
    contact = {name: settings.OPERATOR[name] for name in ("name", "email")} | {"url": f"{site}/kontakt/"}
    terms = licence()
    result["info"] |= {
        "title": f"API: {settings.PORTAL_NAME}",
        "description": ABOUT,
        "license": {"name": terms.label, "url": terms.url},
        "contact": {name: value for name, value in contact.items() if value},
    }
    result["servers"] = [{"url": site}]
    result["security"] = []
    from open_data.api.collections.listed import LISTS
    from open_data.changes.describing import NAME, TITLE

    names = {one.name: one.title for one in LISTS.values()} | {NAME: TITLE}
    result["tags"] = [{"name": name, "description": title} for name, title in names.items()]
    return result


def _row(operation, collection):
    properties = {one.name: one.schema for one in collection.columns}
    # Registered first: lists include one another.
    schema = {"type": "object", "description": collection.about, "properties": properties}
    ref = operation.component(collection.row_name, schema | {"additionalProperties": False})
    if collection.includes and "included" not in properties:
        properties["included"] = {
            "type": "object",
            "description": "To, o co prosi `include`.",
            "properties": {
                name: {"type": "array", "items": {"$ref": f"#/components/schemas/{one.of}"}}
                for name, one in collection.includes.items()
            },
            "additionalProperties": False,
        }
    return ref


def _id(collection):
    return collection.name.replace("-", "_")


def _headers(headers):
    return {name: {"description": words, "schema": schema} for name, (words, schema) in headers.items()}
