# ruff: noqa: S608 - names of our own tables and columns
"""What is public of each data set, as SQL: (id, digest) of the objects whose ids stand in an array.

The digest is of everything that the public sees (open_data.models.columns) and of the labels shown beside it. Where
a row says something else on another day, the digest does too.
"""

from events.choices import EventState
from open_data.choices import Dataset
from open_data.models.columns import columns, gathered

# Of the text of a row: two of some ten thousand versions of an object never meet in 64 bits.
HASH, DIGEST = "hashtextextended(ROW(", ")::text, 0) AS digest"
IDS = "{ids}"
# The nightly look says which day it is for; anything else happens today.
DAY = "open_data.day"
TODAY = f"coalesce(nullif(current_setting('{DAY}', true), '')::date, (now() AT TIME ZONE 'Europe/Warsaw')::date)"

_KIND = "JOIN registry_organisationkind k ON k.code = o.kind_id"
_PARTY = """
LEFT JOIN registry_unit u ON u.id = o.unit_id
LEFT JOIN registry_institution i ON i.id = o.institution_id AND u.id IS NULL
LEFT JOIN registry_county c ON c.teryt = CASE WHEN u.id IS NULL THEN i.county_id ELSE u.county_id END
"""
_TOWN = """
LEFT JOIN registry_municipality m ON m.teryt = CASE WHEN u.id IS NULL THEN i.municipality_id ELSE u.municipality_id END
"""
_ORGANISATIONS = f"""
SELECT e.organisation_id AS id, {HASH}
    {columns("registry.CatalogueEntry", "e")}, {columns("registry.Organisation", "o")},
    {columns("registry.Institution", "i")}, {columns("registry.Unit", "u")},
    op.name, op.nip, k.label, f.label, c.name, m.label, r.name, d.name,
    (SELECT string_agg(ROW(l.is_main, p.symbol, p.version)::text, ';' ORDER BY p.version, p.symbol)
     FROM registry_organisationpkd l JOIN registry_pkdcode p ON p.id = l.code_id WHERE l.organisation_id = o.id),
    (SELECT string_agg(ROW(x.name, x.position, g.label)::text, ';' ORDER BY x.id) FROM registry_offer x
     LEFT JOIN registry_offercategory g ON g.code = x.category_id
     WHERE x.organisation_id = o.id AND x.removed_at IS NULL),
    {gathered("registry.Workplace", "w", of="w.organisation_id = o.id", order="w.id")},
    {gathered("registry.Reference", "q", of="q.organisation_id = o.id", order="q.id")},
    {gathered("registry.SocialEnterpriseStatus", "s", of="s.institution_id = i.id", order="s.id")}
{DIGEST}
FROM registry_catalogueentry e
JOIN registry_organisation o ON o.id = e.organisation_id {_KIND} {_PARTY}
LEFT JOIN registry_institution op ON op.id = u.operator_id
LEFT JOIN registry_legalform f ON f.code = i.legal_form_id
{_TOWN}
LEFT JOIN registry_region r ON r.teryt = c.region_id
LEFT JOIN registry_datasource d ON d.id = o.source_id
WHERE e.organisation_id = ANY({IDS})
"""
_OFFERS = f"""
SELECT e.offer_id AS id, {HASH}
    {columns("registry.OfferEntry", "e")}, {columns("registry.Offer", "f")},
    f.confirmed_at IS NOT NULL, e.mark AND e.mark_until >= {TODAY}, o.serves, o.slug, i.nip, i.name, u.name,
    i.town, u.town, i.municipality_id, u.municipality_id, i.county_id, u.county_id, g.label, c.name, m.label,
    (SELECT string_agg(l.code_id, ';' ORDER BY l.code_id) FROM registry_offercpv l WHERE l.offer_id = f.id),
    {gathered("registry.OfferPicture", "x", of="x.offer_id = f.id", order="x.id")},
    {gathered("registry.OfferMark", "y", of="y.offer_id = f.id", order="y.id")},
    (SELECT min(y.number) FROM registry_offermark y
     WHERE y.offer_id = f.id AND {TODAY} BETWEEN y.granted_on AND y.valid_until)
{DIGEST}
FROM registry_offerentry e JOIN registry_offer f ON f.id = e.offer_id
JOIN registry_organisation o ON o.id = f.organisation_id {_PARTY} {_TOWN}
LEFT JOIN registry_offercategory g ON g.code = f.category_id
WHERE e.offer_id = ANY({IDS})
"""
_UNITS = f"""
SELECT o.id, {HASH}{columns("registry.Unit", "u")}, o.slug, o.kind_id, k.label, op.name, op.nip, c.name, m.label,
    e.activity, e.verified_on, e.latitude, e.longitude,
    (SELECT x.id FROM registry_organisation x WHERE x.institution_id = op.id AND x.unit_id IS NULL
     AND x.published_at IS NOT NULL AND x.removed_at IS NULL)
{DIGEST}
FROM registry_catalogueentry e
JOIN registry_organisation o ON o.id = e.organisation_id AND o.unit_id IS NOT NULL {_KIND} {_PARTY} {_TOWN}
LEFT JOIN registry_institution op ON op.id = u.operator_id
WHERE e.organisation_id = ANY({IDS})
"""
_STATUSES = f"""
SELECT s.id, {HASH}
    {columns("registry.SocialEnterpriseStatus", "s")}, o.id, o.slug, i.name, i.nip, i.regon, i.krs, i.town,
    i.municipality_id, i.county_id, c.name, m.label,
    s.granted_on <= {TODAY} AND (s.lost_on IS NULL OR s.lost_on > {TODAY})
{DIGEST}
FROM registry_socialenterprisestatus s
JOIN registry_institution i ON i.id = s.institution_id
JOIN registry_organisation o ON o.institution_id = i.id AND o.unit_id IS NULL
JOIN registry_catalogueentry e ON e.organisation_id = o.id
LEFT JOIN registry_county c ON c.teryt = i.county_id
LEFT JOIN registry_municipality m ON m.teryt = i.municipality_id
WHERE s.id = ANY({IDS})
"""
_EVENTS = f"""
SELECT v.id, {HASH}
    {columns("events.Event", "v")}, greatest(v.capacity - v.taken, 0), n.name, c.name, m.label,
    {gathered("events.EventDay", "d", of="d.event_id = v.id", order="d.starts_at, d.id")}
{DIGEST}
FROM events_event v
LEFT JOIN events_edition n ON n.id = v.edition_id
LEFT JOIN registry_county c ON c.teryt = v.county_id
LEFT JOIN registry_municipality m ON m.teryt = v.municipality_id
WHERE v.id = ANY({IDS}) AND v.state <> '{EventState.DRAFT}'
"""
_PROCUREMENT = f"""
SELECT p.posting_id AS id, {HASH}{columns("procurement.PostingEntry", "p")}, c.name{DIGEST}
FROM procurement_postingentry p LEFT JOIN registry_county c ON c.teryt = p.county_id
WHERE p.posting_id = ANY({IDS})
"""
# How a mark stands hangs on the day too: which licences have begun, and whether the last one is over.
_MARK_HOLDERS = f"""
SELECT z.id, {HASH}
    {columns("quality_mark.Mark", "z")}, z.valid_until < {TODAY}, f.name, f.removed_at IS NULL,
    g.label, o.id, o.slug, o.published_at IS NULL,
    o.kind_id, u.name, i.name, b.nip, c.name,
    (SELECT string_agg(ROW({columns("quality_mark.Licence", "l")}, l.granted_on <= {TODAY})::text, ';'
                       ORDER BY l.granted_on) FROM quality_mark_licence l WHERE l.mark_id = z.id),
    {gathered("quality_mark.MarkStep", "t", of="t.mark_id = z.id", order="t.at, t.id")},
    (SELECT string_agg(ROW(a.state, a.rulebook_id, extract(epoch FROM a.submitted_at), a.decided_at IS NULL)::text,
                       ';' ORDER BY a.id) FROM quality_mark_application a WHERE a.mark_id = z.id)
{DIGEST}
FROM quality_mark_mark z JOIN registry_offer f ON f.id = z.offer_id
JOIN registry_organisation o ON o.id = f.organisation_id {_PARTY}
LEFT JOIN registry_institution b ON b.id = o.institution_id
LEFT JOIN registry_offercategory g ON g.code = f.category_id
WHERE z.id = ANY({IDS})
"""
STANDING = {
    Dataset.ORGANISATIONS: _ORGANISATIONS,
    Dataset.OFFERS: _OFFERS,
    Dataset.UNITS: _UNITS,
    Dataset.STATUSES: _STATUSES,
    Dataset.EVENTS: _EVENTS,
    Dataset.PROCUREMENT: _PROCUREMENT,
    Dataset.MARK_HOLDERS: _MARK_HOLDERS,
}
# What the API calls an object by, of the rows `stands`; their number unless said otherwise.
KEYS = {Dataset.MARK_HOLDERS: "(SELECT replace(z.number, '/', '-') FROM quality_mark_mark z WHERE z.id = stands.id)"}
# Every id that a data set may have today, whether or not it is public.
EVERYTHING = {
    Dataset.ORGANISATIONS: "SELECT organisation_id FROM registry_catalogueentry",
    Dataset.OFFERS: "SELECT offer_id FROM registry_offerentry",
    Dataset.UNITS: "SELECT id FROM registry_organisation WHERE published_at IS NOT NULL AND unit_id IS NOT NULL",
    Dataset.STATUSES: "SELECT id FROM registry_socialenterprisestatus",
    Dataset.EVENTS: f"SELECT id FROM events_event WHERE state <> '{EventState.DRAFT}'",
    Dataset.PROCUREMENT: "SELECT posting_id FROM procurement_postingentry",
    Dataset.MARK_HOLDERS: "SELECT id FROM quality_mark_mark",
}


def standing(dataset, ids):
    """SQL: (id, digest) of what is public among the ids in the array `ids`."""
    return STANDING[dataset].replace(IDS, ids)
