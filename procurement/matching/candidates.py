"""Offers and cards that may fit an order, found by the indexes of the catalogue: a bounded number, the likeliest."""

from django.conf import settings
from django.db import connection
from django.utils import timezone

from procurement.matching.kinds import all_topics
from procurement.matching.phrases import ALIKE
from procurement.matching.reading import MARKED, ROWS, Row, candidate_of

# The planner thinks that a look at the lexemes of a row costs nothing and that half of the register will be found, so
# it would read whole tables, and start helpers that take longer to come than the work does. One message to the server;
# what is set holds for this statement, or until the transaction ends that it stands in.
_PLANS = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
_BEFORE = "".join(f"SET LOCAL {name} = off; " for name in _PLANS) + "SET LOCAL max_parallel_workers_per_gather = 0; "
# Every kind of hit is looked up by its own index and brings its points; the likeliest go on, and only of those it is
# worked out exactly how well they fit. The wide nets are not thrown when the narrow ones are full: that would take
# three times as long, to find what comes last.
_FOUND = """
WITH narrow AS MATERIALIZED (
    SELECT offer_id, sum(points) AS points FROM ({narrow}) hit GROUP BY offer_id
), few AS MATERIALIZED (
    SELECT count(*) < %(enough)s AS yes FROM narrow WHERE points >= 3
), offers AS (
    SELECT e.offer_id, e.organisation_id
    FROM (
        SELECT offer_id, sum(points) AS points
        FROM (SELECT * FROM narrow UNION ALL ({wide})) hit GROUP BY offer_id
        ORDER BY points DESC, hashint8extended(offer_id, %(lot)s) LIMIT %(most)s * 10
    ) likely
    JOIN registry_offerentry e ON e.offer_id = likely.offer_id
    WHERE {only}
    ORDER BY points * {served} DESC, {marked} DESC, e.ps DESC, hashint8extended(e.offer_id, %(lot)s)
    LIMIT %(most)s
), cards AS (
    SELECT NULL::bigint AS offer_id, e.organisation_id
    FROM (
        SELECT organisation_id, sum(points) AS points FROM ({cards}) hit GROUP BY organisation_id
        ORDER BY points DESC, hashint8extended(organisation_id, %(lot)s) LIMIT %(most)s * 10
    ) likely
    JOIN registry_catalogueentry e ON e.organisation_id = likely.organisation_id
    WHERE {only_cards}
    ORDER BY points * {served} DESC, e.ps DESC, hashint8extended(e.organisation_id, %(lot)s)
    LIMIT %(most)s / 3
)
"""
# The group of a code is where two kinds of work begin to differ.
NEAR_DIGITS = 3
# So many letters at the end of a word may differ from those of its kin.
KIN_ENDING = 3
# The index asks its whole query of every row that one word of it finds: many short queries are several times as quick
# as one of hundreds of words.
SHORT = 16
# Of so many neighbours of each kind of work somebody is looked for; more would be a net as wide as the sea.
NEAREST = 5


def candidates(need, *, organisation_ids=None, most=None, served_only=False):
    """[Candidate], in no order; of these organisations only, if some are given. One query.

    `most` is how many offers are looked at more closely, MATCHING_CANDIDATES without it. With `served_only` those
    that do not say that they serve the place are left out, and cards of those who have made offers.
    """
    if need.is_empty:
        return []
    most = most or settings.MATCHING_CANDIDATES
    parameters = _parameters(need) | {
        "most": most, "ids": organisation_ids, "enough": max(600, most), "lot": need.lot,
        "today": timezone.localdate(),
    }  # fmt: skip
    sql = _FOUND.format(**_conditions(need, parameters, served_only))
    sql += f", found AS (SELECT * FROM offers UNION ALL SELECT * FROM cards) {ROWS}"  # noqa: S608 - no input in it
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE + sql, parameters)
        while not cursor.description:
            cursor.nextset()
        return [candidate_of(row) for row in map(Row._make, cursor.fetchall())]


def wanted_topics(need):
    """The topics for whose sake something could be suggested at all."""
    most = max(need.topics.values(), default=0)
    return [all_topics()[code] for code, sure in need.topics.items() if sure >= 0.6 * most]


def _near_topics(topics):
    beside = dict.fromkeys(code for topic in topics for code in topic.near[:NEAREST])
    return [all_topics()[code] for code in beside if all_topics()[code] not in topics]


def _sorts_of(topics):
    return [all_topics()[code] for code in dict.fromkeys(code for topic in topics for code in sorted(topic.sorts))]


