"""The feed in the schema of the API, and so on its page for people."""

from open_data.api import parameters as p
from open_data.api.collections.listed import LISTS
from open_data.api.schema import LINK, answers
from open_data.changes.asking import MOST, NOW, ROW, USUAL
from open_data.changes.reading import CURSOR
from open_data.choices import Dataset

NAME, TITLE = "zmiany", "Zmiany"
ABOUT = f"""
Co przybyło, zmieniło się albo zniknęło, w kolejności, w jakiej stało się widoczne: kto idzie za `next`, nie pominie
żadnej zmiany i żadnej nie dostanie dwa razy. Każdy obiekt stoi raz, przy ostatniej zmianie. `upsert`: weź jego obecny
wiersz spod `url` albo poproś o niego przez `include={ROW}`; `withdrawn`: usuń go ze swojej kopii. Gdy `more` jest
`false`, zapamiętaj `cursor` i zapytaj od niego później.
"""


def operation_of(operation):
    return {
        "operationId": "changes",
        "summary": TITLE,
        "description": " ".join(ABOUT.split()),
        "parameters": _parameters(),
        "tags": [NAME],
        "responses": answers(operation, operation.component("ChangePage", _page(operation)), also=(410,), more=LINK),
    }


def _parameters():
    return [
        p.parameter(
            "cursor",
            f"Miejsce, od którego iść dalej: z poprzedniej odpowiedzi albo `{NOW}`. Bez niego od początku, czyli"
            " wszystko, co jest publiczne.",
            {"type": "string", "pattern": f"^({NOW}|{CURSOR})$"},
            example=NOW,
        ),
        p.parameter(
            "limit", "Ile zmian na stronie.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        ),
        p.many("dataset", "Tylko zmiany na tych listach.", _titles()),
        p.parameter(
            "include", f"`{ROW}` dołącza do każdej zmiany obecny wiersz listy.", {"type": "string", "enum": [ROW]}
        ),
    ]


def _titles():
    return {dataset.label: LISTS[dataset.label].title for dataset in Dataset}


def _page(operation):
    address = {"type": "string", "format": "uri"}
    line = {
        "dataset": {"type": "string", "enum": [one.label for one in Dataset], "description": "Lista, nazwą z adresu."},
        "id": {"type": ["integer", "string"], "description": "Kolumna `id` tej listy."},
        "change": {
            "type": "string",
            "enum": ["upsert", "withdrawn"],
            "description": "`upsert`: jest od niedawna albo zmienił się; `withdrawn`: nie jest już publiczny.",
        },
        "at": {
            "type": "string",
            "format": "date-time",
            "description": "Kiedy, czas polski. Do czytania, nie do kolejności.",
        },
        "url": address | {"description": "Wiersz w API; po wycofaniu 404 albo 410."},
        "page": {
            "type": ["string", "null"],
            "format": "uri",
            "description": "Strona w portalu; null, gdy jej nie ma.",
        },
    }
    rows = [{"$ref": f"#/components/schemas/{LISTS[one.label].row_name}"} for one in Dataset]
    row = {
        "description": f"Obecny wiersz, gdy prosi o niego `include={ROW}`; null, gdy obiektu już nie ma.",
        "anyOf": [*rows, {"type": "null"}],
    }
    change = {
        "type": "object",
        "description": "Ostatnia zmiana jednego obiektu.",
        "properties": line | {"row": row},
        "required": list(line),
        "additionalProperties": False,
    }
    page = {
        "results": {"type": "array", "items": operation.component("Change", change), "maxItems": MOST},
        "next": address | {"description": "Dalszy ciąg: od razu, gdy `more`, a jeśli nie, to kiedy zechcesz."},
        "cursor": {"type": "string", "description": "Miejsce za ostatnią zmianą, do zapamiętania."},
        "more": {"type": "boolean", "description": "Czy już teraz są dalsze zmiany."},
    }
    return {"type": "object", "properties": page, "required": list(page), "additionalProperties": False}
