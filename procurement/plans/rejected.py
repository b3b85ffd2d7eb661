"""Refused rows in one layout of ours, whatever tables they came from; it is read as any other plan."""

COLUMNS = {
    "position": "Pozycja planu",
    "subject": "Przedmiot zamówienia",
    "nature": "Rodzaj zamówienia",
    "mode": "Przewidywany tryb albo procedura udzielenia zamówienia",
    "value": "Orientacyjna wartość zamówienia",
    "opening": "Przewidywany termin wszczęcia postępowania",
    "cpv": "Kody CPV",
    "parts": "Liczba części",
    "clauses": "Klauzule społeczne",
    "remarks": "Informacje dodatkowe",
    "update": "Informacja na temat aktualizacji",
}


def as_sheet(drafts):
    """(heading, [(cells, reason)]). A nature that stood in a title above the row is written into it."""
    return list(COLUMNS.values()), [(_cells(one), _reason(one["rejection"])) for one in drafts]


def _cells(draft):
    texts = dict(draft["texts"])
    texts.setdefault("nature", draft["values"].get("nature") or draft.get("section_nature", ""))
    return [texts.get(name, "") for name in COLUMNS]


def _reason(told):
    return f"{told['column']}: {told['reason']}" if told["column"] else told["reason"]
