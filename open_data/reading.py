# ruff: noqa: S608 - the statements are put together of these texts alone; values are parameters
"""Rows that no export reads, for the API and the files of each day."""

from collections import namedtuple
from functools import cache

from django.conf import settings
from django.db import connection
from django.utils import timezone

from registry.exports.reading import streamed

_PLACE = """
       party.county_id AS powiat_teryt, c.name AS powiat, party.municipality_id AS gmina_teryt, m.label AS gmina,
       party.town, r.name AS voivodeship"""
_PARTY = """
LEFT JOIN registry_unit u ON u.id = o.unit_id
LEFT JOIN registry_institution i ON i.id = o.institution_id
CROSS JOIN LATERAL (
    SELECT i.name, i.municipality_id, i.county_id, i.town WHERE u.id IS NULL
    UNION ALL
    SELECT u.name, u.municipality_id, u.county_id, u.town WHERE u.id IS NOT NULL
) party
LEFT JOIN registry_county c ON c.teryt = party.county_id
LEFT JOIN registry_region r ON r.teryt = c.region_id
LEFT JOIN registry_municipality m ON m.teryt = party.municipality_id
"""
OFFERS = f"""
SELECT %(site)s::text AS site, f.id, f.name, o.id AS organisation_id, party.name AS organisation,
       o.slug AS organisation_slug,
       CASE WHEN u.id IS NULL THEN i.nip ELSE '' END AS nip, f.category_id AS category, g.label AS category_label,
       ARRAY(SELECT x.code FROM registry_offercpv l JOIN registry_cpvcode x ON x.code8 = l.code_id
             WHERE l.offer_id = f.id ORDER BY x.code) AS cpv,
       f.confirmed_at IS NOT NULL AS confirmed, f.description, f.capacity,
       CASE WHEN cardinality(f.serves) = 0 THEN o.serves ELSE f.serves END AS serves, o.kind_id AS kind,
       {_PLACE},
       e.ps, e.art94, e.mark AND coalesce(e.mark_until >= %(today)s, false) AS mark,
       CASE WHEN e.mark AND e.mark_until >= %(today)s THEN e.mark_until END AS mark_until,
       (SELECT n.number FROM registry_offermark n WHERE n.offer_id = f.id AND n.state = 'wazny'
        AND %(today)s BETWEEN n.granted_on AND n.valid_until ORDER BY n.id LIMIT 1) AS mark_number,
       e.published_at, e.changed_at
FROM registry_offerentry e
JOIN registry_offer f ON f.id = e.offer_id
JOIN registry_organisation o ON o.id = f.organisation_id
LEFT JOIN registry_offercategory g ON g.code = f.category_id
{_PARTY}
"""
UNITS = f"""
SELECT %(site)s::text AS site, o.id, o.slug, u.name, u.short_name, o.kind_id AS kind, k.label AS kind_label,
       u.regon, u.register_number,
       u.started_on, u.expires_on, u.ended_on, i.name AS operator, i.nip AS operator_nip,
       i.regon AS operator_regon, i.krs AS operator_krs,
       (SELECT x.id FROM registry_organisation x WHERE x.institution_id = i.id AND x.unit_id IS NULL
        AND x.published_at IS NOT NULL AND x.removed_at IS NULL) AS operator_id,
       {_PLACE}, u.postal_code, u.street, u.house_number, u.flat_number, u.phone, u.email, u.www,
       e.activity AS status, e.verified_on, e.latitude AS lat, e.longitude AS lon
FROM registry_catalogueentry e
JOIN registry_organisation o ON o.id = e.organisation_id
JOIN registry_organisationkind k ON k.code = o.kind_id
{_PARTY.replace("i.id = o.institution_id", "i.id = u.operator_id")}
"""
STATUSES = f"""
SELECT %(site)s::text AS site, s.id, o.id AS organisation_id, party.name AS organisation, o.slug, i.nip, i.regon,
       i.krs, s.decision_number, s.authority, s.goal, s.granted_on, s.lost_on,
       s.granted_on <= %(today)s AND (s.lost_on IS NULL OR s.lost_on > %(today)s) AS active,
       {_PLACE}
FROM registry_socialenterprisestatus s
JOIN registry_organisation o ON o.institution_id = s.institution_id AND o.unit_id IS NULL
JOIN registry_catalogueentry e ON e.organisation_id = o.id
{_PARTY}
"""
TERRITORY = """
SELECT teryt AS id, name, 'wojewodztwo' AS level, '' AS parent, name AS label, '' AS kind, '' AS powiat_teryt,
       '' AS powiat, name AS voivodeship, '' AS nuts3, '' AS subregion, '[]' AS former,
       NULL::float AS lat, NULL::float AS lon
FROM registry_region
UNION ALL
SELECT c.teryt, c.name, 'powiat', c.region_id, CASE WHEN c.is_city THEN c.name ELSE 'powiat ' || c.name END,
       CASE WHEN c.is_city THEN 'miasto na prawach powiatu' ELSE 'powiat' END, c.teryt, c.name, r.name, c.nuts3,
       c.subregion, c.former_names::text, c.latitude, c.longitude
FROM registry_county c JOIN registry_region r ON r.teryt = c.region_id
UNION ALL
SELECT m.teryt, m.name, 'gmina', c.teryt, m.label,
       CASE m.kind WHEN 1 THEN 'gmina miejska' WHEN 2 THEN 'gmina wiejska' ELSE 'gmina miejsko-wiejska' END, c.teryt,
       c.name, r.name, c.nuts3, c.subregion, '[]', m.latitude, m.longitude
FROM registry_municipality m JOIN registry_county c ON c.teryt = m.county_id
JOIN registry_region r ON r.teryt = c.region_id
ORDER BY id
"""
# Boundaries are half a megabyte, which only the file shows.
WITH_BOUNDARIES = f"""
SELECT place.*, coalesce(m.boundary, c.boundary)::text AS boundary FROM ({TERRITORY}) place
LEFT JOIN registry_county c ON c.teryt = place.id
LEFT JOIN registry_municipality m ON m.teryt = place.id
"""


def read(sql, condition="", *, site="", **values):
    """[named tuple] of one of the statements above under a condition."""
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {condition}", values | _constants(site))
        return list(map(_row(tuple(one.name for one in cursor.description))._make, cursor.fetchall()))


def stream(sql, order):
    """All rows as named tuples, fetched a few at a time, for a file."""
    yield from streamed(f"{sql} {order}", _constants(settings.SITE_URL))


def _constants(site):
    return {"site": site, "today": timezone.localdate()}


@cache
def _row(names):
    return namedtuple("Row", names)
