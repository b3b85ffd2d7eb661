"""What the register says now about the cards that a chunk of rows speaks of, in the shape of a row's values."""

import json
from dataclasses import dataclass, field

from registry.choices import DuplicateState
from registry.models import Institution, Organisation, Unit
from registry.use_cases.imports.fields import CARD, INSTITUTION, UNIT
from registry.use_cases.imports.sql import fetch

_DATE_COLUMNS = frozenset(("started_on", "verified_on", "source_as_of"))


@dataclass(slots=True)
class Current:
    """One card. `values` are flat, dates as ISO text, like those of a draft."""

    organisation: int
    institution: int | None
    unit: int | None
    values: dict
    verified: dict
    source_rank: int
    is_public: bool
    offers: set = field(default_factory=set)
    statuses: list = field(default_factory=list)
    pkd: set = field(default_factory=set)


def load(organisation_ids, *, lock=False):
    """{organisation id: Current} of living cards; with `lock` the rows stay locked until the transaction ends."""
    ids = list(organisation_ids)
    if not ids:
        return {}
    if lock:
        _lock(ids)
    cards = {}
    columns = list(CARD.values())
    query = f"""
        SELECT o.id, o.institution_id, o.unit_id, o.verified_fields, coalesce(s.rank, 0), o.published_at IS NOT NULL,
               {_listed("o", columns)}
        FROM registry_organisation o LEFT JOIN registry_datasource s ON s.id = o.source_id
        WHERE o.id = ANY(%s) AND o.removed_at IS NULL"""  # noqa: S608
    for pk, institution, unit, verified, rank, public, *found in fetch(query, [ids]):
        values = dict(zip(CARD, found, strict=True))
        # A raw cursor gives JSON as text: Django turns off psycopg's own reading of it.
        cards[pk] = Current(pk, institution, unit, values, json.loads(verified), rank, public)
    _add_parties(cards)
    _add_rows_of_their_own(cards)
    return cards


def _listed(alias, columns):
    return ", ".join(
        f'{alias}."{column}"::text' if column in _DATE_COLUMNS else f'{alias}."{column}"' for column in columns
    )


def _lock(ids):
    fetch(f'SELECT 1 FROM "{Organisation._meta.db_table}" WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE', [ids])  # noqa: S608
    for model, column in ((Institution, "institution_id"), (Unit, "unit_id")):
        fetch(
            f"""SELECT 1 FROM "{model._meta.db_table}" WHERE id IN
                (SELECT {column} FROM registry_organisation WHERE id = ANY(%s)) ORDER BY id FOR NO KEY UPDATE""",  # noqa: S608
            [ids],
        )


def _add_parties(cards):
    for model, columns, attribute in ((Institution, INSTITUTION, "institution"), (Unit, UNIT, "unit")):
        wanted = {
            getattr(card, attribute): card
            for card in cards.values()
            if getattr(card, attribute) and (attribute == "unit" or card.unit is None)
        }
        if not wanted:
            continue
        query = (
            f"""SELECT p.id, {_listed("p", columns.values())} FROM "{model._meta.db_table}" p WHERE p.id = ANY(%s)"""  # noqa: S608
        )
        for pk, *found in fetch(query, [list(wanted)]):
            wanted[pk].values.update(zip(columns, found, strict=True))


def _add_rows_of_their_own(cards):
    ids = list(cards)
    for pk, name in fetch("SELECT organisation_id, name FROM registry_offer WHERE organisation_id = ANY(%s)", [ids]):
        cards[pk].offers.add(name)
    for pk, code in fetch(
        "SELECT organisation_id, code_id FROM registry_organisationpkd WHERE organisation_id = ANY(%s)", [ids]
    ):
        cards[pk].pkd.add(code)
    query = """
        SELECT o.id, s.granted_on::text, s.lost_on::text, s.decision_number
        FROM registry_organisation o JOIN registry_socialenterprisestatus s ON s.institution_id = o.institution_id
        WHERE o.id = ANY(%s) AND o.unit_id IS NULL"""
    for pk, granted, lost, number in fetch(query, [ids]):
        cards[pk].statuses.append({"granted_on": granted, "lost_on": lost, "decision_number": number})


def once_public(organisation_ids):
    """Those of the cards that were in the catalogue at some time and were taken out of it by a person."""
    query = """SELECT DISTINCT pgh_obj_id FROM registry_organisationevent
               WHERE pgh_obj_id = ANY(%s) AND published_at IS NOT NULL"""
    return {pk for (pk,) in fetch(query, [list(organisation_ids)])}


def questions(fingerprints):
    """What people were asked about rows: ({fingerprint: card it was joined with}, {fingerprint: {cards it was told
    from}}, {fingerprint: (card, why) still to be decided}).
    """
    merged, apart, waiting = {}, {}, {}
    query = """
        SELECT d.fingerprint, d.state, coalesce(o.merged_into_id, o.id), d.why
        FROM registry_duplicatecase d JOIN registry_organisation o ON o.id = d.organisation_id
        WHERE d.fingerprint = ANY(%s) AND d.other_id IS NULL AND (o.removed_at IS NULL OR o.merged_into_id IS NOT NULL)
        ORDER BY d.id"""
    for fingerprint, state, organisation, why in fetch(query, [list(fingerprints)]):
        if state == DuplicateState.MERGED:
            merged[fingerprint] = organisation
        elif state == DuplicateState.KEPT_APART:
            apart.setdefault(fingerprint, set()).add(organisation)
        else:
            waiting[fingerprint] = (organisation, why)
    return merged, apart, waiting
