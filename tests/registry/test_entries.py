"""What refresh() writes for the public pages."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from registry.models import CatalogueEntry, CategoryBit, Institution, OfferEntry, Organisation
from registry.use_cases import catalogue
from registry.use_cases.catalogue.entries import summary
from tests.registry.factories import (
    NOW,
    InstitutionFactory,
    OfferFactory,
    OrganisationFactory,
    UnitFactory,
    WorkplaceFactory,
    refresh,
)

pytestmark = pytest.mark.django_db


def published(**values):
    card = OrganisationFactory(**values)
    Organisation.objects.filter(pk=card.pk).update(published_at=NOW)
    return card


def entry(card):
    refresh(card)
    return CatalogueEntry.objects.get(pk=card.pk)


def lexemes(model, pk):
    with connection.cursor() as cursor:
        table, column = model._meta.db_table, model._meta.pk.column
        cursor.execute(f"SELECT tsvector_to_array(search) FROM {table} WHERE {column} = %s", [pk])  # noqa: S608
        return set(cursor.fetchone()[0])


def test_each_term_stands_once_under_the_best_field():
    card = published(
        institution=InstitutionFactory(name="Pranie Ład", short_name="Ład", town="Oława", municipality_id="0215011"),
        description="Pranie, szycie, Oława.",
    )
    offer = OfferFactory(organisation=card, name="Szycie", category_id=None, description="Szycie, haft.")
    refresh(card)
    found = lexemes(CatalogueEntry, card.pk)
    assert {"nprac", "nlad", "oszyc", "dolawa", "dhaft", "polawski", "pdolnoslaski"} <= found
    terms = [lexeme[1:] for lexeme in found]
    assert len(terms) == len(set(terms))
    assert {"nszyc", "dhaft", "polawa", "dlad"} <= lexemes(OfferEntry, offer.pk)


def test_workplaces_are_places_too():
    card = published()
    WorkplaceFactory(organisation=card, town="Legnica")
    refresh(card)
    assert "plegnica" in lexemes(CatalogueEntry, card.pk)


def test_areas_are_stored_with_the_wider_ones_they_lie_in():
    assert entry(published(serves=["0208021", "0264"])).serves == ["02*", "0208*", "0208021", "0264"]
    assert entry(published(serves=["PL"])).serves == ["PL"]
    assert entry(published(serves=[])).serves == ["02*", "0264*", "0264011"]


def test_codes_are_stored_with_their_parents():
    card = published()
    OfferFactory(organisation=card, codes=["90911200"])
    assert entry(card).cpv == [90000000, 90900000, 90910000, 90911000, 90911200]


def test_a_unit_shows_its_own_name_and_place():
    operator = InstitutionFactory(name="Fundacja", municipality_id="0264011")
    unit = UnitFactory(operator=operator, name="WTZ Kłodzko", town="Kłodzko", municipality_id="0208021")
    written = entry(published(of_unit=True, unit=unit, institution=operator))
    assert (written.name, written.town, written.county_id, written.form_id) == ("WTZ Kłodzko", "Kłodzko", "0208", None)
    assert "dfundacja" in lexemes(CatalogueEntry, written.pk)


def test_the_summary_is_the_description_or_the_mission_or_the_offers():
    assert entry(published(description="Opis.", mission="Misja.")).summary == "Opis."
    assert entry(published(description="", mission="Misja.")).summary == "Misja."
    card = published(description="", mission="")
    OfferFactory(organisation=card, name="Mycie okien", position=1)
    OfferFactory(organisation=card, name="Pranie", position=0)
    assert entry(card).summary == "Pranie, Mycie okien"


@pytest.mark.parametrize(
    ("text", "cut"),
    [("", ""), ("a\n b\t c", "a b c"), ("słowo " * 40, "słowo " * 29 + "słowo…"), ("x" * 200, "x" * 180 + "…")],
)
def test_a_summary_is_cut_between_words(text, cut):
    assert summary(text) == cut


def test_a_change_of_the_card_its_person_or_its_offers_is_a_change_of_the_entry():
    card = published()
    offer = OfferFactory(organisation=card)
    later = NOW + timedelta(days=400)
    Organisation.objects.update(updated_at=NOW)
    Institution.objects.update(updated_at=NOW)
    for model in (Organisation, Institution, type(offer)):
        model.objects.update(updated_at=NOW)
    assert entry(card).changed_at == NOW
    for model in (Organisation, Institution, type(offer)):
        model.objects.update(updated_at=later)
        assert entry(card).changed_at == later
        model.objects.update(updated_at=NOW)


def test_nothing_is_left_for_a_search_to_read_through():
    card = published(serves=["0264"])
    OfferFactory(organisation=card, codes=["90910000"])
    refresh(card)

    waiting = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename LIKE 'registry%entry' AND indexdef LIKE '%gin%'"
        )
        for (index,) in cursor.fetchall():
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
            waiting[index] = cursor.fetchone()[0]
    assert len(waiting) == 7
    assert set(waiting.values()) == {0}


def test_a_card_that_is_not_public_any_more_loses_its_entries():
    card = published()
    OfferFactory(organisation=card)
    refresh(card)
    Organisation.objects.update(published_at=None)
    refresh(card)
    assert not CatalogueEntry.objects.exists()
    assert not OfferEntry.objects.exists()


def test_refreshing_twice_writes_the_same():
    card = published(latitude=51.1, longitude=17.0)
    OfferFactory(organisation=card, codes=["90910000"])
    first = CatalogueEntry.objects.filter(pk=entry(card).pk).values().get()
    assert CatalogueEntry.objects.filter(pk=entry(card).pk).values().get() == first


def test_many_cards_are_written_by_as_many_statements_as_few(monkeypatch):
    for _ in range(30):
        OfferFactory(organisation=published())
    ids = list(Organisation.objects.values_list("pk", flat=True))
    refresh()
    counts = []
    for some in (ids[:1], ids):
        with CaptureQueriesContext(connection) as queries:
            catalogue.refresh(some, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    monkeypatch.setattr(catalogue, "CHUNK", 7)
    CatalogueEntry.objects.all().delete()
    catalogue.refresh(ids, now=NOW)
    assert CatalogueEntry.objects.count() == OfferEntry.objects.count() == 30


def test_refreshing_nothing_is_nothing():
    catalogue.refresh([], now=NOW)
    catalogue.refresh([999_999], now=NOW)
    assert not CatalogueEntry.objects.exists()


def test_every_category_has_a_bit_that_stays():
    OfferFactory(organisation=published(), category_id="sprzatanie")
    refresh()
    bits = dict(CategoryBit.objects.values_list("category_id", "bit"))
    assert len(bits) == len(set(bits.values())) == 20
    assert CatalogueEntry.objects.get().category_bits == 1 << bits["sprzatanie"]
    refresh()
    assert dict(CategoryBit.objects.values_list("category_id", "bit")) == bits


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_the_later_sees_the_earlier():
    card = published(institution__name="Stara")
    refresh(card)
    started = threading.Event()

    def other():
        try:
            with transaction.atomic():
                started.set()
                catalogue.refresh([card.pk], now=NOW)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        Institution.objects.update(name="Nowa")
        catalogue.refresh([card.pk], now=NOW)
        thread.start()
        started.wait(timeout=10)
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert list(CatalogueEntry.objects.values_list("name", flat=True)) == ["Nowa"]
