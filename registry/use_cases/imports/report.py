"""The report of a run in the shape promised to the outside (`import_registry --report`)."""

import json

from registry.choices import ImportAction
from registry.models import ImportRow
from registry.spreadsheets import Mapping
from registry.spreadsheets.headings import Column
from registry.spreadsheets.repairs import NOTES
from registry.use_cases.imports.fields import labels

# Repairs of mere spelling, told by their number only: each would stand in nearly every row.
COUNTED_ONLY = frozenset(
    ("odstepy", "puste", "powiat", "gmina", "wojewodztwo", "lista", "rodzaj", "forma", "forma-jednostki")
)
_PLURALS = ("created", ImportAction.CREATE), ("updated", ImportAction.UPDATE), ("unchanged", ImportAction.UNCHANGED)


def report(run, *, rehearsal=False):
    """The whole report as a dictionary; for big files prefer `write`, which holds one row at a time."""
    parts = _parts(run)
    return {name: list(value) if hasattr(value, "__next__") else value for name, value in parts.items()} | {
        "run": None if rehearsal else run.pk
    }


def write(run, stream, *, rehearsal=False):
    """Write the report as JSON to a text stream, list items as they come from the database."""
    stream.write("{")
    for name, value in (_parts(run) | {"run": None if rehearsal else run.pk}).items():
        stream.write(f"{'' if name == 'rows' else ','}\n {_json(name)}: ")
        if not hasattr(value, "__next__"):
            stream.write(_json(value))
            continue
        stream.write("[")
        for position, item in enumerate(value):
            stream.write(f"{',' if position else ''}\n  {_json(item)}")
        stream.write("]")
    stream.write("\n}\n")


def summary(run):
    """A few Polish lines for a person at a terminal."""
    counts = run.counts
    lines = [
        f"Wierszy: {counts['rows']}",
        f"nowe: {counts[ImportAction.CREATE]}, zmienione: {counts[ImportAction.UPDATE]}, "
        f"bez zmian: {counts[ImportAction.UNCHANGED]}",
        f"powtórzone: {counts[ImportAction.REPEATED]}, do decyzji: {counts[ImportAction.WAITING]}, "
        f"odrzucone: {counts[ImportAction.REJECT]}",
    ]
    repairs = sum(counts["repairs"].values())
    if repairs:
        lines.append(f"naprawy zapisu: {repairs}")
    lines += [f"{item['column']}: {item['reason']}".removeprefix(": ") for item in counts["file"]]
    return "\n".join(lines)


def _parts(run):
    counts = run.counts
    return {
        "rows": counts["rows"],
        **{name: counts[action] for name, action in _PLURALS},
        "duplicates": _duplicates(run),
        "rejected": _rejected(run),
        "warnings": _warnings(run),
        "repairs": counts["repairs"],
    }


def _rows(run, actions, *fields):
    rows = ImportRow.objects.filter(run=run, action__in=actions).order_by("number")
    return rows.values_list("number", *fields).iterator(chunk_size=2000)


def _duplicates(run):
    """`of` is the number of an earlier row, or the address of a card."""
    actions = [ImportAction.REPEATED, ImportAction.WAITING]
    for number, of_number, slug, why in _rows(run, actions, "of_number", "organisation__slug", "reason"):
        yield {"row": number, "of": of_number or f"/katalog/{slug}/", "why": why}


def _rejected(run):
    for number, notes in _rows(run, [ImportAction.REJECT], "notes"):
        yield _told(number, notes[0])


def _warnings(run):
    """What was not taken, and what was repaired in more than spelling."""
    yield from run.counts["file"]
    mapping = Mapping(
        tuple(
            Column(index=column["index"], heading=column["heading"], field=column["field"]) for column in run.mapping
        )
    )
    columns = {name: mapping.column_of(name) for name in mapping.fields}
    order = {name: position for position, name in enumerate(columns)}
    names = labels()
    taken = [ImportAction.CREATE, ImportAction.UPDATE, ImportAction.UNCHANGED, ImportAction.WAITING]
    for number, raw, notes, repairs in _rows(run, taken, "raw", "notes", "repairs"):
        for note in notes:
            yield _told(number, note)
        for name, codes in sorted(repairs.items(), key=lambda item: order.get(item[0], len(order))):
            told = [NOTES[code] for code in codes if code not in COUNTED_ONLY]
            if told:
                column = columns.get(name)
                text = raw[column.index] if column and column.index < len(raw) else ""
                heading = column.heading if column else names.get(name, name)
                yield {"row": number, "column": heading, "value": text, "reason": "; ".join(told)}


def _told(number, note):
    return {"row": number, "column": note["column"], "value": note["value"], "reason": note["reason"]}


def _json(value):
    return json.dumps(value, ensure_ascii=False)
