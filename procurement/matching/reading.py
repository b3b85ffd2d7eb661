"""Rows of what was found, as Candidates: of an offer, or of a card that stands for itself."""

from collections import namedtuple

from procurement.matching.candidate import Candidate, Reference

_ROWS = """
SELECT o.id AS organisation_id, e.offer_id, e.name, e.organisation_name, e.search::text AS search, e.cpv,
       '{}'::text[] AS pkd, e.serves, e.ps, {mark} AS mark, f.confirmed_at IS NOT NULL AS is_confirmed, f.capacity,
       f.description, %(facts)s
FROM found JOIN registry_offerentry e ON e.offer_id = found.offer_id
JOIN registry_offer f ON f.id = e.offer_id %(joins)s
WHERE found.offer_id IS NOT NULL
UNION ALL
SELECT o.id, NULL, e.name, e.name, e.search::text, e.cpv, e.pkd, e.serves, e.ps, {mark}, true, '',
       concat_ws(E'\n', o.description, o.mission), %(facts)s
FROM found JOIN registry_catalogueentry e ON e.organisation_id = found.organisation_id %(joins)s
WHERE found.offer_id IS NULL
"""
_FACTS = """
       k.is_art94, u.id IS NULL AND coalesce(i.is_zpch, false) AS is_zpch, o.art94_declared, o.target_groups,
       o.activity, o.verified_on, o.employees, o.slug, k.label AS kind, e.town, e.county_id AS county, e.mark_until,
       (SELECT json_agg(json_build_array(r.subject, r.client, r.year, r.value_amount::text) ORDER BY r.year DESC, r.id)
        FROM registry_reference r WHERE r.organisation_id = o.id) AS done
"""
_JOINS = """
JOIN registry_organisation o ON o.id = e.organisation_id
JOIN registry_organisationkind k ON k.code = o.kind_id
LEFT JOIN registry_institution i ON i.id = o.institution_id
LEFT JOIN registry_unit u ON u.id = o.unit_id
"""
# On the day `today`, whether or not the night job has been there.
MARKED = "coalesce(e.mark_until >= %(today)s, false)"
ROWS = _ROWS.replace("%(facts)s", _FACTS).replace("%(joins)s", _JOINS).replace("{mark}", MARKED)
# The columns of ROWS in their order.
Row = namedtuple(
    "Row",
    "organisation_id offer_id name organisation_name search cpv pkd serves ps mark is_confirmed capacity description "
    "is_art94 is_zpch art94_declared target_groups activity verified_on employees slug kind town county mark_until "
    "done",
)


def candidate_of(row):
    """A Candidate from a row of ROWS."""
    return Candidate(
        organisation_id=row.organisation_id,
        offer_id=row.offer_id,
        name=row.name,
        organisation_name=row.organisation_name,
        terms=terms_of(row.search),
        cpv=frozenset(row.cpv),
        pkd=frozenset(row.pkd),
        serves=frozenset(row.serves),
        ps=row.ps,
        mark=row.mark,
        ground=ground_of(row),
        is_confirmed=row.is_confirmed,
        description=row.description,
        activity=row.activity,
        verified_on=row.verified_on,
        references=tuple(Reference(*values) for values in row.done or ()),
        employees=row.employees,
        capacity=row.capacity,
        groups=tuple(row.target_groups),
        slug=row.slug,
        kind=row.kind,
        town=row.town,
        county=row.county or "",
        mark_until=row.mark_until,
    )


def terms_of(search):
    """{letter of the field: terms} of a tsvector as PostgreSQL writes it: "'nkosic' 'otrawnik'"."""
    fields = {}
    for lexeme in search.replace("'", "").split():
        fields.setdefault(lexeme[0], []).append(lexeme[1:])
    return {letter: frozenset(terms) for letter, terms in fields.items()}


def ground_of(row):
    """By which right it may stand under art. 94 PZP: by law, as a sheltered workshop, by its own word; or, what is no
    right yet, because it names groups of that article. Empty: by none."""
    if row.is_art94:
        return "prawo"
    if row.is_zpch:
        return "zpch"
    if row.art94_declared:
        return "deklaracja"
    return "grupy" if row.target_groups else ""
