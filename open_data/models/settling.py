# ruff: noqa: S608 - names of our own tables and columns
"""What the database does with the touches of a transaction when it ends: the body of the trigger of Touch.

Of two transactions that change the same object the one that ends later compares with what the earlier one has
committed: they wait for each other here, at their ends. The locks are of their own and always taken in the same order,
not of rows: a use case that holds a mark and asks for its card would meet one that holds the card and ends. So many
locks as a transaction can have are shared by all objects.
"""

from core.locks import TELLING
from open_data.choices import Dataset
from open_data.models.standing import KEYS, standing

_NAMES = {dataset: f"touched_{dataset.name.lower()}" for dataset in Dataset}
_ORGANISATIONS, _OFFERS, _UNITS, _STATUSES, _EVENTS, _PROCUREMENT, _MARKS = _NAMES.values()
DECLARED = [*((name, "bigint[]") for name in _NAMES.values()), ("owners", "bigint[]")]

# The first of a transaction's touches takes all of them, the later ones find nothing.
_TAKE = f"""
IF NOT EXISTS (SELECT FROM open_data_touch WHERE id = NEW.id) THEN RETURN NULL; END IF;
WITH taken AS (DELETE FROM open_data_touch WHERE id >= NEW.id RETURNING dataset, ids),
     found AS (SELECT DISTINCT dataset, one FROM taken, unnest(ids) one)
SELECT {", ".join(f"array_agg(one) FILTER (WHERE dataset = {dataset})" for dataset in Dataset)}
INTO {", ".join(_NAMES.values())} FROM found;
"""
_SHARES = 512
_LOCK = f"""
IF {{ids}} IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock({TELLING}, share)
    FROM (SELECT DISTINCT ({{first}} + one % {_SHARES})::int AS share FROM unnest({{ids}}) one ORDER BY 1) shares;
END IF;
"""


def _lock(place, ids):
    """SQL: the locks of these ids; `place` in the order of what is locked."""
    return _LOCK.format(first=place * _SHARES, ids=ids)


# What is told of a card is told of its offers, its unit, its statuses and its marks too, and of the units it runs.
_DERIVE = f"""
IF {_ORGANISATIONS} IS NOT NULL THEN
    {_UNITS} := ARRAY(
        SELECT id FROM registry_organisation WHERE id = ANY({_ORGANISATIONS}) AND unit_id IS NOT NULL
        UNION SELECT object_id FROM open_data_change
        WHERE dataset = {Dataset.UNITS.value} AND object_id = ANY({_ORGANISATIONS})
        UNION SELECT run.id FROM registry_organisation o JOIN registry_unit u ON u.operator_id = o.institution_id
        JOIN registry_organisation run ON run.unit_id = u.id WHERE o.id = ANY({_ORGANISATIONS}) AND o.unit_id IS NULL);
    {_OFFERS} := {_OFFERS} || ARRAY(SELECT id FROM registry_offer WHERE organisation_id = ANY({_ORGANISATIONS}));
    {_STATUSES} := {_STATUSES} || ARRAY(
        SELECT s.id FROM registry_socialenterprisestatus s JOIN registry_organisation o
        ON o.institution_id = s.institution_id AND o.unit_id IS NULL WHERE o.id = ANY({_ORGANISATIONS}));
END IF;
IF {_ORGANISATIONS} IS NOT NULL OR {_OFFERS} IS NOT NULL THEN
    owners := ARRAY(SELECT unnest({_ORGANISATIONS} || {_UNITS}) UNION
                    SELECT organisation_id FROM registry_offer WHERE id = ANY({_OFFERS}));
    {_lock(0, "owners")}
    {_MARKS} := {_MARKS} || ARRAY(SELECT z.id FROM quality_mark_mark z JOIN registry_offer f ON f.id = z.offer_id
                                  WHERE f.organisation_id = ANY(owners));
END IF;
"""
_TELL = """
IF {ids} <> '{{}}' THEN
    INSERT INTO open_data_change AS c (dataset, object_id, key, is_withdrawn, digest, transaction, at)
    SELECT {dataset}, coalesce(stands.id, told.object_id), coalesce({key}, told.key), stands.id IS NULL, stands.digest,
           pg_current_xact_id()::text::bigint, clock_timestamp()
    FROM ({standing}) stands
    FULL JOIN (SELECT object_id, key, digest FROM open_data_change
               WHERE dataset = {dataset} AND object_id = ANY({ids})) told ON told.object_id = stands.id
    WHERE stands.digest IS DISTINCT FROM told.digest
    ORDER BY 2
    ON CONFLICT (dataset, object_id) DO UPDATE SET key = EXCLUDED.key, is_withdrawn = EXCLUDED.is_withdrawn,
        digest = EXCLUDED.digest, transaction = EXCLUDED.transaction, at = EXCLUDED.at;
END IF;
"""

SETTLE = "".join(
    [
        _TAKE,
        _DERIVE,
        _lock(1, _EVENTS),
        _lock(2, _PROCUREMENT),
        _lock(3, _MARKS),
        *(
            _TELL.format(
                dataset=dataset.value,
                ids=name,
                key=KEYS.get(dataset, "stands.id::text"),
                standing=standing(dataset, name),
            )
            for dataset, name in _NAMES.items()
        ),
        "RETURN NULL;",
    ]
)
