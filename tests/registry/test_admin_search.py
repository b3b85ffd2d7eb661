"""Finding a card in the panel as people type, and fast: by the index, whatever the size of the register."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from registry.admin.cards import reading
from registry.models import DuplicateCase, Institution, Organisation, Unit
from tests.registry.factories import NOW, InstitutionFactory, OrganisationFactory, UnitFactory

pytestmark = pytest.mark.django_db


def listed(client, query, model="organisation"):
    response = client.get(reverse(f"admin:registry_{model}_changelist"), {"q": query})
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


WRITINGS = [
    "spoldzielnia zuraw",
    "ŻURAW",
    "żuraw kłodzko",
    "„Żuraw” - Kłodzko",
    "klodzko",
    "spoldz zur",
    "kl zuraw sp",
    "SSŻ",
    "000-000-00-17",
    "NIP: 000 000 00 17",
    "PL0000000017",
    "0000617106",
    "KRS 617106",
    "REGON 364 403 687",
    "36440368700000",
    "Żuraw (NIP 000-000-00-17)",
]


@pytest.mark.parametrize("query", WRITINGS)
@pytest.mark.parametrize("model", ["organisation", "institution"])
def test_words_in_any_case_and_numbers_in_any_writing_find_it(coordinator, model, query):
    zuraw = InstitutionFactory(
        name="Spółdzielnia „ŻURAW”", short_name="SSŻ", town="Kłodzko", nip="0000000017", regon="364403687",
        krs="0000617106",
    )  # fmt: skip
    card = OrganisationFactory(institution=zuraw)
    OrganisationFactory(institution__name="Fundacja Czapla", institution__nip="")
    assert listed(coordinator, query, model) == [card if model == "organisation" else zuraw]


@pytest.mark.parametrize("query", ["żuraw legnica", "NIP 8990000110", "qqqqq", "%", "_", "\\", "a" * 500, "qq " * 400])
def test_what_nobody_holds_finds_nothing(coordinator, query):
    OrganisationFactory(institution__name="Spółdzielnia Żuraw", institution__town="Kłodzko")
    assert listed(coordinator, query) == []


def test_a_number_that_is_no_identifier_of_anybody_is_a_word(coordinator):
    card = OrganisationFactory(institution__name="Klub Integracji 20002")
    OrganisationFactory()
    assert listed(coordinator, "20002") == [card]


def test_a_unit_is_found_by_its_own_words_and_by_the_number_of_its_operator(coordinator):
    operator = InstitutionFactory(name="Fundacja Most")
    card = OrganisationFactory(
        of_unit=True, unit=UnitFactory(operator=operator, name="WTZ Łąka"), institution=operator
    )
    OrganisationFactory()
    assert listed(coordinator, "laka") == [card]
    assert listed(coordinator, operator.nip) == [card]
    assert listed(coordinator, "fundacja most") == []
    assert listed(coordinator, "laka", "unit") == [card.unit]


def test_a_removed_card_is_not_found(coordinator):
    OrganisationFactory(institution__name="Żuraw", removed_at=NOW)
    assert listed(coordinator, "żuraw") == []


def test_both_sides_of_a_possible_duplicate_are_found(coordinator):
    one, other = (OrganisationFactory(institution__name=name) for name in ("Żuraw", "Źródło"))
    case = DuplicateCase.objects.create(organisation=one, other=other, why="nazwa")
    assert listed(coordinator, "zuraw", "duplicatecase") == [case]
    assert listed(coordinator, "zrodlo", "duplicatecase") == [case]
    assert listed(coordinator, "czapla", "duplicatecase") == []


@pytest.fixture
def many():
    """Twenty thousand cards, so that the planner has reason to use an index."""
    card = OrganisationFactory()
    with connection.cursor() as cursor:
        _copy(
            cursor,
            card.institution,
            "-n",
            name="'Spółdzielnia Łąka' || n",
            town="'Kłodzko'",
            nip="'9' || to_char(n, 'FM000000000')",
        )
        _copy(cursor, card, "-n", institution_id="-n", slug="'k' || n")
        _copy(cursor, UnitFactory(), "-n", name="'Warsztat' || n")
        for table in ("institution", "unit"):
            cursor.execute(f"SELECT gin_clean_pending_list('registry_{table}_words')")
        cursor.execute("ANALYZE registry_institution, registry_unit, registry_organisation")


def _copy(cursor, row, key, **changed):
    """Rows like this one, but for some columns, written without their history."""
    table = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields if field.name != "id"]
    changed |= {column: "''" for column in ("regon", "krs") if column in columns}
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(
        f"INSERT INTO {table} (id, {', '.join(columns)})"  # noqa: S608
        f" SELECT {key}, {values} FROM {table}, generate_series(1, 20000) n WHERE id = %s",
        [row.pk],
    )
    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize("text", ["laka777", "Spółdzielnia Łąka777", "kłodzko łąka777", "s łąka777"])
def test_words_are_looked_up_in_the_index(many, text):
    assert len(reading.cards_named(text)) == 11
    plan = reading.cards_named(text).explain()
    assert "Bitmap Index Scan on registry_institution_words" in plan
    assert "Seq Scan on registry_institution" not in plan
    assert "Seq Scan on registry_organisation" not in plan
    units = reading.named(Unit.objects.all(), text).explain()
    assert "Bitmap Index Scan on registry_unit_words" in units


def test_a_few_cards_are_read_by_their_keys(many):
    cards = reading.for_admin_list(Organisation.objects.all(), today=timezone.localdate())
    plan = reading.search(cards, "łąka777").order_by("party_sort_key", "pk")[:50].explain()
    assert "Index Scan using registry_organisation_pkey" in plan
    assert "Seq Scan on registry_institution" not in plan


def test_a_number_is_looked_up_in_the_indexes(many):
    found = reading.identified(Institution.objects.living(), "NIP 900-000-07-77")
    assert found.count() == 1
    for register in ("nip", "regon", "krs"):
        assert f"registry_institution_{register}_once" in found.explain()
