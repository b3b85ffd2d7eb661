"""What stands in every database from the start, the dictionaries, is written once for all tests.

It also stays after tests that commit.
"""

import pytest
from django.conf import settings
from django.db import connection
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


def empty_the_rest(self):
    """What Django does after a test that commits, without reloading 9,454 CPV codes each time."""
    kept = dictionary_tables() | OF_MIGRATIONS
    tables = [name for name in connection.introspection.django_table_names(only_existing=True) if name not in kept]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))} RESTART IDENTITY")


TransactionTestCase._fixture_teardown = empty_the_rest
