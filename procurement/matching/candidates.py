"""Offers and cards that may fit an order, found by the indexes of the catalogue: a bounded number, the likeliest."""

from collections import namedtuple

from django.conf import settings
from django.db import connection

from procurement.matching.scoring import Candidate, Reference
from procurement.matching.topics import all_topics, recognised

# The likeliest first, roughly: what the scoring then tells exactly is worked out for these alone.
_FOUND = """
WITH offers AS (
    SELECT offer_id, organisation_id,
           ({strong}) * CASE WHEN {served} THEN 1.0 ELSE 0.6 END AS likely
    FROM registry_offerentry e
    WHERE {offers} AND {only}
    ORDER BY likely DESC, mark DESC, ps DESC, offer_id
    LIMIT %(most)s
), cards AS (
    SELECT NULL::bigint AS offer_id, organisation_id,
           ({strong}) * CASE WHEN {served} THEN 1.0 ELSE 0.6 END AS likely
    FROM registry_catalogueentry e
    WHERE {cards} AND {only}
    ORDER BY likely DESC, ps DESC, organisation_id
    LIMIT %(most)s / 2
)
"""
_ROWS = """
SELECT o.id AS organisation_id, e.offer_id, e.name, e.organisation_name, e.search::text AS search, e.cpv,
       '{}'::text[] AS pkd, e.serves, e.ps, e.mark, f.confirmed_at IS NOT NULL AS is_confirmed, f.capacity, %(facts)s
FROM found JOIN registry_offerentry e ON e.offer_id = found.offer_id
JOIN registry_offer f ON f.id = e.offer_id %(joins)s
WHERE found.offer_id IS NOT NULL
UNION ALL
SELECT o.id, NULL, e.name, e.name, e.search::text, e.cpv, e.pkd, e.serves, e.ps, e.mark, true, '', %(facts)s
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
ROWS = _ROWS.replace("%(facts)s", _FACTS).replace("%(joins)s", _JOINS)
# The group of a code is where two kinds of work begin to differ.
NEAR_DIGITS = 3
FIELDS = "nod"


def candidates(need, *, organisation_ids=None):
    """[Candidate], in no order; of these organisations only, if some are given. One query."""
    if need.is_empty:
        return []
    parameters = _parameters(need) | {"most": settings.MATCHING_CANDIDATES, "ids": organisation_ids}
    sql = _FOUND.format(**_conditions(need, parameters))
    sql += f", found AS (SELECT * FROM offers UNION ALL SELECT * FROM cards) {ROWS}"  # noqa: S608 - no input in it
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = namedtuple("Row", [column.name for column in cursor.description])
        return [candidate_of(row._make(values), need) for values in cursor.fetchall()]


def candidate_of(row, need=None):
    """A Candidate from a row of ROWS; its references are those that speak of what `need` asks for."""
    done = [Reference(*values) for values in row.done or ()]
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
        activity=row.activity,
        verified_on=row.verified_on,
        references=tuple(one for one in done if need is None or _is_same(one.subject, need)),
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
        fields.setdefault(lexeme[0], set()).add(lexeme[1:])
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


def _is_same(subject, need):
    return not need.topics or not need.topics.keys().isdisjoint(recognised(subject))


def wanted_topics(need):
    """The topics for whose sake something could be suggested at all."""
    most = max(need.topics.values(), default=0)
    return [all_topics()[code] for code, sure in need.topics.items() if sure >= 0.6 * most]


def _near_topics(topics):
    beside = dict.fromkeys(code for topic in topics for code in topic.near)
    return [all_topics()[code] for code in beside if all_topics()[code] not in topics]


def _parameters(need):
    topics = wanted_topics(need)
    words = [word for word in need.words if word.weight >= 0.5][:6]
    codes = {code for topic in topics if not topic.is_strict for code in topic.cpv_numbers}
    near = {parent for parents in need.parents.values() for parent in parents}
    near = {parent for parent in near if len(str(parent).zfill(8).rstrip("0")) >= NEAR_DIGITS}
    near |= {parents[0] for parents in need.parents.values()}
    found = {
        "codes": sorted(codes | near),
        "near": sorted(near),
        "topics": _either(_phrase(phrase, "no") for topic in topics for phrase in topic.phrases),
        "beside": _either(_phrase(phrase, "n") for topic in _near_topics(topics) for phrase in topic.phrases),
        "described": _either(_phrase(phrase, "nod") for topic in topics for phrase in topic.phrases),
        "carded": _either(_phrase(phrase, "od") for topic in topics for phrase in topic.phrases),
        "pkd": sorted({symbol for topic in topics for symbol in topic.pkd}),
        "serving": sorted(need.serving),
    }
    for number, word in enumerate(words):
        found[f"word{number}"] = _any(word.terms, "no")
    found["words"] = _either(found[f"word{number}"] for number in range(len(words)))
    return found


def _conditions(need, parameters):
    strong = ["0"]
    if parameters["topics"]:
        strong += ["4 * (e.search @@ %(topics)s::tsquery)::int", "(e.search @@ %(described)s::tsquery)::int"]
    if parameters["beside"]:
        strong += ["(e.search @@ %(beside)s::tsquery)::int"]
    if parameters["near"]:
        strong += ["3 * (e.cpv && %(near)s::int[])::int"]
    strong += [
        f"(e.search @@ %({name})s::tsquery)::int" for name in parameters if name.startswith("word") and name != "words"
    ]
    either = _either(filter(None, [parameters["described"], parameters["words"], parameters["beside"]]))
    offers, cards = [], []
    if either:
        parameters["either"] = either
        offers.append("e.search @@ %(either)s::tsquery")
        parameters["card"] = _either(filter(None, [parameters["carded"], parameters["words"]]))
        cards.append("e.search @@ %(card)s::tsquery")
    if parameters["codes"]:
        offers.append("e.cpv && %(codes)s::int[]")
    if parameters["pkd"]:
        cards.append("e.pkd && %(pkd)s::varchar[]")
    only = "(%(ids)s::bigint[] IS NULL OR e.organisation_id = ANY(%(ids)s))"
    if need.reserved:
        only += " AND e.art94"
    return {
        "strong": " + ".join(strong),
        "served": "e.serves && %(serving)s::varchar[]" if need.serving else "true",
        "offers": f"({' OR '.join(offers) or 'false'})",
        "cards": f"({' OR '.join(cards) or 'false'})",
        "only": only,
    }


def _phrase(phrase, letters):
    return " & ".join(f"({_any(terms, letters)})" for terms in phrase)


def _any(terms, letters):
    return " | ".join(letter + term for term in sorted(terms) for letter in letters)


def _either(queries):
    return " | ".join(f"({query})" for query in queries)