def near_codes(need):
    """Codes that an offer shares with one of the order at least as far as the group, where kinds of work part."""
    near = {parent for parents in need.parents.values() for parent in parents}
    near = {parent for parent in near if len(str(parent).zfill(8).rstrip("0")) >= NEAR_DIGITS}
    return sorted(near | {parents[0] for parents in need.parents.values()})


def words_sought(need):
    return [word for word in need.words if word.weight >= 0.5][:4]


def _parameters(need):
    topics = wanted_topics(need)
    found = {
        "near": near_codes(need),
        "codes": sorted({code for topic in topics if not topic.is_strict for code in topic.cpv_numbers}),
        "pkd": sorted({symbol for topic in topics for symbol in topic.pkd}),
        "named": _in_short([*_phrases_of(topics, "n"), *_kin_of(topics)]),
        "described": _in_short(_phrases_of(topics, "od")),
        "sorts": _in_short(_phrases_of(_sorts_of(topics), "n")),
        "beside": _in_short(_phrases_of(_near_topics(topics), "n")),
        "serving": sorted(need.serving),
    }
    return found | {f"word{number}": [_any(word.terms, "no")] for number, word in enumerate(words_sought(need))}


def _conditions(need, given, served_only):
    words = [name for name in given if name.startswith("word")]
    narrow = _hits("offer", given, (4, "named"), (3, "sorts"), (3, "near"), *((1, name) for name in words))
    wide = _hits("offer", given, (2, "described"), (1, "beside"), (1, "codes"), when="(SELECT yes FROM few) AND ")
    cards = _hits(
        "organisation", given, (1, "described"), (1, "pkd"), *((1, name) for name in words),
        when="(SELECT yes FROM few) AND ",
    )  # fmt: skip
    only = "(%(ids)s::bigint[] IS NULL OR e.organisation_id = ANY(%(ids)s))"
    served = "CASE WHEN e.serves && %(serving)s::varchar[] THEN 1.0 ELSE 0.6 END"
    if need.reserved:
        only += " AND e.art94"
    if served_only and need.serving:
        only += " AND e.serves && %(serving)s::varchar[]"
    without_offers = (
        " AND NOT EXISTS (SELECT FROM registry_offerentry offer WHERE offer.organisation_id = e.organisation_id)"
    )
    return {
        "narrow": narrow,
        "wide": wide,
        "cards": cards,
        "only": only,
        "only_cards": only + (without_offers if served_only else ""),
        "served": served if need.serving else "1",
        "marked": MARKED,
    }


def _hits(key, given, *kinds, when=""):
    """The SELECTs of these kinds of hits, (points, name of a parameter), of offers or organisations."""
    table = {"offer": "registry_offerentry", "organisation": "registry_catalogueentry"}[key]
    found = [
        f"SELECT {key}_id, {points} AS points FROM {table} WHERE {when}{_condition(name)}"  # noqa: S608 - no input in it
        for points, name in kinds
        if given[name]
    ]
    return " UNION ALL ".join(found) or f"SELECT NULL::bigint AS {key}_id, 0 AS points WHERE false"


def _condition(name):
    if name in ("near", "codes"):
        return f"cpv && %({name})s::int[]"
    return f"pkd && %({name})s::varchar[]" if name == "pkd" else f"search @@ ANY(%({name})s::tsquery[])"


def _phrases_of(topics, letters):
    """What any of their words finds alone need not be looked up in pairs as well."""
    phrases = [phrase for topic in topics for phrase in topic.phrases]
    alone = frozenset().union(*(phrase[0] for phrase in phrases if len(phrase) == 1))
    pairs = (phrase for phrase in phrases if len(phrase) > 1 and not any(word <= alone for word in phrase))
    return [*_lexemes(alone, letters), *dict.fromkeys(_phrase(pair, letters) for pair in pairs)]


def _kin_of(topics):
    """Words of a name that a word of the topic seems to be made of, as procurement.matching.topics takes them."""
    alone = {term for topic in topics for phrase in topic.phrases if len(phrase) == 1 for term in phrase[0]}
    beginnings = {term[: max(ALIKE, len(term) - KIN_ENDING)] for term in alone if len(term) > ALIKE}
    return sorted(f"n{beginning}:*" for beginning in beginnings)


def _phrase(phrase, letters):
    return f"({' & '.join(f'({_any(terms, letters)})' for terms in phrase)})"


def _any(terms, letters):
    return " | ".join(_lexemes(terms, letters))


def _lexemes(terms, letters):
    return [letter + term for term in sorted(terms) for letter in letters]


def _in_short(queries):
    """tsqueries of which one has to be met, each any of a few of these."""
    return [" | ".join(queries[start : start + SHORT]) for start in range(0, len(queries), SHORT)]
