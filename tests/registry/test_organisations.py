from datetime import date, timedelta

import pytest

from core.exceptions import Refused
from registry.models import CatalogueEntry, Institution, OfferEntry, Organisation, Unit
from registry.use_cases.merging import merge
from registry.use_cases.organisations import publish, record_mark, remove, verify, withdraw
from tests.registry.factories import (
    NOW,
    TODAY,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    ReferenceFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def in_catalogue(card):
    return CatalogueEntry.objects.filter(pk=card.pk).exists()


def test_publishing_puts_the_card_and_its_offers_into_the_catalogue():
    offer = OfferFactory()
    publish(organisation_id=offer.organisation_id, now=NOW)
    assert in_catalogue(offer.organisation)
    assert list(OfferEntry.objects.values_list("pk", flat=True)) == [offer.pk]


def test_publishing_twice_keeps_the_first_day():
    card = OrganisationFactory()
    publish(organisation_id=card.pk, now=NOW)
    publish(organisation_id=card.pk, now=NOW + timedelta(days=1))
    card.refresh_from_db()
    assert card.published_at == NOW


def test_a_closed_unit_is_not_published():
    card = OrganisationFactory(of_unit=True, unit=UnitFactory(ended_on=TODAY))
    with pytest.raises(Refused, match="zakończyła działalność"):
        publish(organisation_id=card.pk, now=NOW)
    assert not in_catalogue(card)


def test_withdrawing_takes_the_card_and_its_offers_out():
    offer = OfferFactory(organisation=OrganisationFactory(published=True))
    withdraw(organisation_id=offer.organisation_id, now=NOW)
    assert not in_catalogue(offer.organisation)
    assert not OfferEntry.objects.exists()


def test_verifying_remembers_day_person_and_fields():
    card = OrganisationFactory(published=True, activity="nieaktywny")
    verify(organisation_id=card.pk, verifier="koordynator", fields=["phone"], now=NOW)
    card.refresh_from_db()
    assert (card.verified_on, card.verified_by, card.activity) == (TODAY, "koordynator", "aktywny")
    assert card.verified_fields == {"phone": "2026-11-22"}
    assert card.entry.verified_on == TODAY


def test_removing_frees_the_identifiers_of_the_legal_person():
    card = OrganisationFactory(published=True)
    remove(organisation_id=card.pk, now=NOW)
    assert not in_catalogue(card)
    assert InstitutionFactory(nip=card.institution.nip).pk


def test_removing_a_card_keeps_the_operator_of_living_units():
    card = OrganisationFactory()
    OrganisationFactory(of_unit=True, unit=UnitFactory(operator=card.institution))
    remove(organisation_id=card.pk, now=NOW)
    assert Institution.objects.living().filter(pk=card.institution_id).exists()


def test_removing_a_unit_leaves_its_operator():
    card = OrganisationFactory(of_unit=True, published=True)
    remove(organisation_id=card.pk, now=NOW)
    assert Unit.objects.get(pk=card.unit_id).removed_at == NOW
    assert Institution.objects.living().filter(pk=card.institution_id).exists()


def test_removing_is_refused_while_a_mark_is_valid():
    mark = OfferMarkFactory()
    with pytest.raises(Refused, match="ważny znak"):
        remove(organisation_id=mark.offer.organisation_id, now=NOW)


def test_verbs_refuse_a_removed_card():
    card = OrganisationFactory()
    remove(organisation_id=card.pk, now=NOW)
    for verb in (publish, withdraw, remove):
        with pytest.raises(Refused, match="nie ma już w rejestrze"):
            verb(organisation_id=card.pk, now=NOW)


def test_merging_moves_offers_and_fills_only_what_was_blank():
    keep = OrganisationFactory(published=True, institution__email="", institution__nip="", description="Catering.")
    drop = OrganisationFactory(published=True, institution__email="nowy@example.pl", description="Pralnia.")
    offer, reference = OfferFactory(organisation=drop), ReferenceFactory(organisation=drop)
    merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)

    kept = Organisation.objects.get(pk=keep.pk)
    assert (kept.description, kept.institution.email) == ("Catering.", "nowy@example.pl")
    assert kept.institution.nip == drop.institution.nip
    assert (list(kept.offers.all()), list(kept.references.all())) == ([offer], [reference])
    dropped = Organisation.objects.get(pk=drop.pk)
    assert (dropped.merged_into, dropped.removed_at, dropped.published_at) == (kept, NOW, None)
    assert dropped.institution.merged_into == kept.institution
    assert [entry.pk for entry in CatalogueEntry.objects.all()] == [keep.pk]


def test_merging_never_mixes_two_addresses():
    keep = OrganisationFactory(institution__postal_code="", institution__street="ul. Lipowa")
    drop = OrganisationFactory(institution__postal_code="50-001", institution__street="ul. Szkolna")
    merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)
    keep.institution.refresh_from_db()
    assert (keep.institution.street, keep.institution.postal_code) == ("ul. Lipowa", "")


def test_merging_moves_ps_periods_and_refuses_overlapping_ones():
    keep, drop = OrganisationFactory(), OrganisationFactory()
    SocialEnterpriseStatusFactory(institution=keep.institution, granted_on=date(2023, 1, 1), lost_on=date(2024, 1, 1))
    moved = SocialEnterpriseStatusFactory(institution=drop.institution, granted_on=date(2025, 1, 1))
    merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)
    moved.refresh_from_db()
    assert moved.institution == keep.institution

    third = OrganisationFactory()
    SocialEnterpriseStatusFactory(institution=third.institution, granted_on=date(2023, 6, 1))
    with pytest.raises(Refused, match="w tym samym czasie"):
        merge(keep_id=keep.pk, drop_id=third.pk, now=NOW)
    assert Organisation.objects.get(pk=third.pk).removed_at is None


def test_a_unit_and_a_legal_person_are_never_merged():
    unit, card = OrganisationFactory(of_unit=True), OrganisationFactory()
    with pytest.raises(Refused, match="osobą prawną"):
        merge(keep_id=card.pk, drop_id=unit.pk, now=NOW)
    with pytest.raises(Refused, match="z nim samym"):
        merge(keep_id=card.pk, drop_id=card.pk, now=NOW)


def test_merging_two_units_of_one_operator_keeps_the_operator():
    operator = InstitutionFactory()
    keep, drop = (OrganisationFactory(of_unit=True, unit=UnitFactory(operator=operator)) for _ in range(2))
    merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)
    assert Unit.objects.get(pk=drop.unit_id).removed_at == NOW
    assert Institution.objects.living().get() == operator


def test_a_recorded_mark_shows_in_the_catalogue_and_ends_with_its_licence():
    offer = OfferFactory(organisation=OrganisationFactory(published=True))
    record_mark(offer_id=offer.pk, number="ZP/2026/001", granted_on=TODAY, valid_until=date(2027, 11, 21), now=NOW)
    assert CatalogueEntry.objects.get().mark_until == date(2027, 11, 21)
    record_mark(
        offer_id=offer.pk,
        number="ZP/2026/001",
        granted_on=TODAY,
        valid_until=date(2027, 11, 21),
        state="odebrany",
        now=NOW,
    )
    assert CatalogueEntry.objects.get().mark is False


def test_a_workshop_cannot_hold_the_mark():
    offer = OfferFactory(organisation=OrganisationFactory(of_unit=True))
    with pytest.raises(Refused, match="warsztat terapii zajęciowej"):
        record_mark(offer_id=offer.pk, number="ZP/2026/001", granted_on=TODAY, valid_until=TODAY, now=NOW)
