"""From a file to staged rows: each read, cleaned, matched and compared, so that a person sees what would happen.

Chunks are committed one by one. A process killed in between leaves whole chunks, and the next one goes on behind them.
"""

import json
from functools import partial
from pathlib import Path

from django.db import transaction

from accounts.jobs.running import nobody_asks
from core.ahead import one_ahead
from core.beside import Beside
from core.memory import no_collecting
from registry.choices import ImportAction, ImportState
from registry.models import ImportRow
from registry.spreadsheets import UnreadableFile, open_sheet
from registry.use_cases.imports import current, namekeys, reading, runs, twins
from registry.use_cases.imports.candidates import candidate_of
from registry.use_cases.imports.compare import compare
from registry.use_cases.imports.drafts import Reader
from registry.use_cases.imports.known import Known
from registry.use_cases.imports.locks import patiently, working_on
from registry.use_cases.imports.mapping import describe, remembered
from registry.use_cases.imports.match import Matcher, Seen
from registry.use_cases.imports.names import name_of
from registry.use_cases.imports.sql import analyze, copy_rows, fetch, reserve_ids

CHUNK = 1_000
# Bytes of a file, some 20,000 rows, that is worth a process beside this one: it takes a second to start.
LARGE = 4_000_000
COLUMNS = (
    "run_id number digest raw cleaned action organisation_id of_number reason similarity changes notes repairs"
).split()
NOT_READY = [ImportState.UPLOADED, ImportState.NEEDS_MAPPING]


def stage(*, run_id, now, path=None, report=nobody_asks):
    """Stage the run's file, or go on where a killed process stopped. Returns the run: `staged` or `needs_mapping`.

    Raises UnreadableFile, with the run `failed` and nothing staged, when the file as a whole cannot be read; Refused
    when somebody works on the run or it has been staged already. `path` is for a file that is not kept. `report(rows)`
    is called after each chunk and may raise, to break the work off.
    """
    with working_on(run_id), no_collecting():
        run = runs.advance(run_id, sources=NOT_READY, target=ImportState.STAGING, error="")
        try:
            path = Path(path or run.file.path)
            with open_sheet(path, remembered=remembered(run.source)) as sheet:
                return _stage_sheet(run, sheet, path, now, report)
        except UnreadableFile as failure:
            runs.drop_rows(run_id)
            runs.advance(run_id, sources=[ImportState.STAGING], target=ImportState.FAILED, error=str(failure)[:500])
            raise


def restage(*, run_id, now, report=nobody_asks):
    """Stage a run from the beginning, against the register as it is now."""
    waiting = [ImportState.STAGED, *NOT_READY]
    runs.advance(run_id, sources=waiting, target=ImportState.UPLOADED)
    runs.drop_rows(run_id)
    return stage(run_id=run_id, now=now, report=report)


def _stage_sheet(run, sheet, path, now, report):
    run.mapping = describe(sheet.mapping)
    run.layout = {"format": sheet.format, "name": sheet.name, "delimiter": sheet.delimiter}
    run.save(update_fields=["mapping", "layout"])
    if "name" not in sheet.mapping.fields:
        return runs.advance(run.pk, sources=[ImportState.STAGING], target=ImportState.NEEDS_MAPPING)
    reader = Reader(mapping=sheet.mapping, other_regions=run.other_regions)
    with transaction.atomic():
        patiently()
        namekeys.refresh()
        seen, last = _seen_before(run)
        known = Known(run, sheet.mapping)
        done = run.rows.count()
    matcher = Matcher(reader, seen)
    with Beside(path.stat().st_size > LARGE) as beside:
        work = partial(reading.lines, known=known, drafting=beside.doing(reading.Drafting(reader)))
        for lines in one_ahead(work, reading.chunks(sheet, size=CHUNK, after=last, digest=known.digest)):
            with transaction.atomic():
                patiently()
                _stage_chunk(run, reader, matcher, known, lines)
            done += len(lines)
            report(done)
    with transaction.atomic():
        patiently()
        # Without fresh statistics the planner reads all rows of all runs once for every one that waits.
        analyze(ImportRow)
        twins.part(run, matcher.seen)
        counts = _counts(run, sheet)
        return runs.advance(
            run.pk,
            sources=[ImportState.STAGING],
            target=ImportState.STAGED,
            counts=counts,
            rows_total=counts["rows"],
            staged_at=now,
        )


