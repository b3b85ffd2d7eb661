"""The database refuses nonsense even from SQL written by hand."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from registry.models import Institution, OfferPicture, Organisation
from tests.registry.factories import (
    NOW,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize("field", ["nip", "regon", "krs"])
def test_an_identifier_belongs_to_one_living_institution(field):
    first = InstitutionFactory()
    value = getattr(first, field)
    with refused(f"registry_institution_{field}_once"), transaction.atomic():
        InstitutionFactory(**{field: value})
    Institution.objects.filter(pk=first.pk).update(removed_at=NOW)
    assert getattr(InstitutionFactory(**{field: value}), field) == value


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"nip": "123"}, "nip_format"),
        ({"regon": "1234567890"}, "regon_format"),
        ({"krs": "12345"}, "krs_format"),
        ({"postal_code": "53311"}, "postal_code"),
        ({"phone": "710000000"}, "phone"),
        ({"name": ""}, "institution_name"),
        ({"founded_year": 1300}, "founded"),
        ({"ct9_granted_on": date(2019, 1, 1)}, "ct9"),
        ({"municipality_id": "0219011", "county_id": "0264"}, "municipality_in_county"),
        ({"municipality_id": "0219011", "county_id": None}, "municipality_in_county"),
    ],
)
def test_an_institution_cannot_hold_nonsense(change, constraint):
    institution = InstitutionFactory()
    with refused(constraint):
        Institution.objects.filter(pk=institution.pk).update(**change)


def test_many_institutions_may_lack_an_identifier():
    InstitutionFactory.create_batch(2, nip="", regon="", krs="")
    assert Institution.objects.filter(nip="").count() == 2


@pytest.mark.parametrize("value", ["1234567890", "12345678901", "abc"])
def test_a_nip_with_a_wrong_check_digit_is_refused_in_polish(value):
    institution = InstitutionFactory.build(nip=value)
    with pytest.raises(ValidationError) as refusal:
        institution.clean_fields(exclude=["municipality", "county", "legal_form"])
    assert "To nie jest poprawny NIP: nie zgadza się liczba cyfr lub cyfra kontrolna." in str(refusal.value)


def test_periods_of_ps_status_do_not_overlap():
    status = SocialEnterpriseStatusFactory(granted_on=date(2023, 1, 1), lost_on=date(2024, 1, 1))
    SocialEnterpriseStatusFactory(institution=status.institution, granted_on=date(2024, 1, 1))
    with refused("registry_ps_no_overlap"):
        SocialEnterpriseStatusFactory(institution=status.institution, granted_on=date(2025, 1, 1))


def test_ps_status_cannot_be_lost_before_it_was_granted():
    with refused("registry_ps_lost_after_granted"):
        SocialEnterpriseStatusFactory(granted_on=date(2024, 1, 2), lost_on=date(2024, 1, 1))


def test_periods_of_a_mark_do_not_share_a_day():
    mark = OfferMarkFactory(granted_on=date(2025, 1, 1), valid_until=date(2025, 12, 31))
    OfferMarkFactory(offer=mark.offer, granted_on=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    with refused("registry_mark_no_overlap"):
        OfferMarkFactory(offer=mark.offer, granted_on=date(2026, 12, 31), valid_until=date(2027, 12, 30))


def test_an_institution_has_one_card_and_any_number_of_units():
    card = OrganisationFactory()
    for _ in range(2):
        OrganisationFactory(of_unit=True, unit=UnitFactory(operator=card.institution))
    with refused("registry_organisation_own_card_once"):
        OrganisationFactory(institution=card.institution)


def test_a_card_stands_for_somebody():
    with refused("registry_organisation_of_somebody"):
        OrganisationFactory(institution=None)


def test_a_removed_card_is_not_public():
    card = OrganisationFactory()
    with refused("registry_organisation_removed_is_not_public"):
        Organisation.objects.filter(pk=card.pk).update(removed_at=NOW, published_at=NOW)


def test_a_name_of_a_person_needs_the_day_of_consent():
    card = OrganisationFactory()
    with refused("registry_organisation_contact_consent"):
        Organisation.objects.filter(pk=card.pk).update(contact_person="Jan Przykładowy")


def test_a_unit_cannot_end_before_it_began():
    with refused("registry_unit_ended_after_started"):
        UnitFactory(started_on=date(2024, 1, 2), ended_on=date(2024, 1, 1))


def test_a_picture_needs_words_for_those_who_do_not_see_it():
    with refused("registry_picture_alt"):
        OfferPicture.objects.create(offer=OfferFactory(), image="x.webp", width=1, height=1, alt="  ")


def event_count(model):
    return model.pgh_event_model.objects.count()


def test_bulk_writes_and_plain_sql_leave_history(django_assert_num_queries):
    Institution.objects.bulk_create(InstitutionFactory.build_batch(30, municipality_id=None, county_id=None))
    assert event_count(Institution) == 30
    Institution.objects.update(email="nowy@example.pl")
    assert event_count(Institution) == 60
    Institution.objects.update(email="nowy@example.pl")
    assert event_count(Institution) == 60
    Institution.objects.all().delete()
    assert event_count(Institution) == 90


@pytest.mark.parametrize("make", [OfferFactory, UnitFactory, SocialEnterpriseStatusFactory, OfferMarkFactory])
def test_every_fact_of_a_card_is_tracked(make):
    row = make()
    assert [event.pgh_label for event in type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk)] == ["insert"]


def test_models_of_the_register_are_tracked_or_named_here():
    dictionaries = {
        "DictionaryLoad", "Region", "County", "Municipality", "CpvCode", "PkdCode", "OrganisationKind", "LegalForm",
        "OfferCategory", "DataSource", "TermRule", "FreshnessRule",
    }  # fmt: skip
    derived = {"CatalogueEntry", "OfferEntry", "SearchWord", "CatalogueChange", "CategoryBit", "NameKey"}
    work = {
        "ImportRun", "ImportRow", "DuplicateCase", "HeadingMapping", "ErrorReport", "ReportStep",
        "RepresentationRequest", "Confirmation", "ConfirmationRequest", "CallAttempt",
        "Proposal", "ProposedChange", "ProposedPicture", "TrustedField",
    }  # fmt: skip
    derived.add("FormerSlug")  # by a trigger, from what is tracked
    models = apps.get_app_config("registry").get_models()
    names = {model.__name__ for model in models if not model.__name__.endswith("Event")}
    tracked = {name for name in names if hasattr(apps.get_model("registry", name), "pgh_event_model")}
    assert names - tracked == dictionaries | derived | work
