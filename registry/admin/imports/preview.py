"""A staged run to the row: tabs with counts, and each row in words."""

from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from registry.admin.imports.words import Words
from registry.choices import ImportAction
from registry.spreadsheets.repairs import NOTES

HAS_NOTES = ~Q(notes=[]) & ~Q(action=ImportAction.REJECT)
# How compare.py tells of what the register holds and the row may not change.
CONFLICTS = (
    "dane potwierdzone przez człowieka",
    "ważniejsze źródło podaje",
    "rejestr ma już status PS",
    "zostawiono dotychczasowy",
    "kartę wycofał z katalogu człowiek",
)
IN_CONFLICT = reduce(or_, (Q(notes__icontains=words) for words in CONFLICTS))
TABS = {
    "nowe": ("Nowe", Q(action=ImportAction.CREATE)),
    "zmiany": ("Zmiany", Q(action=ImportAction.UPDATE)),
    "konflikty": ("Zostawione", HAS_NOTES & IN_CONFLICT),
    "duplikaty": ("Do decyzji", Q(action=ImportAction.WAITING)),
    "powtorzone": ("Powtórzone", Q(action=ImportAction.REPEATED)),
    "odrzucone": ("Odrzucone", Q(action=ImportAction.REJECT)),
    "uwagi": ("Z uwagami", HAS_NOTES),
    "bez-zmian": ("Bez zmian", Q(action=ImportAction.UNCHANGED)),
}
EXPLAINED = {
    "nowe": "Tych podmiotów nie ma jeszcze w rejestrze.",
    "zmiany": "Te podmioty są w rejestrze; obok stare i nowe wartości.",
    "konflikty": "Plik mówi co innego niż rejestr, ale dane w rejestrze potwierdził człowiek albo ważniejsze źródło.",
    "duplikaty": "To może być podmiot, który już jest w rejestrze. Po zapisie rozstrzygniesz to w kolejce powtórzeń.",
    "powtorzone": "Ten sam podmiot jest już we wcześniejszym wierszu pliku.",
    "odrzucone": "Tych wierszy nie da się wczytać. Po zapisie pobierzesz je w osobnym pliku, z powodem w kolumnie.",
    "uwagi": "Wiersz zostanie wczytany, ale któraś z wartości nie.",
    "bez-zmian": "Rejestr ma już wszystko, co jest w tych wierszach.",
}
# The same tabs once the run has been written.
TOLD_AFTER = EXPLAINED | {
    "nowe": "Te podmioty import dodał do rejestru.",
    "zmiany": "W tych podmiotach import zmienił dane; obok stare i nowe wartości.",
    "duplikaty": "To może być podmiot, który już był w rejestrze; rozstrzygnij to w kolejce powtórzeń.",
    "odrzucone": "Tych wierszy nie wczytano. Pobierzesz je w osobnym pliku, z powodem w kolumnie.",
    "uwagi": "Wiersz wczytano, ale którejś z wartości nie.",
    "bez-zmian": "Rejestr miał już wszystko, co jest w tych wierszach.",
}


@dataclass
class Line:
    """One row for the page: `changes` are (name, old, new), `notes` (column, value, reason), `facts` (name, value)."""

    number: int
    name: str
    action: str
    card: int | None
    reason: str
    of_number: int | None
    facts: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    repairs: list = field(default_factory=list)


def tabs(run, current=None):
    """[{code, label, count, current}]; what rows do is counted with the run, notes are counted here."""
    told = run.rows.aggregate(konflikty=Count("pk", filter=TABS["konflikty"][1]), uwagi=Count("pk", filter=HAS_NOTES))
    counts = {code: run.counts.get(ACTIONS[code], 0) for code in ACTIONS} | told
    return [
        {"code": code, "label": label, "count": counts[code], "current": code == current}
        for code, (label, _) in TABS.items()
    ]


ACTIONS = {
    "nowe": ImportAction.CREATE,
    "zmiany": ImportAction.UPDATE,
    "duplikaty": ImportAction.WAITING,
    "powtorzone": ImportAction.REPEATED,
    "odrzucone": ImportAction.REJECT,
    "bez-zmian": ImportAction.UNCHANGED,
}


def first_tab(tabs_with_counts):
    """The first tab that has rows, so that a person does not begin with an empty page."""
    return next((tab["code"] for tab in tabs_with_counts if tab["count"]), "nowe")


def rows(run, tab, *, words=""):
    """Rows of a tab in the order of the file, those whose name holds the words."""
    found = run.rows.filter(TABS[tab][1]).order_by("number")
    return found.filter(cleaned__name__icontains=words) if words else found


def lines(page_of_rows, *, run):
    """Lines of one page; every code on it is named in one query more."""
    page_of_rows = list(page_of_rows)
    words = Words(pair for row in page_of_rows for pair in _pairs(row))
    name_column = next((column["index"] for column in run.mapping if column["field"] in NAME_FIELDS), None)
    return [_line(row, words, name_column) for row in page_of_rows]


NAME_FIELDS = ("name", "name_and_address", "town_and_name")
# Said elsewhere in the line, or of no use to a reader.
UNSAID = {"name", "fingerprint", "institution", "unit"}


def _line(row, words, name_column):
    raw_name = row.raw[name_column] if name_column is not None and name_column < len(row.raw) else ""
    return Line(
        number=row.number,
        name=row.cleaned.get("name") or raw_name or "bez nazwy",
        action=row.action,
        card=row.organisation_id,
        reason=row.reason,
        of_number=row.of_number,
        facts=[
            (words.label(name), words.said(name, value))
            for name, value in row.cleaned.items()
            if name not in UNSAID and value not in (None, "", [], False)
        ],
        changes=[
            (words.label(name), words.said(name, old), words.said(name, new))
            for name, (old, new) in row.changes.items()
        ],
        notes=[(note["column"], note["value"], note["reason"]) for note in row.notes],
        repairs=[NOTES[code] for code in dict.fromkeys(code for codes in row.repairs.values() for code in codes)],
    )


def _pairs(row):
    yield from row.cleaned.items()
    for name, (old, new) in row.changes.items():
        yield name, old
        yield name, new
