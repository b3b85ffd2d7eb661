"""What a row may change on a card that stands, and what it may not."""

import pytest
from django.utils import timezone

from registry.models import DataSource, Institution, Offer, Organisation, SocialEnterpriseStatus
from registry.use_cases import organisations
from tests.registry.factories import OfferFactory, OrganisationFactory, SocialEnterpriseStatusFactory
from tests.registry.imports.conftest import numbers

pytestmark = pytest.mark.django_db

NIP = "8831690460"


@pytest.fixture
def card():
    return OrganisationFactory(
        published=True,
        kind_id="ngo",
        institution__name="Fundacja Alfa",
        institution__legal_form_id="fundacja",
        institution__nip=NIP,
        institution__flat_number="78",
        source__name="Wykaz regionalny",
        source__rank=20,
    )


def changed(card, *names):
    card.institution.refresh_from_db()
    card.refresh_from_db()
    return [getattr(card.institution, name) for name in names]


def test_new_values_replace_old_ones_and_empty_cells_erase_nothing(import_lines, card):
    report = import_lines("Nazwa;NIP;Telefon;E-mail;www", f"Fundacja Alfa;{NIP};74 837 25 99;;www.alfa.pl")

    assert numbers(report) == (1, 0, 1, 0, 0, 0)
    assert changed(card, "phone", "email", "www") == ["+48748372599", "biuro@example.pl", "https://www.alfa.pl"]


def test_a_name_in_capitals_is_not_a_change(import_lines, card):
    report = import_lines("Nazwa;NIP", f"FUNDACJA „ALFA”;{NIP}")

    assert numbers(report) == (1, 0, 0, 1, 0, 0)


def test_what_a_person_has_confirmed_is_left_and_listed(import_lines, card):
    organisations.verify(organisation_id=card.pk, verifier="koordynator", fields=["phone"], now=timezone.now())

    report = import_lines("Nazwa;NIP;Telefon;E-mail", f"Fundacja Alfa;{NIP};74 837 25 99;alfa@example.pl")

    assert numbers(report) == (1, 0, 1, 0, 0, 0)
    assert changed(card, "phone", "email") == ["+48710000000", "alfa@example.pl"]
    assert {
        "row": 2,
        "column": "Telefon",
        "value": "74 837 25 99",
        "reason": "dane potwierdzone przez człowieka; zostawiono: +48710000000",
    } in report["warnings"]


def test_a_weaker_source_fills_blanks_only(import_lines, card):
    DataSource.objects.create(name="Plotki", rank=5)

    report = import_lines(
        "Nazwa;NIP;Telefon;www", f"Fundacja Alfa;{NIP};74 837 25 99;www.alfa.pl", options=["--source", "plotki"]
    )

    assert changed(card, "phone", "www") == ["+48710000000", "https://www.alfa.pl"]
    assert card.source.name == "Wykaz regionalny"
    assert [one["reason"] for one in report["warnings"] if one["column"] == "Telefon"] == [
        "ważniejsze źródło podaje: +48710000000; zostawiono",
        "ujednolicono zapis telefonu",
    ]


def test_a_new_address_takes_the_place_of_the_old_one_as_a_whole(import_lines, card):
    import_lines("Nazwa;NIP;Ulica i nr;Miejscowość;Powiat", f"Fundacja Alfa;{NIP};ul. Długa 5;Kłodzko;kłodzki")

    assert changed(card, "street", "house_number", "flat_number", "postal_code", "town") == [
        "ul. Długa",
        "5",
        "",
        "",
        "Kłodzko",
    ]
    assert changed(card, "municipality_id", "county_id") == [None, "0208"]


def test_half_an_address_changes_nothing_and_is_told(import_lines, card):
    report = import_lines("Nazwa;NIP;Ulica", f"Fundacja Alfa;{NIP};ul. Długa")

    assert numbers(report) == (1, 0, 0, 1, 0, 0)
    assert [one["reason"] for one in report["warnings"] if one["column"] == "Ulica"] == [
        "nowy adres jest niepełny; zostawiono dotychczasowy"
    ]


def test_only_offers_not_known_yet_are_added(import_lines, card):
    OfferFactory(organisation=card, name="Sprzątanie biur")
    OfferFactory(organisation=card, name="Catering", removed_at=timezone.now())

    report = import_lines("Nazwa;NIP;Oferta", f'Fundacja Alfa;{NIP};"SPRZĄTANIE BIUR; catering; Pralnia"')

    assert numbers(report) == (1, 0, 1, 0, 0, 0)
    assert sorted(Offer.objects.values_list("name", flat=True)) == ["Catering", "Pralnia", "Sprzątanie biur"]


def test_a_status_in_the_time_of_another_is_left_and_told(import_lines, card):
    SocialEnterpriseStatusFactory(institution=card.institution, granted_on="2024-03-01", decision_number="PS.1")

    report = import_lines("Nazwa;NIP;Status PS;Status PS od;Nr decyzji", f"Fundacja Alfa;{NIP};tak;2025-01-01;PS.2")

    assert numbers(report) == (1, 0, 0, 1, 0, 0)
    assert SocialEnterpriseStatus.objects.count() == 1
    assert "w tym czasie rejestr ma już status PS od 2024-03-01; zostawiono" in [
        one["reason"] for one in report["warnings"]
    ]


def test_the_loss_of_a_status_is_written_to_the_one_it_ends(import_lines, card):
    SocialEnterpriseStatusFactory(institution=card.institution, granted_on="2024-03-01", decision_number="PS.1")

    import_lines(
        "Nazwa;NIP;Status PS;Status PS od;Data utraty statusu", f"Fundacja Alfa;{NIP};tak;2024-03-01;2026-05-01"
    )

    status = SocialEnterpriseStatus.objects.get()
    assert (str(status.lost_on), status.decision_number) == ("2026-05-01", "PS.1")
    assert status.loss_reason == "nie podano w źródle"


def test_a_card_withdrawn_by_a_person_is_not_published_again(import_lines, card):
    organisations.withdraw(organisation_id=card.pk, now=timezone.now())

    report = import_lines("Nazwa;NIP;www", f"Fundacja Alfa;{NIP};www.alfa.pl")

    card.refresh_from_db()
    assert card.published_at is None
    assert "kartę wycofał z katalogu człowiek; danych nie opublikowano" in [
        one["reason"] for one in report["warnings"]
    ]


def test_rows_imported_unpublished_become_public_with_the_next_import(import_lines):
    import_lines("Nazwa;NIP", f"Fundacja Alfa;{NIP}", options=["--unpublished"])

    report = import_lines("Nazwa;NIP", f"Fundacja Alfa;{NIP}")

    assert numbers(report) == (1, 0, 1, 0, 0, 0)
    assert Organisation.objects.get().entry.name == "Fundacja Alfa"


def test_every_change_is_in_the_history_with_its_run(import_lines, card):
    report = import_lines("Nazwa;NIP;Telefon", f"Fundacja Alfa;{NIP};74 837 25 99", "Fundacja Beta;")

    events = [
        (event.pgh_label, event.pgh_context.metadata)
        for event in Institution.pgh_event_model.objects.exclude(pgh_context=None).order_by("pgh_id")
    ]
    assert events == [
        ("insert", {"source": "import", "run": report["run"]}),
        ("update", {"source": "import", "run": report["run"]}),
    ]
