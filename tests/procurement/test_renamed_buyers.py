"""The list follows the names of those who buy, whoever changed them and however."""

from datetime import date

import pytest
from django.db import transaction

from procurement.models import ContractingAuthority, OrderingUnit, OutdatedEntry, PostingEntry, Release
from procurement.tasks.entries import follow_names as tick
from procurement.use_cases.entries import following
from registry.models import Institution
from registry.use_cases.institutions import move
from registry.use_cases.merging import merge
from tests.accounts.factories import account, authority
from tests.procurement.orders import notice, plan_item, refresh
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():
    """With a notice of its own, and a plan of its unit."""
    town = authority(name="Gmina Nowa Wieś", town="Brzeg", county_id="0219", municipality_id="0219011")
    unit = OrderingUnit.objects.create(authority=town, name="Szkoła Podstawowa")
    notice(authority=town)
    plan_item(version__plan__authority=town, version__plan__unit=unit)
    notice(authority=authority(name="Inna gmina"), subject="Cudze")
    refresh()
    return town


def listed(*columns):
    return sorted(PostingEntry.objects.exclude(subject="Cudze").values_list(*columns))


def test_a_renamed_institution_is_listed_and_found_under_its_new_name(client, buyer):
    before = PostingEntry.objects.get(subject="Cudze").search
    institution = buyer.institution
    institution.name, institution.nip = "Miasto Bukowina", "8831690460"
    institution.save()
    assert listed("buyer_name") == [("Gmina Nowa Wieś",)] * 2
    tick()
    assert listed("buyer_name", "buyer_nip") == [("Miasto Bukowina", "8831690460")] * 2
    assert 'value="2"' in client.get("/zamowienia/", {"q": "bukowina"}).content.decode()
    assert 'value="0"' in client.get("/zamowienia/", {"q": "nowa wieś"}).content.decode()
    assert PostingEntry.objects.get(subject="Cudze").search == before
    assert not OutdatedEntry.objects.exists()


def test_those_who_read_open_data_are_told_the_new_name_once(buyer):
    told = Release.objects.count()
    Institution.objects.filter(pk=buyer.institution_id).update(name="Miasto Bukowina")
    tick()
    assert Release.objects.order_by("pk").last().body["buyer"]["name"] == "Miasto Bukowina"
    assert Release.objects.count() == told + 1
    tick()
    assert Release.objects.count() == told + 1


def test_many_renamed_in_one_statement_are_followed_as_well(buyer):
    Institution.objects.update(name="Wspólna nazwa")
    tick()
    assert set(PostingEntry.objects.values_list("buyer_name", flat=True)) == {"Wspólna nazwa"}


def test_an_institution_that_moves_takes_its_orders_without_a_place_along(buyer):
    address = {"town": "Wrocław", "county_id": "0264", "municipality_id": "0264011"}
    move(institution_id=buyer.institution_id, address=address, actor=account(), now=NOW)
    tick()
    assert listed("county") == [("0264",)] * 2


def test_a_renamed_unit_is_listed_under_its_new_name(buyer):
    OrderingUnit.objects.update(name="Zespół Szkół")
    tick()
    assert listed("unit_name") == [("",), ("Zespół Szkół",)]


def test_orders_of_a_merged_institution_are_listed_under_the_one_that_stays(buyer):
    keep, drop = OrganisationFactory(institution__name="Miasto Zostaje"), OrganisationFactory()
    ContractingAuthority.objects.filter(pk=buyer.pk).update(institution=drop.institution)
    merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)
    tick()
    assert listed("buyer_name", "buyer_slug") == [("Miasto Zostaje", buyer.slug)] * 2


def test_an_address_of_the_buyer_that_changes_is_followed(buyer):
    ContractingAuthority.objects.filter(pk=buyer.pk).update(slug="bukowina")
    tick()
    assert listed("buyer_slug") == [("bukowina",)] * 2


@pytest.mark.parametrize("given", [{"phone": "+48123456789"}, {"founded_year": 1990}, {"name": "Gmina Nowa Wieś"}])
def test_nothing_waits_when_the_list_shows_nothing_of_the_change(buyer, given):
    Institution.objects.filter(pk=buyer.institution_id).update(**given)
    OrganisationFactory().institution.save()
    assert not OutdatedEntry.objects.exists()


def test_a_name_that_was_not_kept_makes_nobody_wait(buyer):
    with transaction.atomic():
        Institution.objects.update(name="Na chwilę")
        transaction.set_rollback(True)
    assert not OutdatedEntry.objects.exists()


@pytest.mark.parametrize("rows", [1, 12])
def test_a_part_is_written_by_the_same_number_of_statements(buyer, django_assert_num_queries, rows):
    for number in range(rows):
        notice(authority=buyer, subject=f"Zamówienie {number}", published_at=NOW, performed_from=date(2027, 1, 1))
    refresh()
    Institution.objects.filter(pk=buyer.institution_id).update(name="Miasto Bukowina")
    with django_assert_num_queries(24):
        assert following.follow_names(now=NOW) == rows + 2


def test_more_than_one_part_is_written_part_by_part(buyer, monkeypatch):
    monkeypatch.setattr(following, "PART", 1)
    Institution.objects.filter(pk=buyer.institution_id).update(name="Miasto Bukowina")
    assert following.follow_names(now=NOW) == 1
    assert listed("buyer_name") == [("Gmina Nowa Wieś",), ("Miasto Bukowina",)]
    tick()
    assert listed("buyer_name") == [("Miasto Bukowina",)] * 2
