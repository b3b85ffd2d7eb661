# ruff: noqa: S608 - made-up rows
"""How a search is found: by which index."""

from random import Random

import pytest
from django.db import connection

from registry.filters import CatalogueFilter
from registry.models import CatalogueEntry, SearchWord
from registry.search import Search
from tests.registry.search.given import card

pytestmark = pytest.mark.django_db


@pytest.fixture
def many():
    """Twenty thousand entries, so that the planner has reason to use an index."""
    card("Czysty Kąt", description="Sprzątanie biur.")
    copied = [
        field.column
        for field in CatalogueEntry._meta.concrete_fields
        if field.column not in ("organisation_id", "search", "sort_key", "cell")
    ]
    with connection.cursor() as cursor:
        # The rows belong to nobody: nothing here looks at the organisations behind them.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE registry_catalogueentry DISABLE TRIGGER ALL")
        cursor.execute(
            f"INSERT INTO registry_catalogueentry (organisation_id, sort_key, search, {', '.join(copied)})"
            " SELECT -n, 'k' || n, ('drzadkie' || n % 5000 || ' dczeste' || n % 2)::tsvector, "
            f"{', '.join(copied)} FROM registry_catalogueentry, generate_series(1, 20000) n"
        )
        cursor.execute("ALTER TABLE registry_catalogueentry ENABLE TRIGGER ALL")
        cursor.execute("SELECT gin_clean_pending_list('registry_entry_search')")
        cursor.execute("ANALYZE registry_catalogueentry")


def plan(queryset):
    return queryset.explain(analyze=False)


def test_a_rare_word_is_found_by_the_index(many):
    rare = CatalogueEntry.objects.filter(Search("rzadkie77").condition)
    assert rare.count() == 4
    assert "Bitmap Index Scan on registry_entry_search" in plan(rare)


def test_every_tier_of_a_ranked_search_is_found_by_the_index(many):
    for tier in Search("rzadkie77 czeste1").tiers:
        found = CatalogueEntry.objects.filter(tier)
        assert "Bitmap Index Scan on registry_entry_search" in plan(found)


def test_a_cpv_code_is_found_by_the_index(many):
    assert "Bitmap Index Scan on registry_entry_cpv" in plan(
        CatalogueEntry.objects.filter(Search("90910000-9", cpv=90910000).condition)
    )


def test_a_place_served_is_found_by_the_index(many):
    assert "Bitmap Index Scan on registry_entry_serves" in plan(CatalogueFilter("area=0208").qs)


def test_a_like_word_is_found_by_the_index():
    random = Random(1)
    made_up = {"".join(random.choices("abcdefghijklmnoprstuwyz", k=9)) for _ in range(40_000)}
    SearchWord.objects.bulk_create(SearchWord(folded=word, display=word) for word in made_up)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('registry_word_trgm')")
        cursor.execute("ANALYZE registry_searchword")
        cursor.execute("EXPLAIN SELECT folded FROM registry_searchword WHERE folded % 'sprzontanie' OR folded = 'x'")
        text = "\n".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on registry_word_trgm" in text


def test_the_first_page_of_everything_is_read_in_the_order_of_an_index(many):
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN SELECT organisation_id FROM registry_catalogueentry ORDER BY sort_key, organisation_id LIMIT 20"
        )
        text = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using registry_entry_sort" in text or "Index Scan using registry_entry_sort" in text
