"""Parties of the register that the rows of one chunk may mean, found in a handful of queries."""

from registry.use_cases.imports.candidates import Candidate, folded_town
from registry.use_cases.imports.fields import IDENTIFIERS
from registry.use_cases.imports.names import LIKELY, Name, name_of
from registry.use_cases.imports.sql import fetch, run

_ENOUGH = 20
_NAMELESS = Name("", "")
_INSTITUTION = """
    p.id, p.name, o.id, p.nip, p.regon, p.krs, p.town, p.municipality_id, p.county_id, p.legal_form_id
    FROM {first} registry_institution p {on}
    LEFT JOIN registry_organisation o ON o.institution_id = p.id AND o.unit_id IS NULL AND o.removed_at IS NULL
    WHERE p.removed_at IS NULL"""
_UNIT = """
    p.name, o.id, p.operator_id, p.town, p.municipality_id, p.county_id, o.kind_id
    FROM {first} registry_unit p {on} JOIN registry_organisation o ON o.unit_id = p.id AND o.removed_at IS NULL
    WHERE p.removed_at IS NULL"""


def by_identifiers(rows):
    """{("nip", number): Candidate} of living institutions; `rows` are {"nip": …} dictionaries.

    A party found by one number brings its other numbers along, so that mostly the first query is enough. The
    candidates carry no name: they are known by number.
    """
    found = {}
    for name in IDENTIFIERS:
        numbers = {row[name] for row in rows if name in row and (name, row[name]) not in found}
        if not numbers:
            continue
        query = f"SELECT {_INSTITUTION.format(first='', on='')} AND p.{name} <> '' AND p.{name} = ANY(%s)"
        for row in fetch(query, [list(numbers)]):
            party = _institution(row, name=_NAMELESS)
            found.update({(other, getattr(party, other)): party for other in IDENTIFIERS if getattr(party, other)})
    return found


def institutions_by_name(folded):
    """{folded name: [Candidate]}"""
    return _by_name(_INSTITUTION, "institution_id", folded, _institution)


def units_by_name(folded):
    return _by_name(_UNIT, "unit_id", folded, _unit)


def units_of(operators):
    """{institution id: [Candidate]}"""
    found = {}
    if operators:
        query = f"SELECT {_UNIT.format(first='', on='')} AND p.operator_id = ANY(%s)"
        for row in fetch(query, [list(operators)]):
            unit = _unit(row)
            found.setdefault(unit.operator, []).append(unit)
    return found


def similar_institutions(drafts, *, thin_only):
    """{row number: [Candidate]} whose distinguishing words resemble, whom numbers do not tell apart, in one county.

    The likest _ENOUGH of each row; with `thin_only` among parties that have at most one identifier.
    """
    condition = "AND k.thin" if thin_only else ""
    for name in IDENTIFIERS:
        condition += f" AND NOT (probe.{name} <> '' AND twin.{name} <> '')"
    return _similar(_INSTITUTION, "institution", condition, drafts, _institution)


def similar_units(drafts):
    return _similar(_UNIT, "unit", "", drafts, _unit)


def _by_name(select, column, folded, build):
    found = {}
    if not folded:
        return found
    body = select.format(first="registry_namekey k JOIN", on=f"ON p.id = k.{column}")
    for key, *row in fetch(f"SELECT k.folded, {body} AND k.folded = ANY(%s)", [list(folded)]):
        found.setdefault(key, []).append(build(row))
    return found


def _similar(select, party, condition, drafts, build):
    found = {}
    if not drafts:
        return found
    run(f"SET LOCAL pg_trgm.similarity_threshold = {LIKELY}")
    probe = f"""
        unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
            AS probe(number, core, county, nip, regon, krs)
        CROSS JOIN LATERAL (
            SELECT twin.id FROM registry_namekey k JOIN registry_{party} twin ON twin.id = k.{party}_id
            WHERE k.core %% probe.core AND twin.removed_at IS NULL {condition}
              AND (probe.county IS NULL OR twin.county_id IS NULL OR twin.county_id = probe.county)
            ORDER BY similarity(k.core, probe.core) DESC, twin.id LIMIT {_ENOUGH}
        ) AS near JOIN"""  # noqa: S608
    given = [
        [draft.number for draft in drafts],
        [draft.name.core for draft in drafts],
        [draft.values.get("county") for draft in drafts],
        *([draft.values.get(name, "") for draft in drafts] for name in IDENTIFIERS),
    ]
    for number, *row in fetch(f"SELECT probe.number, {select.format(first=probe, on='ON p.id = near.id')}", given):
        found.setdefault(number, []).append(build(row))
    return found


def _institution(row, name=None):
    pk, title, card, nip, regon, krs, town, municipality, county, legal_form = row
    return Candidate(
        name=name or name_of(title),
        card=card,
        institution=pk,
        title=title,
        nip=nip,
        regon=regon,
        krs=krs,
        town="" if name else folded_town(town),
        municipality=municipality,
        county=county,
        legal_form=legal_form,
    )


def _unit(row):
    title, card, operator, town, municipality, county, kind = row
    return Candidate(
        name=name_of(title),
        card=card,
        title=title,
        town=folded_town(town),
        municipality=municipality,
        county=county,
        kind=kind,
        operator=operator,
        is_unit=True,
    )
