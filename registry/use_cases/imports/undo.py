"""Taking back a whole run, by the history that the database wrote of it."""

from dataclasses import dataclass

import pghistory
from django.db import transaction

from core.exceptions import Refused
from registry.choices import DuplicateState, ImportState
from registry.models import (
    Confirmation,
    DuplicateCase,
    ImportRun,
    Institution,
    NameKey,
    Offer,
    OfferCpv,
    Organisation,
    OrganisationPkd,
    SocialEnterpriseStatus,
    Unit,
)
from registry.use_cases import catalogue
from registry.use_cases.imports import runs, traces
from registry.use_cases.imports.locks import patiently, working_on, write_alone
from registry.use_cases.imports.sql import run as execute

# In the order in which rows may be deleted.
WRITTEN = (OfferCpv, Offer, OrganisationPkd, Organisation, SocialEnterpriseStatus, Unit, Institution)


@dataclass(frozen=True)
class Touched:
    """A card of the run that somebody has changed or built upon since."""

    organisation: int
    name: str


def touched(*, run_id):
    """Cards that undoing the run would take somebody's later work from: [Touched] by name."""
    with transaction.atomic():
        patiently()
        return _named(traces.touched_cards(_applied(run_id).history_context))


def undo(*, run_id, leave_touched=False, actor=None, now):
    """Take back what the run wrote: remove what it made, give back what it changed. Returns cards left as they are.

    Refused while somebody has changed one of its cards since, unless `leave_touched`; then those stay whole. A party
    that others lean on (an operator of later units) stays too.
    """
    with working_on(run_id):
        run = runs.advance(run_id, sources=[ImportState.APPLIED], target=ImportState.UNDOING, error="")
        try:
            with pghistory.context(**_context(run, actor)):
                return _undo(run, leave_touched, now)
        except Refused as refusal:
            runs.advance(run_id, sources=[ImportState.UNDOING], target=ImportState.APPLIED, error=str(refusal)[:500])
            raise


def _context(run, actor):
    context = {"source": "import-undo", "run": run.pk}
    return context | {"user": actor.pk} if actor else context


def _applied(run_id):
    run = ImportRun.objects.get(pk=run_id)
    if run.state not in (ImportState.APPLIED, ImportState.UNDOING):
        raise Refused("Cofnąć można tylko zapisany import.")
    return run


@transaction.atomic
def _undo(run, leave_touched, now):
    write_alone()
    kept = traces.touched_cards(run.history_context)
    left = _named(kept)
    if left and not leave_touched:
        names = ", ".join(card.name for card in left[:3]) + (" i inne" if len(left) > 3 else "")
        raise Refused(f"Po imporcie zmieniono karty ({len(left)}): {names}. Cofnij pozostałe albo zostaw import.")
    wrote = traces.Traces(run.history_context, without_cards=kept)
    # Hidden first, so that the catalogue forgets them in its own way.
    made, changed = wrote.made(Organisation), wrote.changed_cards()
    Organisation.objects.filter(pk__in=made).update(published_at=None)
    catalogue.refresh(made, now=now)
    for model in WRITTEN:
        wrote.give_back(model, now=now)
    Confirmation.objects.filter(run=run).exclude(organisation__in=kept).delete()
    DuplicateCase.objects.filter(row__run=run, state=DuplicateState.OPEN).delete()
    execute("DELETE FROM registry_duplicatecase WHERE organisation_id = ANY(%s) OR other_id = ANY(%s)", [made, made])
    for model in WRITTEN:
        ids = wrote.made(model)
        if model is Institution:
            ids = traces.free_institutions(ids)
        if model in (Institution, Unit):
            column = "institution_id" if model is Institution else "unit_id"
            execute(f'DELETE FROM "{NameKey._meta.db_table}" WHERE {column} = ANY(%s)', [ids])  # noqa: S608
        execute(f'DELETE FROM "{model._meta.db_table}" WHERE id = ANY(%s)', [ids])  # noqa: S608
    catalogue.refresh(changed, now=now)
    runs.advance(run.pk, sources=[ImportState.UNDOING], target=ImportState.UNDONE, undone_at=now)
    return left


def _named(cards):
    found = Organisation.objects.with_party().filter(pk__in=cards)
    return sorted((Touched(card.pk, str(card)) for card in found), key=lambda card: (card.name, card.organisation))
