"""The schema of the API as its page for people tells it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join

from open_data.api.collections.listed import LISTS
from open_data.changes.addresses import PATH
from open_data.changes.describing import NAME


@dataclass(frozen=True)
class Chapter:
    """One list: `parameters` and `columns` are rows (name, kind, words)."""

    code: str
    title: str
    about: str
    url: str
    page: str
    commands: list
    parameters: list
    columns: list


def with_code(text):
    """HTML of words between which names stand in backticks, as Markdown writes them."""
    pieces = enumerate(text.split("`"))
    return format_html_join("", "{}", ([format_html("<code>{}</code>", one) if at % 2 else one] for at, one in pieces))


def chapters(schema):
    site, paths = schema["servers"][0]["url"], schema["paths"]
    return [_chapter(one, site, paths[f"/api/v1/{one.name}/"]["get"], schema) for one in LISTS.values()]


def _chapter(collection, site, operation, schema):
    url = f"{site}/api/v1/{collection.name}/"
    row = schema["components"]["schemas"][collection.row_name]["properties"]
    names = ",".join([one for one in row][:3])
    return Chapter(
        code=collection.name,
        title=collection.title,
        about=with_code(operation["description"]),
        url=url,
        page=collection.path_of_list,
        commands=[
            ("Wybrane wiersze", f'curl "{url}{iri_to_uri(collection.example)}"'),
            ("Trzy kolumny, po 200 wierszy", f'curl "{url}?{urlencode({"fields": names, "limit": 200}, safe=",")}"'),
            ("Jeden wiersz", f'curl "{url}{collection.key_example}/"'),
        ],
        parameters=[(one["name"], _kind(one["schema"]), with_code(_words(one))) for one in operation["parameters"]],
        columns=[(name, _kind(one), with_code(one["description"])) for name, one in row.items()],
    )


def feed(schema):
    """The Chapter of the feed of changes; its first address is that of its beginning."""
    url = f"{schema['servers'][0]['url']}{PATH}"
    operation, line = schema["paths"][PATH]["get"], schema["components"]["schemas"]["Change"]["properties"]
    return Chapter(
        code=NAME,
        title=operation["summary"],
        about=with_code(operation["description"]),
        url=url,
        page="",
        commands=[
            ("Wszystko od początku, razem z wierszami", f'curl "{url}?include=row&limit=1000"'),
            ("Kursor na teraz, gdy dane już masz", f'curl "{url}?cursor=teraz"'),
            ("Zmiany od zapamiętanego kursora, tylko kart i ofert",
             f'curl "{url}?cursor=KURSOR&dataset=organisations&dataset=offers"'),
        ],
        parameters=[(one["name"], _kind(one["schema"]), with_code(_words(one))) for one in operation["parameters"]],
        columns=[(name, _kind(one), with_code(one["description"])) for name, one in line.items()],
    )  # fmt: skip


_KINDS = {"string": "tekst", "integer": "liczba całkowita", "number": "liczba", "boolean": "true albo false"}


def _kind(schema):
    if "type" not in schema:
        return "obiekt albo null"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if kinds == ["array"]:
        return "kilka wartości"
    if kinds == ["object"]:
        return "obiekt"
    words = "data" if "anyOf" in schema else " albo ".join(_KINDS[one] for one in kinds if one != "null")
    return f"{words} albo null" if "null" in kinds else words


def _words(parameter):
    """Without the lists of values that the page would be made of."""
    words = parameter["description"].split(" Wartości: ")[0]
    known = parameter["schema"].get("items", parameter["schema"]).get("enum", [])
    known = [value for value in known if value]
    if parameter["name"] in ("fields", "count") or not known or known == ["1"]:
        return words
    shown = ", ".join(known[:MOST]) + (" i dalsze ze schematu" if len(known) > MOST else "")
    return f"{words} Wartości: {shown}."


MOST = 30
