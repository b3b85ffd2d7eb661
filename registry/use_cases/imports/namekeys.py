"""Keeps NameKey in step with the names of the register."""

from registry.models import NameKey
from registry.use_cases.imports.names import name_of
from registry.use_cases.imports.sql import fetch, run
from registry.use_cases.imports.writing import Insert

_NUMBERS = "(nip <> '')::int + (regon <> '')::int + (krs <> '')::int"
_STALE_INSTITUTIONS = f"""
    SELECT p.id, p.name, {_NUMBERS} FROM registry_institution p
    LEFT JOIN registry_namekey k ON k.institution_id = p.id
    WHERE p.removed_at IS NULL AND (k.id IS NULL OR k.name <> p.name OR k.thin <> ({_NUMBERS} <= 1))"""  # noqa: S608
_STALE_UNITS = """
    SELECT p.id, p.name FROM registry_unit p LEFT JOIN registry_namekey k ON k.unit_id = p.id
    WHERE p.removed_at IS NULL AND (k.id IS NULL OR k.name <> p.name)"""


def refresh():
    """Write the keys of names that are new or have changed since the last import; a few dozen as a rule."""
    table = NameKey._meta.db_table
    stale = fetch(_STALE_INSTITUTIONS)
    if stale:
        run(f'DELETE FROM "{table}" WHERE institution_id = ANY(%s)', [[pk for pk, _, _ in stale]])  # noqa: S608
        add(("institution_id", *one) for one in stale)
    stale = fetch(_STALE_UNITS)
    if stale:
        run(f'DELETE FROM "{table}" WHERE unit_id = ANY(%s)', [[pk for pk, _ in stale]])  # noqa: S608
        add(("unit_id", *one, 0) for one in stale)


def key_of(name, numbers=0):
    """The columns of NameKey that follow from a name and from how many identifiers its institution has."""
    folded, core = name_of(name)
    return {"name": name, "folded": folded, "core": core, "thin": numbers <= 1}


def add(named):
    """Write the keys of [(column of the party, its id, name, how many identifiers)]."""
    insert = Insert(NameKey, now=None)
    for column, pk, name, numbers in named:
        insert.add(**{column: pk}, **key_of(name, numbers))
    insert.flush()
