"""The rows of an export, read through a cursor on the server."""

from collections import namedtuple
from functools import cache

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.utils import timezone

from registry.models import Organisation
from registry.sql import MARKS

CHUNK = 500

# Facts come from the register itself; the entry only tells what is published and what holds today. A mark is over with
# its last day, whether or not the night job has been there.
_SQL = """
SELECT o.id, %(site)s || '/katalog/' || o.slug || '/' AS url, party.name, o.kind_id AS kind,
       i.nip, CASE WHEN u.id IS NULL THEN i.regon ELSE u.regon END AS regon, i.krs,
       c.name AS powiat, m.label AS gmina, party.municipality_id AS gmina_teryt,
       party.street, party.postal_code, party.town, party.phone, party.email, party.www,
       e.ps, coalesce(e.mark_until >= %(today)s, false) AS mark, e.verified_on,
       party.short_name, k.label AS kind_label, f.label AS legal_form, op.name AS operator, op.nip AS operator_nip,
       r.name AS voivodeship, party.county_id AS powiat_teryt, party.house_number, party.flat_number,
       i.other_register, i.other_register_number, i.ade,
       ARRAY(SELECT p.symbol || ' (PKD ' || p.version || ')' FROM registry_organisationpkd l
             JOIN registry_pkdcode p ON p.id = l.code_id WHERE l.organisation_id = o.id
             ORDER BY l.is_main DESC, p.symbol) AS pkd,
       ARRAY(SELECT g.label FROM registry_offercategory g WHERE g.code = ANY(e.categories) ORDER BY g.position)
       AS categories,
       ARRAY(SELECT x.name FROM registry_offer x WHERE x.organisation_id = o.id AND x.removed_at IS NULL
             ORDER BY x.position, x.id) AS offers,
       o.serves, e.art94, e.opp,
       (SELECT s.granted_on FROM registry_socialenterprisestatus s WHERE e.ps AND s.institution_id = i.id
        AND s.granted_on <= %(today)s AND (s.lost_on IS NULL OR s.lost_on > %(today)s)) AS ps_since,
       CASE WHEN e.mark_until >= %(today)s THEN e.mark_until END AS mark_until,
       e.activity AS status, i.founded_year, o.description, o.mission,
       d.name AS source, o.source_as_of, e.latitude AS lat, e.longitude AS lon{work}
FROM {entries} e
JOIN registry_organisation o ON o.id = e.organisation_id
JOIN registry_organisationkind k ON k.code = o.kind_id
LEFT JOIN registry_unit u ON u.id = o.unit_id
LEFT JOIN registry_institution i ON i.id = o.institution_id AND u.id IS NULL
LEFT JOIN registry_institution op ON op.id = u.operator_id
CROSS JOIN LATERAL (
    SELECT i.name, i.short_name, i.street, i.house_number, i.flat_number, i.postal_code, i.town, i.municipality_id,
           i.county_id, i.phone, i.phone_other, i.email, i.www WHERE u.id IS NULL
    UNION ALL
    SELECT u.name, u.short_name, u.street, u.house_number, u.flat_number, u.postal_code, u.town, u.municipality_id,
           u.county_id, u.phone, u.phone_other, u.email, u.www WHERE u.id IS NOT NULL
) party
LEFT JOIN registry_legalform f ON f.code = i.legal_form_id
LEFT JOIN registry_county c ON c.teryt = party.county_id
LEFT JOIN registry_municipality m ON m.teryt = party.municipality_id
LEFT JOIN registry_region r ON r.teryt = c.region_id
LEFT JOIN registry_datasource d ON d.id = o.source_id
WHERE e.organisation_id IN ({found})
ORDER BY e.sort_key, e.organisation_id
"""


# The same that an entry holds, worked out for cards that have none: the panel exports what nobody has published yet.
_OF_REGISTER = """(
    SELECT x.id AS organisation_id, marks.until AS mark_until,
           x.unit_id IS NULL AND EXISTS (
               SELECT FROM registry_socialenterprisestatus s WHERE s.institution_id = i.id
               AND s.granted_on <= %(today)s AND (s.lost_on IS NULL OR s.lost_on > %(today)s)
           ) AS ps,
           k.is_art94 OR x.art94_declared OR (x.unit_id IS NULL AND i.is_zpch) AS art94,
           x.unit_id IS NULL AND i.is_opp AS opp,
           ARRAY(SELECT f.category_id FROM registry_offer f WHERE f.organisation_id = x.id AND f.removed_at IS NULL)
           AS categories,
           x.activity, x.verified_on, x.latitude, x.longitude, coalesce(u.sort_key, i.sort_key) AS sort_key
    FROM registry_organisation x
    JOIN registry_organisationkind k ON k.code = x.kind_id
    LEFT JOIN registry_institution i ON i.id = x.institution_id
    LEFT JOIN registry_unit u ON u.id = x.unit_id
    LEFT JOIN (
        SELECT f.organisation_id, max(m.until) AS until FROM ({marks}) m
        JOIN registry_offer f ON f.id = m.offer_id AND f.removed_at IS NULL GROUP BY f.organisation_id
    ) marks ON marks.organisation_id = x.id
)""".replace("{marks}", MARKS)
_WORK = """,
       o.published_at, o.verified_by, o.updated_at, o.employees, o.support_centre, party.phone_other,
       (SELECT count(*) FROM registry_errorreport t WHERE t.organisation_id = o.id AND t.settled_at IS NULL)
       AS reports,
       (SELECT count(*) FROM registry_offer x WHERE x.organisation_id = o.id AND x.removed_at IS NULL
        AND x.confirmed_at IS NULL) AS unconfirmed"""


def rows(found, *, site=""):
    """Named tuples by name, one for each of a queryset of CatalogueEntry (what the public sees) or of Organisation.

    Those of Organisation need not be published and carry more: what coordinators work with. `site` stands before the
    path in `url`: "https://portal.example".
    """
    try:
        chosen, parameters = found.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return
    named = {f"p{number}": value for number, value in enumerate(parameters)}
    work, entries = (_WORK, _OF_REGISTER) if found.model is Organisation else ("", "registry_catalogueentry")
    sql = _SQL.replace("{work}", work).replace("{entries}", entries)
    sql = sql.replace("{found}", chosen % tuple(f"%({name})s" for name in named))
    # Inside a transaction the server hands out rows as it finds them instead of keeping a copy of all.
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, named | _constants(site))
        make = None
        while chunk := cursor.fetchmany(CHUNK):
            make = make or _maker(cursor)
            yield from map(make, chunk)


def rows_of(keys, *, site=""):
    """[named tuple] as `rows` gives them, of the published cards with these few keys: one message to the server."""
    sql = _SQL.replace("{work}", "").replace("{entries}", "registry_catalogueentry")
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("IN ({found})", "= ANY(%(keys)s)"), {"keys": list(keys)} | _constants(site))
        return list(map(_maker(cursor), cursor.fetchall()))


def _constants(site):
    return {"site": site, "today": timezone.localdate()}


def _maker(cursor):
    return _exported(tuple(column.name for column in cursor.description))._make


@cache
def _exported(names):
    return namedtuple("Exported", names)
