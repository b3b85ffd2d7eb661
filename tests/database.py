"""What stands in every database from the start, the dictionaries, is written once for all tests.

It also stays after tests that commit.
"""

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from registry.use_cases.dictionaries import load_all

    with django_db_blocker.unblock():
        load_all(data_dir=settings.BASE_DIR / "data", territory_dir=settings.TERRITORY_DIR)


def dictionary_tables():
    from registry import models

    kept = [
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
    ]
    return {model._meta.db_table for model in kept}


# Written by migrations and by what follows them.
OF_MIGRATIONS = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "accounts_consentdocument",
}


_FILLED = """SELECT '{table}' WHERE EXISTS (SELECT FROM "{table}")"""
_COUNTERS = """
SELECT setval(pg_get_serial_sequence(format('%%I', table_name), column_name), 1, false)
FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES' AND table_name = ANY(%s)
"""


def empty_the_rest(self):
    """What Django does after a test that commits, without reloading 9,454 CPV codes each time.

    Only what has rows is emptied: to truncate a hundred tables takes a fifth of a second, most tests fill ten. Without
    triggers, so that nothing is written into the history of what goes; whoever may not switch them off truncates.
    """
    kept = dictionary_tables() | OF_MIGRATIONS
    tables = [name for name in connection.introspection.django_table_names(only_existing=True) if name not in kept]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        [is_superuser] = cursor.fetchone()
        if not is_superuser:
            cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))} RESTART IDENTITY")
            return
        cursor.execute(" UNION ALL ".join(_FILLED.format(table=table) for table in tables))
        filled = [table for (table,) in cursor.fetchall()]
        with transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in filled:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our tables
            cursor.execute(_COUNTERS, [filled])


TransactionTestCase._fixture_teardown = empty_the_rest
