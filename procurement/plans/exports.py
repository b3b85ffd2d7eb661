"""A plan as rows of a sheet, in columns that an import reads."""

from procurement.models.postings import posting_address
from procurement.opening import opening_words
from procurement.plans import words
from procurement.plans.rejected import COLUMNS
from procurement.plans.rows import items

_FIRST = ("Jednostka", "Rok")
_LAST = ("Adres",)
_KINDS = {"dodanie": "dodanie pozycji", "zmiana": "zmiana pozycji", "rezygnacja": "rezygnacja z pozycji"}


def lines(plans):
    """The heading, then every position of the published versions."""
    yield [*_FIRST, *COLUMNS.values(), *_LAST]
    for plan in plans:
        for item in items(version=plan.current_id):
            yield _line(plan, item)


def _line(plan, item):
    values = {
        "position": item.position.number,
        "subject": item.subject,
        "nature": "usługi społeczne i inne szczególne usługi" if item.is_social else words.nature(item.nature),
        "mode": item.mode.label if item.mode else "",
        "value": words.typed_amount(item.value, item.is_approximate),
        "opening": opening_words(item.opens_on, item.opens_precision),
        "cpv": ", ".join(link.code.code for link in item.cpv_links.all()),
        "parts": str(item.parts or ""),
        "clauses": "; ".join(str(clause.kind) for clause in item.clauses.all()),
        "remarks": item.remarks,
        "update": _KINDS.get(item.update_kind, ""),
    }
    return [
        str(plan.unit or ""),
        str(plan.year),
        *(values[name] for name in COLUMNS),
        posting_address(item.position_id, item.subject),
    ]
