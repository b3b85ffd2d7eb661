"""Rows that the last file of the source held to the letter: what was found out about them then still holds.

It holds while nothing it depended on has changed: the program, the dictionaries, the meaning of the columns, the
options of the run, and the card itself. Otherwise the row goes the long way.
"""

import functools
import hashlib
from pathlib import Path

from registry.choices import ImportAction, ImportState
from registry.models import DictionaryLoad, ImportRun
from registry.use_cases.imports.sql import fetch
from registry.use_cases.imports.sql import run as execute

# What decides how a row is understood.
_PROGRAM = ("spreadsheets", "use_cases/imports")
_BETWEEN_CELLS = "\x1f"
_SETTLED = (ImportAction.CREATE, ImportAction.UPDATE, ImportAction.UNCHANGED, ImportAction.REJECT)
_COPIED = """
    INSERT INTO registry_importrow
        (run_id, number, digest, raw, cleaned, action, organisation_id, reason, changes, notes, repairs)
    SELECT %s, moved.number, old.digest, old.raw, old.cleaned,
           CASE old.action WHEN %s THEN old.action ELSE %s END, old.organisation_id, old.reason, '{}',
           old.notes, old.repairs
    FROM unnest(%s::int[], %s::int[]) AS moved(number, before)
    JOIN registry_importrow old ON old.run_id = %s AND old.number = moved.before"""
_UNTOUCHED = """
    SELECT o.id FROM registry_organisation o
    LEFT JOIN registry_institution i ON i.id = o.institution_id LEFT JOIN registry_unit u ON u.id = o.unit_id
    WHERE o.id = ANY(%s) AND o.removed_at IS NULL AND i.removed_at IS NULL
      AND greatest(o.updated_at, i.updated_at, u.updated_at) <= %s"""


class Known:
    """The rows of the source's last applied run, by digest."""

    def __init__(self, run, mapping):
        self._key = _key(run, mapping)
        self._run = run
        before = ImportRun.objects.filter(source=run.source, state=ImportState.APPLIED).order_by("-applied_at", "-pk")
        self._before = before.first()
        self._rows = {}
        if self._before:
            query = """SELECT digest, number, organisation_id FROM registry_importrow
                       WHERE run_id = %s AND digest IS NOT NULL AND action = ANY(%s)"""
            for digest, number, card in fetch(query, [self._before.pk, [action.value for action in _SETTLED]]):
                self._rows[bytes(digest)] = (number, card)

    def __contains__(self, digest):
        return digest in self._rows

    def digest(self, row):
        """16 bytes for a Row in this run."""
        text = _BETWEEN_CELLS.join([*row.cells, *(f"{index} {reason}" for index, reason in row.doubts)])
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()

    def take(self, lines, taken):
        """(lines to look at, {card: number}) of [Line]; the others are copied from the last run.

        `taken` are cards that earlier rows of this file have spoken of: a second row goes the long way.
        """
        found = [(line.row.number, *self._rows[line.digest]) for line in lines if line.digest in self._rows]
        if not found:
            return lines, {}
        cards = [card for _, _, card in found if card]
        untouched = {pk for (pk,) in fetch(_UNTOUCHED, [cards, self._before.applied_at])} if cards else set()
        copied, claimed = {}, {}
        for number, then, card in found:
            if card is None:
                copied[number] = then
            elif card in untouched and card not in taken and card not in claimed:
                copied[number] = then
                claimed[card] = number
        if copied:
            words = [ImportAction.REJECT, ImportAction.UNCHANGED]
            execute(_COPIED, [self._run.pk, *words, list(copied), list(copied.values()), self._before.pk])
        return [line for line in lines if line.row.number not in copied], claimed


def _key(run, mapping):
    parts = [_program(), run.source.rank, run.publish, run.other_regions]
    parts += [(column.index, column.heading, column.field) for column in mapping.columns]
    parts += DictionaryLoad.objects.order_by("name").values_list("name", "sha256")
    return hashlib.blake2b(repr(parts).encode(), digest_size=32).digest()


@functools.cache
def _program():
    digest = hashlib.blake2b()
    for folder in _PROGRAM:
        for path in sorted((Path(__file__).resolve().parents[2] / folder).rglob("*.*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()
