"""Everything that entries are made of, read for many cards at once in three statements."""

from collections import namedtuple
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from registry.sql import MARKS

LOCK = "SELECT id FROM registry_organisation WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"

# Times are read as text: they go from one table to another, and making datetimes of them takes longer than the query.
# A unit has name, address and contact of its own, but status, legal form and OPP belong to legal persons only.
CARDS = """
SELECT o.id, o.slug, o.description, o.mission, o.serves, o.activity, o.verified_on::text, o.published_at::text,
       o.latitude, o.longitude, o.kind_id, k.label AS kind_label, k.short_label AS kind_short,
       party.name, party.short_name, party.sort_key, party.town, party.county_id, party.municipality_id,
       c.name AS county_name, c.is_city, m.name AS municipality_name, r.name AS region_name,
       CASE WHEN u.id IS NULL THEN i.legal_form_id END AS form_id,
       CASE WHEN u.id IS NOT NULL THEN op.name END AS operator_name,
       k.is_art94 OR o.art94_declared OR (u.id IS NULL AND i.is_zpch) AS art94,
       u.id IS NULL AND i.is_opp AS opp,
       u.id IS NULL AND EXISTS (
           SELECT FROM registry_socialenterprisestatus s
           WHERE s.institution_id = i.id AND s.granted_on <= %(today)s
             AND (s.lost_on IS NULL OR s.lost_on > %(today)s)
       ) AS ps,
       ARRAY(SELECT p.version || ':' || p.symbol FROM registry_organisationpkd op_ JOIN registry_pkdcode p
             ON p.id = op_.code_id WHERE op_.organisation_id = o.id) AS pkd,
       ARRAY(SELECT DISTINCT w.town FROM registry_workplace w WHERE w.organisation_id = o.id) AS workplaces,
       GREATEST(o.updated_at, party.updated_at, o.published_at,
                (SELECT max(f.updated_at) FROM registry_offer f WHERE f.organisation_id = o.id))::text AS changed_at
FROM registry_organisation o
JOIN registry_organisationkind k ON k.code = o.kind_id
LEFT JOIN registry_institution i ON i.id = o.institution_id
LEFT JOIN registry_unit u ON u.id = o.unit_id
LEFT JOIN registry_institution op ON op.id = u.operator_id
CROSS JOIN LATERAL (
    SELECT i.name, i.short_name, i.sort_key, i.town, i.county_id, i.municipality_id, i.updated_at WHERE u.id IS NULL
    UNION ALL
    SELECT u.name, u.short_name, u.sort_key, u.town, u.county_id, u.municipality_id, u.updated_at
    WHERE u.id IS NOT NULL
) party
LEFT JOIN registry_county c ON c.teryt = party.county_id
LEFT JOIN registry_municipality m ON m.teryt = party.municipality_id
LEFT JOIN registry_region r ON r.teryt = c.region_id
WHERE o.id = ANY(%(ids)s) AND o.published_at IS NOT NULL AND o.removed_at IS NULL
  AND NOT EXISTS (SELECT FROM registry_closing z WHERE z.organisation_id = o.id)
ORDER BY o.id
"""

# Marks are joined as a whole: asked for one offer at a time, the planner takes the index of the exclusion constraint,
# which is a hundred times slower than one by offer.
OFFERS = """
WITH marks AS MATERIALIZED ({marks})
SELECT f.id, f.organisation_id, f.name, f.description, f.serves, f.category_id,
       greatest(o.published_at, f.created_at)::text AS published_at,
       greatest(o.published_at, f.updated_at)::text AS changed_at,
       c.label AS category_label, cpv.codes AS cpv, cpv.labels AS cpv_labels,
       marks.until::text AS mark_until
FROM registry_offer f
JOIN registry_organisation o ON o.id = f.organisation_id
LEFT JOIN marks ON marks.offer_id = f.id
LEFT JOIN registry_offercategory c ON c.code = f.category_id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(l.code_id), '{}') AS codes, coalesce(array_agg(v.label_pl), '{}') AS labels
    FROM registry_offercpv l JOIN registry_cpvcode v ON v.code8 = l.code_id WHERE l.offer_id = f.id
) cpv
WHERE f.organisation_id = ANY(%(ids)s) AND f.removed_at IS NULL
ORDER BY f.organisation_id, f.position, f.id
""".replace("{marks}", MARKS)

_ASSIGN_BITS = """
INSERT INTO registry_categorybit (category_id, bit)
SELECT code, (SELECT coalesce(max(bit), -1) FROM registry_categorybit) + row_number() OVER (ORDER BY position)
FROM registry_offercategory WHERE code NOT IN (SELECT category_id FROM registry_categorybit)
ON CONFLICT DO NOTHING
"""
_BITS = "SELECT code, bit FROM registry_offercategory LEFT JOIN registry_categorybit ON category_id = code"


class Facts(NamedTuple):
    """`cards` and `offers` are (column names, tuples), the offers in the order of their cards; what `rows` takes."""

    ids: list
    cards: tuple
    offers: tuple
    # {category: its bit}
    bits: dict


def facts(cursor, ids, today):
    """`Facts` of these cards, which stay locked until the transaction ends."""
    cursor.execute(LOCK, [ids])
    cards = _found(cursor, CARDS, {"ids": ids, "today": today})
    offers = _found(cursor, OFFERS, {"ids": [card[0] for card in cards[1]], "today": today})
    return Facts(ids, cards, offers, category_bits(cursor))


def category_bits(cursor):
    """{category: its bit in CatalogueEntry.category_bits}; a category that has none yet is given the next one."""
    cursor.execute(_BITS)
    bits = dict(cursor.fetchall())
    if None in bits.values():
        cursor.execute(_ASSIGN_BITS)
        cursor.execute(_BITS)
        bits = dict(cursor.fetchall())
    return bits


def rows(columns, found):
    """What a query found, as named tuples."""
    row = namedtuple("Row", columns)
    return [row._make(values) for values in found]


def grouped(offers):
    """{organisation: its offers}."""
    return {pk: list(mine) for pk, mine in groupby(offers, key=attrgetter("organisation_id"))}


def _found(cursor, query, parameters):
    cursor.execute(query, parameters)
    return [column.name for column in cursor.description], cursor.fetchall()