def _seen_before(run):
    """(Seen, last row number) of chunks that an earlier process has committed."""
    seen, last = Seen(), 0
    query = "SELECT number, action, organisation_id, cleaned FROM registry_importrow WHERE run_id = %s ORDER BY number"
    for number, action, organisation, cleaned in fetch(query, [run.pk]):
        last = number
        if action in (ImportAction.REJECT, ImportAction.REPEATED):
            continue
        values = json.loads(cleaned)
        known = action in (ImportAction.UPDATE, ImportAction.UNCHANGED)
        new_operator = values.get("new_operator")
        candidate = candidate_of(
            values,
            number=number,
            card=organisation if known else None,
            institution=values.get("institution"),
            operator=name_of(new_operator["name"]).folded if new_operator else values.get("operator"),
        )
        seen.add(candidate, values.get("unit_regon"), is_new=action == ImportAction.CREATE)
    return seen, last


def _stage_chunk(run, reader, matcher, known, lines):
    wanted, claimed = known.take(lines, matcher.seen.by_card)
    matcher.seen.by_card.update(claimed)
    drafts = [line.draft or reader.read(line.row, line.digest) for line in wanted]
    matches = matcher.match([draft for draft in drafts if draft.rejection is None])
    records = [
        _record(run, draft, ImportAction.REJECT, notes=[draft.rejection])
        for draft in drafts
        if draft.rejection is not None
    ]
    cards = current.load({match.card for _, match in matches if match.action == ImportAction.UPDATE})
    hidden = [card.organisation for card in cards.values() if not card.is_public] if run.publish else ()
    withdrawn = current.once_public(hidden) if hidden else set()
    fresh = []
    for draft, match in matches:
        if match.action == ImportAction.REJECT:
            continue
        card = cards.get(match.card)
        if match.action == ImportAction.UPDATE and card:
            records.append(_compared(run, reader, draft, match, card, withdrawn))
        elif match.action in (ImportAction.UPDATE, ImportAction.CREATE):
            fresh.append((draft, match))
        else:
            records.append(
                _record(
                    run,
                    draft,
                    match.action,
                    organisation=match.card,
                    of_number=match.of_number,
                    reason=match.reason,
                    similarity=match.likeness,
                )
            )
    for (draft, match), pk in zip(fresh, reserve_ids("registry_organisation", len(fresh)), strict=True):
        if match.institution:
            draft.values["institution"] = match.institution
        records.append(_record(run, draft, ImportAction.CREATE, organisation=pk))
    copy_rows(ImportRow._meta.db_table, COLUMNS, records)


def _compared(run, reader, draft, match, card, withdrawn):
    changes = compare(
        draft,
        card,
        rank=run.source.rank,
        publish=run.publish,
        withdrawn=match.card in withdrawn,
        note=lambda name, reason: reader.note(draft, name, reason),
    )
    action = ImportAction.UPDATE if changes else ImportAction.UNCHANGED
    return _record(run, draft, action, organisation=match.card, changes=changes)


def _record(
    run, draft, action, *, organisation=None, of_number=None, reason="", similarity=None, changes=None, notes=None
):
    """A tuple in the order of COLUMNS. Of a refused row only the refusal is told."""
    return (
        run.pk,
        draft.number,
        draft.digest,
        _json(draft.raw),
        _json(draft.values),
        action.value,
        organisation,
        of_number,
        reason if notes is None else notes[0]["reason"][:300],
        similarity,
        _json(changes or {}),
        _json(draft.notes if notes is None else notes),
        _json(draft.repairs),
    )


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _json(value):
    return _encode(value) if value else "[]" if isinstance(value, list) else "{}"


def counted(run):
    """{action: number of rows} with every ImportAction."""
    query = "SELECT action, count(*) FROM registry_importrow WHERE run_id = %s GROUP BY action"
    return dict.fromkeys(ImportAction.values, 0) | dict(fetch(query, [run.pk]))


def _counts(run, sheet):
    """What the run keeps for its report: {"rows", one by ImportAction, "repairs": {code: n}, "file": [warnings]}."""
    query = """
        SELECT code, count(*) FROM registry_importrow, jsonb_each(repairs) AS cell,
               jsonb_array_elements_text(cell.value) AS code
        WHERE run_id = %s GROUP BY code ORDER BY code"""
    by_action = counted(run)
    warnings = [
        {
            "row": sheet.heading_row,
            "column": column.heading,
            "value": "",
            "reason": "nie rozpoznano kolumny; pominięto",
        }
        for column in sheet.mapping.unrecognised
    ]
    warnings += [{"row": sheet.heading_row, "column": "", "value": "", "reason": text} for text in sheet.notes]
    return {
        "rows": sum(by_action.values()),
        **by_action,
        "repairs": dict(fetch(query, [run.pk])),
        "file": warnings,
    }
