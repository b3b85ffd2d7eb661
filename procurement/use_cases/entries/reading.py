"""Everything that entries are made of, read for many postings at once in two statements."""

from collections import namedtuple

LOCK = "SELECT id FROM procurement_posting WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"

# Times are read as text: they go from one table to another, and making datetimes of them takes longer than the query.
_BUYER = """
       a.id AS buyer_id, a.slug AS buyer_slug, i.name AS buyer_name, i.short_name AS buyer_short, i.nip AS buyer_nip,
       i.town AS buyer_town, u.name AS unit_name, c.name AS county_name, mu.name AS municipality_name,
       mode.code AS mode, mode.label AS mode_label, mode.synonyms AS mode_synonyms,
       cpv.numbers AS cpv, cpv.codes AS cpv_codes, cpv.labels AS cpv_labels,
       clause.codes AS clauses, clause.articles, clause.labels AS clause_labels
"""


def _codes(table, column, one):
    return f"""
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(v.code8 ORDER BY l."order", l.id), '{{}}') AS numbers,
           coalesce(array_agg(v.code ORDER BY l."order", l.id), '{{}}') AS codes,
           coalesce(array_agg(v.label_pl ORDER BY l."order", l.id), '{{}}') AS labels
    FROM {table} l JOIN registry_cpvcode v ON v.code8 = l.code_id WHERE l.{column} = {one}
) cpv
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT k.code), '{{}}') AS codes,
           coalesce(array_agg(DISTINCT k.article) FILTER (WHERE k.article ~ '^[0-9]'), '{{}}') AS articles,
           coalesce(array_agg(DISTINCT k.label), '{{}}') AS labels
    FROM procurement_clause s JOIN procurement_clausekind k ON k.id = s.kind_id WHERE s.{column} = {one}
) clause
"""  # noqa: S608 - names of our own tables


# What a plan gives up is no order to wait for. A change of an item is of the day of the version that brought it.
ITEMS = f"""
SELECT x.posting_id AS id, po.ocid, n.subject, n.remarks AS text, n.nature, n.update_kind AS state,
       n.value::text AS value, n.is_approximate, p.year, x.number, p.bzp_number AS plan_number, p.url,
       n.opens_on::text AS opens_on, n.opens_precision,
       (n.opens_on::timestamp AT TIME ZONE 'Europe/Warsaw')::text AS due_at,
       i.county_id, i.municipality_id, '' AS place, told.first::text AS published_at, told.last::text AS changed_at,
       {_BUYER}
FROM procurement_planposition x
JOIN procurement_posting po ON po.id = x.posting_id
JOIN procurement_plan p ON p.id = x.plan_id
JOIN procurement_planitem n ON n.version_id = p.current_id AND n.position_id = x.posting_id
JOIN procurement_contractingauthority a ON a.id = p.authority_id
JOIN registry_institution i ON i.id = a.institution_id
LEFT JOIN procurement_orderingunit u ON u.id = p.unit_id
LEFT JOIN registry_county c ON c.teryt = i.county_id
LEFT JOIN registry_municipality mu ON mu.teryt = i.municipality_id
LEFT JOIN procurement_mode mode ON mode.id = n.mode_id
CROSS JOIN LATERAL (
    SELECT min(v.published_at) AS first,
           coalesce(max(v.published_at) FILTER (WHERE o.update_kind <> ''), min(v.published_at)) AS last
    FROM procurement_planitem o JOIN procurement_planversion v ON v.id = o.version_id
    WHERE o.position_id = x.posting_id AND v.state = 'ogloszona'
) told
{_codes("procurement_planitemcpv", "item_id", "n.id")}
WHERE x.posting_id = ANY(%(ids)s) AND n.update_kind <> 'rezygnacja'
ORDER BY x.posting_id
"""  # noqa: S608

# A value that is not to be shown is not read. What was agreed is public in any case (art. 260 and 309 PZP).
NOTICES = f"""
SELECT n.posting_id AS id, po.ocid, n.subject, n.description AS text, n.nature, n.state, n.kind AS notice_kind,
       coalesce(CASE WHEN n.state = 'rozstrzygniete' THEN got.value END,
                CASE WHEN n.value_is_public THEN n.value END)::text AS value,
       FALSE AS is_approximate,
       extract(year FROM n.published_at AT TIME ZONE 'Europe/Warsaw')::int AS year,
       n.bzp_number, n.ted_number, n.bk_number, n.signature, n.procedure_id, n.url,
       p.bzp_number AS plan_number, pp.number AS position_number,
       n.deadline_at::text AS deadline_at,
       CASE WHEN n.state = 'ogloszone' THEN n.deadline_at END::text AS due_at,
       coalesce(n.county_id, mu_n.county_id, CASE WHEN n.place = '' THEN i.county_id END) AS county_id,
       coalesce(n.municipality_id, CASE WHEN n.place = '' AND n.county_id IS NULL THEN i.municipality_id END)
       AS municipality_id,
       n.place, n.published_at::text, n.changed_at::text, part.subjects AS part_subjects,
       got.suppliers, got.decided_on::text AS decided_on,
       {_BUYER}
FROM procurement_notice n
JOIN procurement_posting po ON po.id = n.posting_id
JOIN procurement_contractingauthority a ON a.id = n.authority_id
JOIN registry_institution i ON i.id = a.institution_id
LEFT JOIN procurement_orderingunit u ON u.id = n.unit_id
LEFT JOIN registry_municipality mu_n ON mu_n.teryt = n.municipality_id
LEFT JOIN registry_county c
    ON c.teryt = coalesce(n.county_id, mu_n.county_id, CASE WHEN n.place = '' THEN i.county_id END)
LEFT JOIN registry_municipality mu
    ON mu.teryt = coalesce(n.municipality_id,
                           CASE WHEN n.place = '' AND n.county_id IS NULL THEN i.municipality_id END)
LEFT JOIN procurement_mode mode ON mode.id = n.mode_id
LEFT JOIN procurement_planposition pp ON pp.posting_id = n.position_id
LEFT JOIN procurement_plan p ON p.id = pp.plan_id AND p.current_id IS NOT NULL
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(t.subject ORDER BY t.number), '{{}}') AS subjects
    FROM procurement_noticepart t WHERE t.notice_id = n.posting_id
) part
CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_and(w.value IS NOT NULL) THEN sum(w.value) END AS value, max(w.decided_on) AS decided_on,
           coalesce(array_agg(DISTINCT w.supplier_name), '{{}}') AS suppliers
    FROM procurement_award w WHERE w.notice_id = n.posting_id AND w.outcome = 'udzielone'
) got
{_codes("procurement_noticecpv", "notice_id", "n.posting_id")}
WHERE n.posting_id = ANY(%(ids)s) AND n.state IN ('ogloszone', 'rozstrzygniete', 'uniewaznione')
ORDER BY n.posting_id
"""  # noqa: S608


def facts(cursor, ids):
    """(items, notices) that visitors see among these postings, which stay locked until the transaction ends."""
    cursor.execute(LOCK, [ids])
    return _found(cursor, ITEMS, ids), _found(cursor, NOTICES, ids)


def _found(cursor, query, ids):
    cursor.execute(query, {"ids": ids})
    row = namedtuple("Row", [column.name for column in cursor.description])
    return [row._make(values) for values in cursor.fetchall()]
