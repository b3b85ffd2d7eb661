"""The queue of likely duplicates: a row of a file beside a card, or two cards, and what a person decides of them."""

from contextlib import contextmanager
from types import SimpleNamespace

import pghistory
from django.db import IntegrityError, transaction

from core.exceptions import Refused
from registry.choices import DuplicateState
from registry.models import DuplicateCase, ImportRow, Institution, Organisation
from registry.use_cases import catalogue, merging
from registry.use_cases.imports import current, lookups
from registry.use_cases.imports.compare import compare
from registry.use_cases.imports.creating import Creator
from registry.use_cases.imports.fields import labels
from registry.use_cases.imports.operators import Operators
from registry.use_cases.imports.sql import reserve_ids
from registry.use_cases.imports.updating import Updater

_NOT_SHOWN = frozenset(("unit", "institution", "fingerprint"))


def open_cases():
    """Queryset of cases that wait for a decision, the likeliest first."""
    cases = DuplicateCase.objects.filter(state=DuplicateState.OPEN, organisation__removed_at__isnull=True)
    related = ("organisation__institution", "organisation__unit", "other__institution", "other__unit", "row__run")
    return cases.select_related(*related).order_by("-similarity", "pk")


def sides(case):
    """Both sides for a person to compare: [(label, value of the card, value of the other side, differs)].

    Values are those of registry.use_cases.imports.fields: codes for dictionaries, lists for lists, None for nothing.
    """
    cards = current.load([pk for pk in (case.organisation_id, case.other_id) if pk])
    mine = _shown(cards.get(case.organisation_id))
    if case.other_id:
        theirs = _shown(cards.get(case.other_id))
    else:
        cells = case.row.cleaned if case.row else {}
        theirs = {name: value for name, value in cells.items() if name not in _NOT_SHOWN}
        theirs["offers"] = [offer[0] for offer in theirs.get("offers", ())]
    names = [name for name in (*mine, *theirs) if mine.get(name) or theirs.get(name)]
    told = labels()
    return [
        (told.get(name, name), mine.get(name), theirs.get(name), mine.get(name) != theirs.get(name))
        for name in dict.fromkeys(names)
    ]


def open_pair(*, organisation_id, other_id, why):
    """Put two cards into the queue; the same pair is not put twice. Returns the case."""
    first, second = sorted((organisation_id, other_id))
    if first == second:
        raise Refused("To jest jedna i ta sama karta.")
    case, _ = DuplicateCase.objects.get_or_create(organisation_id=first, other_id=second, defaults={"why": why[:300]})
    return case


def merge(*, case_id, keep_id=None, actor=None, now):
    """It is one organisation. A row of a file changes the card; of two cards `keep_id` stays (else the older one).

    What a person has confirmed is left, the name of the card too. The next file with the same row finds the card by
    itself. Returns the card.
    """
    with _decided(case_id, DuplicateState.MERGED, actor, now) as case:
        if case.other_id:
            keep_id = keep_id or min(case.organisation_id, case.other_id)
            if keep_id not in (case.organisation_id, case.other_id):
                raise Refused("Tej karty nie ma w tej sprawie.")
            drop_id = case.other_id if keep_id == case.organisation_id else case.organisation_id
            return merging.merge(keep_id=keep_id, drop_id=drop_id, now=now)
        _change_card(case, now)
        return case.organisation


def keep_apart(*, case_id, actor=None, now):
    """They are two. A row of a file becomes a card of its own; returns it, or None for two cards.

    Refused when the row gives a number that the register has already: two living organisations cannot share one.
    """
    with _decided(case_id, DuplicateState.KEPT_APART, actor, now) as case:
        return None if case.other_id else _make_card(case, now)


@contextmanager
def _decided(case_id, state, actor, now):
    """One transaction with a history context of its own; the case is locked, and closed when the block succeeds."""
    context = {"source": "duplicates", "case": case_id} | ({"user": actor.pk} if actor else {})
    try:
        with pghistory.context(**context), transaction.atomic():
            case = DuplicateCase.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
            if case is None or case.state != DuplicateState.OPEN:
                raise Refused("Tę sprawę już rozstrzygnięto.")
            case.state, case.decided_by, case.decided_at = state, actor, now
            # The first writing statement, which hands the history context to the rows that are copied afterwards.
            case.save(update_fields=["state", "decided_by", "decided_at"])
            yield case
    except IntegrityError as error:
        raise Refused("Numer z wiersza ma już w rejestrze inny podmiot; popraw dane i spróbuj jeszcze raz.") from error


def _row_of(case):
    if case.row is None:
        raise Refused("Wiersza tego importu już nie ma; wczytaj plik jeszcze raz.")
    return case.row


def _change_card(case, now):
    row = _row_of(case)
    card = current.load([case.organisation_id], lock=True).get(case.organisation_id)
    if card is None:
        raise Refused("Tej karty już nie ma w rejestrze.")
    values = {name: value for name, value in row.cleaned.items() if name != "name"}
    changes = compare(
        SimpleNamespace(values=values, guessed=frozenset(("kind", "legal_form"))),
        card,
        rank=row.run.source.rank,
        publish=row.run.publish,
        withdrawn=bool(current.once_public([card.organisation])),
        note=lambda name, reason: None,
    )
    if changes:
        updater = Updater(row.run, Operators(now=now), now=now)
        catalogue.refresh(updater.update([(row.number, card.organisation, values, changes)]), now=now)
    ImportRow.objects.filter(pk=row.pk).update(organisation=case.organisation_id)


def _make_card(case, now):
    row = _row_of(case)
    values = row.cleaned
    known = {} if "unit" in values else lookups.by_identifiers([values])
    if known:
        (name, number), party = next(iter(known.items()))
        raise Refused(f"{name.upper()} {number} ma już w rejestrze {Institution.objects.get(pk=party.institution)}.")
    (pk,) = reserve_ids(Organisation._meta.db_table, 1)
    catalogue.refresh(Creator(row.run, now=now).create([(row.number, pk, values, {})]), now=now)
    ImportRow.objects.filter(pk=row.pk).update(organisation=pk)
    return Organisation.objects.get(pk=pk)


def _shown(card):
    if card is None:
        return {}
    return card.values | {"offers": sorted(card.offers), "ps": card.statuses}
