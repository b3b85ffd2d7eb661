"""The database of tests: made once, copied by each process, and what tests that commit leave behind.

What stands in every database from the start, the dictionaries, is written once for all tests. It also stays after
tests that commit.
"""

from hashlib import blake2b

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

# Any number that nothing else on the server locks by; a lock ends with its connection at the latest.
TEMPLATE_LOCK = 6_071_113


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings, django_db_use_migrations, django_db_keepdb, django_db_createdb, django_db_blocker
):
    """Before pytest-django makes a database: what it is to be copied from stands ready.

    One process of a run makes it while the others wait; the next run finds it. Made without migrations a database is
    no copy of anything, one that is kept from an earlier run needs none.
    """
    test = connection.settings_dict["TEST"]
    if not django_db_use_migrations:
        test["TEMPLATE"] = None
        return
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        if not (django_db_keepdb and not django_db_createdb and _said_of(cursor, test["NAME"])):
            cursor.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
            made_of = _made_of()
            if _said_of(cursor, test["TEMPLATE"]) != (made_of,):
                _make_template(test)
                # The last step: of one left half-made nothing is said, so it is made anew.
                cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(test['TEMPLATE'])} IS '{made_of}'")


def _said_of(cursor, name):
    """The comment on a database as a row; None when there is no such database."""
    cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone()


def _made_of():
    """A digest of what a template is made of. What other code would do otherwise, each copy does for itself: Django
    migrates it and the dictionaries are looked at once more."""
    root = settings.BASE_DIR
    paths = [*root.glob("*/migrations/*.py"), *(root / "data").rglob("*"), *settings.TERRITORY_DIR.rglob("*")]
    digest = blake2b((root / "requirements.lock").read_bytes(), digest_size=16)
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _make_template(test):
    """As Django makes a test database, under another name; the connection is left as it was."""
    before, own = connection.settings_dict["NAME"], dict(test)
    test.update(NAME=own["TEMPLATE"], TEMPLATE=None)
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        _load_dictionaries()
    finally:
        connection.close()
        test.update(own)
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A database of an earlier run, which nobody copied, gets dictionaries that have changed since."""
    with django_db_blocker.unblock():
        _load_dictionaries()


def _load_dictionaries():
    from registry.use_cases.dictionaries import load_all

    load_all(data_dir=settings.BASE_DIR / "data", territory_dir=settings.TERRITORY_DIR)


def dictionary_tables():
    from procurement import models as procurement
    from registry import models

    kept = [
        procurement.ClauseGroup,
        procurement.ClauseKind,
        procurement.CodeListEntry,
        procurement.Guide,
        procurement.Mode,
        procurement.OfferPeriod,
        procurement.Rule,
        models.Region,
        models.County,
        models.Municipality,
        models.CpvCode,
        models.PkdCode,
        models.OrganisationKind,
        models.LegalForm,
        models.OfferCategory,
        models.OfferCategory.cpv.through,
        models.DictionaryLoad,
        models.TermRule,
    ]
    return {model._meta.db_table for model in kept}


# Written by migrations and by what follows them.
OF_MIGRATIONS = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "accounts_consentdocument",
    "registry_freshnessrule",
}


_COUNTERS = """
SELECT setval(pg_get_serial_sequence(attrelid::regclass::text, attname), 1, false)
FROM pg_attribute WHERE attrelid = ANY(%s::regclass[]) AND attidentity <> ''
"""


def empty_the_rest(self):
    """What Django does after a test that commits, without reloading 9,454 CPV codes each time.

    Only what has rows is emptied: to truncate a hundred tables takes a fifth of a second, most tests fill ten. Without
    triggers, so that nothing is written into the history of what goes; whoever may not switch them off truncates.
    The locks wait, as truncating does, for a request that is still on its way in the live server.
    """
    kept = dictionary_tables() | OF_MIGRATIONS
    names = set(connection.introspection.django_table_names(only_existing=True)) - kept
    tables = sorted(map(connection.ops.quote_name, names))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        [is_superuser] = cursor.fetchone()
        if not is_superuser:
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
            return
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables))  # noqa: S608 - names of our tables
        filled = [table for (table,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our tables
        cursor.execute(_COUNTERS, [filled])


TransactionTestCase._fixture_teardown = empty_the_rest
