"""What a row of the API holds: values as in the JSON of the exports, each with its schema and Polish words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter

from procurement.resources import Money
from registry import resources
from registry.exports.cells import Day, Label, Listing, Moment, Number, Text, YesNo

DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
MOMENT = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2})?$"
# JSON Schema of what each widget gives; what is unknown is "" or null, as in the exports.
SCHEMAS = {
    Money: {"type": ["number", "null"]},
    Number: {"type": ["number", "null"]},
    YesNo: {"type": "boolean"},
    Listing: {"type": "array", "items": {"type": "string"}},
    Day: {"type": "string", "pattern": DAY},
    Moment: {"type": "string", "pattern": MOMENT},
    Label: {"type": "string"},
    Text: {"type": "string"},
}
WHOLE = {"type": "integer"}
WHOLE_OR_NULL = {"type": ["integer", "null"]}


@dataclass(frozen=True)
class Column:
    """`plain(get(row))` is the value. `schema` is JSON Schema 2020-12 with its description."""

    name: str
    get: Callable
    plain: Callable
    schema: dict = field(compare=False)


def columns_of(resource, words, **schemas):
    """The columns of a resource of the exports, in its order. `words` {name: description}; `schemas` are stricter."""
    return tuple(
        Column(
            one.column_name,
            attrgetter(one.column_name) if type(one) is resources.Column else one.get_value,
            one.widget.plain,
            _schema(one.widget, words[one.column_name], schemas.get(one.column_name)),
        )
        for one in resource().get_export_fields()
    )


def column(name, words, widget=Text, get=None, schema=None):
    """One column of a named tuple, or what `get(row)` says."""
    shown = widget()
    return Column(name, get or attrgetter(name), shown.plain, _schema(shown, words, schema))


def present(columns, rows):
    """[{name: value}] of rows in these columns."""
    ways = [(one.name, one.get, one.plain) for one in columns]
    return [{name: plain(get(row)) for name, get, plain in ways} for row in rows]


def _schema(widget, words, more):
    of_widget = next(schema for kind, schema in SCHEMAS.items() if isinstance(widget, kind))
    return of_widget | {"description": words} | (more or {})
