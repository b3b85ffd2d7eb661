"""Searching as people mistype: what is offered instead."""

import pytest
from django.db import connection, transaction

from registry import facets
from registry.filters import CatalogueFilter
from registry.models import Institution, SearchWord
from registry.results import Result
from registry.use_cases import catalogue
from tests.registry.factories import (
    NOW,
    OrganisationFactory,
)
from tests.registry.search.given import card, names

pytestmark = pytest.mark.django_db


@pytest.fixture
def words_refused():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_searchword ADD CONSTRAINT refused CHECK (false) NOT VALID")
        yield
        cursor.execute("ALTER TABLE registry_searchword DROP CONSTRAINT refused")


def closest_to(query):
    result = Result(CatalogueFilter({"q": query}), facets.CATALOGUE)
    return result.instead and result.instead.text, [entry.name for entry in result.listing[0:10]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sprzontanie", "sprzątanie"),
        ("sprzatnaie", "sprzątanie"),
        ("sprzątanie biór", "sprzątanie biur"),
        ("Sprzontanie  biur", "Sprzątanie  biur"),
        ("SPRZONTANIE biur", "SPRZĄTANIE biur"),
        ("szybkie sprzontanie biur we Wrocławiu", "szybkie sprzątanie biur we Wrocławiu"),
        ("sprzontanie biór", "sprzątanie biur"),
        ("sprzątanie Wroclwa", "sprzątanie Wrocław"),
        ("sprzątanie wroclwa", "sprzątanie Wrocław"),
        ("spszątanie", "sprzątanie"),
    ],
)
def test_a_mistyped_word_gets_what_it_resembles(typed, meant):
    card("Czysty Kąt", description="Szybkie sprzątanie biur.")
    assert closest_to(typed) == (meant, ["Czysty Kąt"])


@pytest.mark.django_db(transaction=True)
def test_words_that_cannot_be_remembered_do_not_undo_the_card(words_refused):
    made = OrganisationFactory(institution__name="Kwiaciarnia", published_at=NOW)

    catalogue.refresh([made.pk], now=NOW)

    assert names("kwiaciarnia") == ["Kwiaciarnia"]
    assert not SearchWord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_word_is_suggested_with_the_letters_that_a_careless_file_left_out():
    card("Czysty Kąt", description="SPRZATANIE BIUR, SWIDNICA")
    assert closest_to("sprzontanie biur")[0] == "sprzątanie biur"
    assert closest_to("biura śfidnica")[0] == "biura Świdnica"


@pytest.mark.django_db(transaction=True)
def test_a_word_like_no_other_gets_no_suggestion():
    card("Czysty Kąt", description="Sprzątanie biur.")
    assert closest_to("xyzzyx") == (None, [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [("krawiectwo", "krawieckie"), ("katering", "catering"), ("jedzenie", None), ("świetlica", None)],
)
def test_a_right_word_is_replaced_only_by_one_that_begins_like_it(typed, meant):
    card("Biuro", description="Poprawki krawieckie. Sadzenie drzew. Świdnica. Catering.")
    assert closest_to(typed)[0] == meant


@pytest.mark.django_db(transaction=True)
def test_known_words_without_a_common_card_are_not_replaced():
    card("Czysty Kąt", description="Sprzątanie biur.")
    card("Kuchnia", description="Catering.")
    assert closest_to("sprzątanie catering") == (None, [])


def test_words_are_remembered_after_the_commit(django_capture_on_commit_callbacks):
    made = OrganisationFactory(institution__name="Kwiaciarnia", published_at=NOW, description="Bukiety 2024")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        catalogue.refresh([made.pk], now=NOW)
        assert not SearchWord.objects.exists()
    known = set(SearchWord.objects.values_list("folded", flat=True))
    assert {"kwiaciarnia", "bukiety", "wroclaw"} <= known
    assert "2024" not in known


@pytest.mark.django_db(transaction=True)
def test_rebuilding_forgets_words_that_stand_nowhere():
    made = card("Kwiaciarnia")
    Institution.objects.filter(pk=made.institution_id).update(name="Piekarnia")
    assert catalogue.rebuild(now=NOW) == 1
    known = set(SearchWord.objects.values_list("folded", flat=True))
    assert "piekarnia" in known
    assert "kwiaciarnia" not in known
