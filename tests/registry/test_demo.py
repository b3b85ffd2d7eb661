import pytest
from stdnum.pl import nip as stdnum_nip

from registry.models import CatalogueEntry, Institution, OfferEntry, OfferMark, Organisation, Unit
from registry.use_cases.demo.invent import nip
from registry.use_cases.demo.seed import seed_organisations
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db


def rows():
    return list(
        Institution.objects.order_by("nip").values_list(
            "name", "nip", "street", "house_number", "municipality", "phone"
        )
    )


def test_the_same_seed_gives_the_same_rows():
    seed_organisations(count=40, seed=7, now=NOW)
    first = rows()
    OfferMark.objects.all().delete()
    Organisation.objects.all().delete()
    Unit.objects.all().delete()
    Institution.objects.all().delete()
    seed_organisations(count=40, seed=7, now=NOW)
    assert rows() == first
    assert len(first) == 40


def test_every_invented_organisation_is_found_in_the_catalogue_with_its_offers():
    seed_organisations(count=40, seed=7, now=NOW)
    assert CatalogueEntry.objects.count() == 40
    assert OfferEntry.objects.count() >= 40
    assert CatalogueEntry.objects.filter(ps=True).exists()


def test_seeding_again_changes_nothing():
    assert seed_organisations(count=10, seed=7, now=NOW) == 10
    assert seed_organisations(count=10, seed=7, now=NOW) == 0
    assert seed_organisations(count=12, seed=7, now=NOW) == 2


def test_invented_numbers_pass_the_check_and_never_repeat():
    numbers = [nip(number) for number in range(1, 3000)]
    assert all(stdnum_nip.is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
