"""A file into clean rows, before anything is written."""

from datetime import date

from procurement.models import ClauseKind, Mode
from procurement.plan_sheets.buyers import refuse_others
from procurement.plan_sheets.cpv import CpvTable
from procurement.plan_sheets.drafts import Reader, Tables
from procurement.plan_sheets.modes import ModeTable
from procurement.plan_sheets.repeats import settle_numbers
from procurement.plan_sheets.sheets import PlanFile
from registry.models import CpvCode

_TOLD_EVERY = 200
_NOT_LOADED = "tej kolumny nie wczytano"


def read_file(path, plan, *, progress=None):
    """([Draft], [note about the file]). UnreadableFile when the file as a whole cannot be read."""
    reader, drafts = Reader(tables(plan.year), year=plan.year), []
    with PlanFile(path) as file:
        for line in file.lines():
            drafts.append(reader.read(line))
            if progress and len(drafts) % _TOLD_EVERY == 0:
                progress(len(drafts))
        told = [("", words) for words in file.notes] + [(heading, _NOT_LOADED) for heading in file.unknown]
        notes = [{"row": file.heading_row, "column": name, "value": "", "reason": words} for name, words in told]
    unit, authority = plan.unit, plan.authority
    refuse_others(drafts, [str(authority), authority.institution.nip, str(unit) if unit else ""])
    settle_numbers(drafts)
    return drafts, notes


def tables(year):
    """What CPV codes, modes and clauses mean on the first day of a year."""
    return Tables(
        CpvTable(
            {code8: (code, label) for code8, code, label in CpvCode.objects.values_list("code8", "code", "label_pl")}
        ),
        ModeTable.of(_in_force(Mode, year).values_list("pk", "code", "label", "synonyms", "legal_basis")),
        frozenset(clause_kinds(year)),
    )


def clause_kinds(year):
    """{code: id} of the clauses in force on the first day of a year."""
    return dict(_in_force(ClauseKind, year).values_list("code", "pk"))


def modes(year):
    """Modes in force on the first day of a year; of a year that the rows do not reach, all of them."""
    return _in_force(Mode, year)


def _in_force(model, year):
    rows = model.objects.on(date(year, 1, 1))
    return rows if rows.exists() else model.objects.all()
