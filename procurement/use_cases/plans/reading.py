"""A file into clean rows, before anything is written."""

from datetime import date
from typing import NamedTuple

from django.db.models import F, Q

from procurement.models import ClauseKind, Mode, PlanHeading
from procurement.plan_sheets.buyers import refuse_others
from procurement.plan_sheets.cpv import CpvTable
from procurement.plan_sheets.drafts import Reader, Tables
from procurement.plan_sheets.modes import ModeTable
from procurement.plan_sheets.repeats import settle_numbers
from procurement.plan_sheets.sheets import NoHeading, PlanFile
from registry.models import CpvCode

_TOLD_EVERY = 200
_NOT_LOADED = "tej kolumny nie wczytano"
_OBLIGATORY = ("mode", "value", "opening")


class ReadFile(NamedTuple):
    """`drafts` are [Draft], `notes` about the file, `layout` what is kept of it for `columns`; `is_doubtful` when the
    law asks for a column that was not found while there are columns nobody knows. `error`: no heading was found."""

    drafts: list
    notes: list
    layout: list
    is_doubtful: bool = False
    error: str = ""


def read_file(path, plan, *, said=None, progress=None):
    """A ReadFile. `said` is what PlanImport.columns holds. UnreadableFile when the file as a whole cannot be read."""
    said = said or {}
    known = remembered(plan) | said.get("fields", {})
    rows = {int(number): row for number, row in said.get("rows", {}).items()}
    reader, drafts = Reader(tables(plan.year), year=plan.year), []
    with PlanFile(path, known=known, rows=rows) as file:
        try:
            for line in file.lines():
                drafts.append(reader.read(line))
                if progress and len(drafts) % _TOLD_EVERY == 0:
                    progress(len(drafts))
        except NoHeading as failure:
            return ReadFile([], [], file.layout.sheets, error=failure.sentence)
        told = [("", words) for words in file.notes] + [(heading, _NOT_LOADED) for heading in file.unknown]
        notes = [{"row": file.heading_row, "column": name, "value": "", "reason": words} for name, words in told]
    is_doubtful = bool(file.nameless) and any(map(_lacks, drafts))
    unit, authority = plan.unit, plan.authority
    refuse_others(drafts, [str(authority), authority.institution.nip, str(unit) if unit else ""])
    settle_numbers(drafts)
    return ReadFile(drafts, notes, file.layout.sheets, is_doubtful)


def _lacks(draft):
    """Whether the table of a row lacks a column that the law asks for; the nature may stand in a title or a number.
    Of a row that was refused before it came to that nobody knows."""
    has_nature = "nature" in draft.given or draft.values.get("nature", True)
    return not (has_nature and set(draft.given).issuperset(_OBLIGATORY))


def remembered(plan):
    """{key of a heading: field or ""}, what was said of the columns of this authority, and before it of this unit."""
    rows = PlanHeading.objects.filter(Q(unit=None) | Q(unit=plan.unit_id), authority=plan.authority_id)
    return dict(rows.order_by(F("unit").asc(nulls_first=True)).values_list("heading", "field"))


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
