"""When two cards turn out to be one organisation, what other apps know of them goes along."""

from datetime import date

import pytest

from procurement.models import Award, Posting, SupplyFit
from registry.use_cases.merging import merge
from tests.accounts.factories import authority
from tests.events.factories import EnrolmentFactory
from tests.procurement.factories import NoticeFactory
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db


def fit(organisation, posting, score):
    return SupplyFit.objects.create(
        organisation=organisation, posting=posting, score=score, why="ten sam kod", found_at=NOW
    )


def test_results_forms_and_fitting_orders_follow():
    keep, drop = OrganisationFactory(), OrganisationFactory()
    enrolment = EnrolmentFactory(institution=drop.institution)
    award = Award.objects.create(
        notice=NoticeFactory(), supplier=drop.institution, supplier_name="Stara nazwa", decided_on=date(2026, 1, 5)
    )
    once, twice = Posting.objects.create(), Posting.objects.create()
    fit(drop, once, 50)
    fit(drop, twice, 60)
    fit(keep, twice, 90)
    merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)
    enrolment.refresh_from_db()
    award.refresh_from_db()
    assert enrolment.institution_id == award.supplier_id == keep.institution_id
    assert award.supplier_name == "Stara nazwa"
    assert dict(SupplyFit.objects.filter(organisation=keep).values_list("posting", "score")) == {
        once.pk: 50,
        twice.pk: 90,
    }


def test_an_authority_keeps_its_plans_under_the_name_that_stays():
    keep, drop = OrganisationFactory(), OrganisationFactory()
    buyer = authority(name="Gmina")
    type(buyer).objects.filter(pk=buyer.pk).update(institution=drop.institution)
    merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)
    buyer.refresh_from_db()
    assert buyer.institution_id == keep.institution_id
