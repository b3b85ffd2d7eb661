"""Keeps NameKey in step with the names of the register."""

from registry.models import NameKey
from registry.use_cases.imports.names import name_of
from registry.use_cases.imports.sql import copy_rows, fetch, run

COLUMNS = ("institution_id", "unit_id", "name", "folded", "core", "thin")
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
        copy_rows(table, COLUMNS, [key_row(name, institution=pk, numbers=numbers) for pk, name, numbers in stale])
    stale = fetch(_STALE_UNITS)
    if stale:
        run(f'DELETE FROM "{table}" WHERE unit_id = ANY(%s)', [[pk for pk, _ in stale]])  # noqa: S608
        copy_rows(table, COLUMNS, [key_row(name, unit=pk) for pk, name in stale])


def key_row(name, *, institution=None, unit=None, numbers=0):
    """A tuple in the order of COLUMNS; `numbers` is how many identifiers the institution has."""
    folded, core = name_of(name)
    return institution, unit, name, folded, core, numbers <= 1
