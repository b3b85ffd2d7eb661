"""From staged rows to the register: one transaction for the whole run, so that the public sees all of it or nothing.

A process killed on the way leaves the register as it was and the run staged; it can be applied again.
"""

import json
from collections import deque
from functools import partial

import pghistory
from django.db import IntegrityError, transaction

from accounts.jobs.running import nobody_asks
from core.ahead import one_ahead
from core.beside import Beside
from core.constraints import check_each_statement
from core.exceptions import Refused
from core.memory import no_collecting
from registry.choices import ImportAction, ImportState
from registry.models import (
    CatalogueEntry,
    ImportRun,
    Institution,
    NameKey,
    Offer,
    OfferCpv,
    OfferEntry,
    Organisation,
    OrganisationPkd,
    SocialEnterpriseStatus,
    Unit,
)
from registry.use_cases import catalogue
from registry.use_cases.imports import cases, rejected, runs
from registry.use_cases.imports.creating import Creator
from registry.use_cases.imports.locks import patiently, working_on, write_alone
from registry.use_cases.imports.sql import analyze, fetch
from registry.use_cases.imports.sql import run as execute
from registry.use_cases.imports.stage import counted
from registry.use_cases.imports.updating import Updater

CHUNK = 1_000
# So many rows are worth a process beside this one, which takes a second to start.
LARGE = 20_000
WRITTEN = (
    Institution,
    Unit,
    Organisation,
    Offer,
    OfferCpv,
    OrganisationPkd,
    SocialEnterpriseStatus,
    NameKey,
    CatalogueEntry,
    OfferEntry,
)
_RACED = "W czasie zapisu ktoś wpisał do rejestru podmiot o tym samym numerze. Nic nie zapisano; spróbuj jeszcze raz."


def apply(*, run_id, actor=None, now, report=nobody_asks):
    """Write every accepted row of a staged run and return the run, `applied`.

    A row whose card a person has changed since staging is left and counts as refused; likely duplicates go to the
    queue. Refused when the run is not staged, is being worked on, or lost a race for an identifier.
    `report(rows, total=)` is called after each chunk and may raise, to break the work off with nothing written.
    """
    with working_on(run_id), no_collecting():
        runs.advance(run_id, sources=[ImportState.STAGED], target=ImportState.APPLYING, error="")
        try:
            with pghistory.context(**_context(run_id, actor)) as history:
                run = _write(run_id, report, history.id, now)
        except IntegrityError as error:
            runs.advance(run_id, sources=[ImportState.APPLYING], target=ImportState.STAGED, error=_RACED)
            raise Refused(_RACED) from error
    if run.publish and run.rows_total >= CHUNK:
        catalogue.settle()
    return run


def _context(run_id, actor):
    context = {"source": "import", "run": run_id}
    return context | {"user": actor.pk} if actor else context


@transaction.atomic
def _write(run_id, report, history, now):
    # The first statement that is not a SELECT hands the history context to the transaction; COPY would not.
    write_alone()
    # Not all at the end, where one processor would check a million references while the other has nothing to do.
    execute(check_each_statement())
    run = ImportRun.objects.select_related("source").get(pk=run_id)
    creator = Creator(run, now=now)
    updater = Updater(run, creator.operators, now=now)
    pace = Pace(partial(report, total=run.rows_total))
    with Beside(run.rows_total > LARGE) as beside:
        compose, entries_of = beside.doing(creator.compose), beside.doing(catalogue.entries_of)
        made = pace.kept(_created(run_id, creator, compose))
        if run.publish:
            catalogue.refresh_each(made, now=now, made=True, entries_of=entries_of)
        else:
            deque(made, maxlen=0)
        changed = pace.kept(_updated(run_id, updater))
        catalogue.refresh_each(changed, now=now, entries_of=entries_of)
    pace.finish()
    cases.open_waiting(run, now=now)
    rejected.mark_left(run, [*creator.left, *updater.left])
    rejected.write(run)
    counts = run.counts | counted(run)
    return runs.advance(
        run_id,
        sources=[ImportState.APPLYING],
        target=ImportState.APPLIED,
        applied_at=now,
        history_context=history,
        counts=counts,
        rejected_file=run.rejected_file.name,
    )


class Pace:
    """Tells how many rows are done, and the planner of the new ones whenever they have become many times more."""

    def __init__(self, report):
        self._report, self._done, self._next_analysis = report, 0, CHUNK

    def kept(self, chunks):
        """The lists of cards in `chunks`, which are (how many rows were written, cards)."""
        for count, cards in chunks:
            self._done += count
            self._report(self._done)
            if self._done >= self._next_analysis:
                analyze(*WRITTEN)
                self._next_analysis = 5 * self._done
            yield cards

    def finish(self):
        if self._done >= CHUNK:
            analyze(*WRITTEN)


def _created(run_id, creator, compose):
    # Legal persons first: an operator may have a row of its own further down.
    for units in (False, True):
        batches = (creator.prepare(rows) for rows in _chunks(run_id, ImportAction.CREATE, units))
        for batch in one_ahead(compose, batches):
            made = creator.write(batch)
            yield len(made), made


def _updated(run_id, updater):
    for rows in _chunks(run_id, ImportAction.UPDATE, None):
        yield len(rows), updater.update(rows)


def _chunks(run_id, action, units):
    """Lists of (number, organisation id, values, changes) in the order of the file."""
    last = 0
    condition = "" if units is None else f"AND {'' if units else 'NOT'} cleaned ? 'unit'"
    query = f"""
        SELECT number, organisation_id, cleaned, changes FROM registry_importrow
        WHERE run_id = %s AND action = %s AND number > %s {condition} ORDER BY number LIMIT {CHUNK}"""  # noqa: S608
    patiently()
    while rows := fetch(query, [run_id, action, last]):
        last = rows[-1][0]
        yield [(number, pk, json.loads(values), json.loads(changes)) for number, pk, values, changes in rows]
