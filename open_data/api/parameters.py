"""Parameters of addresses, as OpenAPI 3.1 describes them. An empty value is allowed and changes nothing."""

from registry.fields import MOST_VALUES
from registry.search import LONGEST


def parameter(name, words, schema, *, example=None, **more):
    told = {"name": name, "in": "query", "description": words, "schema": schema} | more
    return told if example is None else told | {"example": example}


def many(name, words, known=None, *, pattern=None, example=None, most=MOST_VALUES):
    """Repeated values, any of which will do. `known` {code: label} when the list is closed."""
    item = {"type": "string"}
    if known:
        item["enum"] = ["", *known]
        words = f"{words} Wartości: {', '.join(f'`{code}` ({label})' for code, label in known.items())}."
    elif pattern:
        item["pattern"] = f"^({pattern})?$"
    schema = {"type": "array", "items": item, "maxItems": most}
    words = f"{words} Parametr można powtórzyć: wystarczy jedna z wartości."
    return parameter(name, words, schema, example=[example] if example else None, style="form", explode=True)


def flag(name, words):
    return parameter(name, words, {"type": "string", "enum": ["", "1"]})


def text(words="Słowa, których szukasz, albo NIP, REGON lub KRS.", *, longest=LONGEST, example="catering"):
    return parameter("q", words, {"type": "string", "maxLength": longest, "pattern": r"^[^\u0000]*$"}, example=example)


def choice(name, words, known):
    words = f"{words} Wartości: {', '.join(f'`{code}` ({label})' for code, label in known.items())}."
    return parameter(name, words, {"type": "string", "enum": ["", *known]})


def day(name, words):
    return parameter(
        name, words, {"type": "string", "anyOf": [{"format": "date"}, {"const": ""}]}, example="2026-12-03"
    )


CPV = {"pattern": "[0-9]{8}(-[0-9])?", "example": "90910000-9"}
GMINA = {"pattern": "[0-9]{7}", "example": "0208021"}


def of_pages(collection):
    """What every list takes besides its filters."""
    names = [one.name for one in collection.columns]
    several = {"style": "form", "explode": False}
    told = [
        parameter(
            "limit", "Ile wierszy na stronie.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        ),
        parameter(
            "cursor",
            "Miejsce na liście: tylko z odsyłacza `next` albo `previous`. Sam go nie układaj.",
            {"type": "string", "minLength": 1, "maxLength": 2000},
        ),
        parameter("count", "`1` dołącza `count`, liczbę wszystkich znalezionych.", {"type": "string", "enum": ["1"]}),
        parameter(
            "fields",
            "Tylko te kolumny, po przecinku.",
            {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1},
            example=names[:3],
            **several,
        ),
    ]
    return told + of_includes(collection, several)


def of_includes(collection, several):
    if not collection.includes:
        return []
    known = list(collection.includes)
    parts = "; ".join(f"`{name}`: {one.words}" for name, one in collection.includes.items())
    schema = {"type": "array", "items": {"type": "string", "enum": known}, "minItems": 1}
    words = f"Co dołączyć do każdego wiersza w `included`, po przecinku. {parts}."
    return [parameter("include", words, schema, **several)]


USUAL, MOST = 50, 200
