"""A run taken back as a whole, and what stays when somebody has been there since."""

import pytest
from django.utils import timezone

from core.exceptions import Refused
from registry import models
from registry.choices import ImportState
from registry.use_cases import organisations
from registry.use_cases.imports import undo
from tests.registry.factories import OfferFactory, OrganisationFactory
from tests.registry.imports.conftest import cards

# Each step commits: a history context lasts as long as its transaction.
pytestmark = pytest.mark.django_db(transaction=True)

HEADING = "Nazwa;Rodzaj;NIP;Telefon;Miejscowość;Powiat;Oferta;PKD;Status PS;Status PS od;Organizator"
LINES = [
    HEADING,
    "Fundacja Alfa;fundacja;8831690460;74 837 25 99;Wrocław;m. Wrocław;Sprzątanie biur;88.99.Z;tak;2024-02-01",
    "Fundacja Beta;fundacja;5322059220;;Lubin;lubiński;Catering;88.99.Z;tak;2024-02-01",
    "WTZ w Lubinie;WTZ;;;Lubin;lubiński;;;;;Stowarzyszenie Gama",
]
TABLES = [
    models.Institution,
    models.Unit,
    models.Organisation,
    models.Offer,
    models.OfferCpv,
    models.OrganisationPkd,
    models.SocialEnterpriseStatus,
    models.CatalogueEntry,
    models.OfferEntry,
]


def contents():
    """Everything the register holds, without the time of the last change."""
    rows = {}
    for model in TABLES:
        hidden = ("updated_at", "changed_at", "search")
        names = [field.attname for field in model._meta.concrete_fields if field.name not in hidden]
        rows[model.__name__] = sorted(map(str, model.objects.values_list(*names)))
    return rows


@pytest.fixture
def alfa():
    return OrganisationFactory(
        published=True, kind_id="ngo", institution__name="Fundacja Alfa", institution__nip="8831690460"
    )


def test_a_whole_run_is_undone_without_a_trace_in_the_register(import_lines, alfa):
    before = contents()
    report = import_lines(*LINES)
    assert contents() != before

    left = undo.undo(run_id=report["run"], now=timezone.now())

    assert left == []
    assert contents() == before
    assert models.ImportRun.objects.get().state == ImportState.UNDONE


def test_an_undone_file_can_be_imported_again(import_lines, alfa):
    undo.undo(run_id=import_lines(*LINES)["run"], now=timezone.now())

    report = import_lines(*LINES)

    assert (report["created"], report["updated"]) == (2, 1)


@pytest.mark.parametrize("touch", ["verify", "offer", "party", "reference"])
def test_cards_that_a_person_touched_since_are_listed_and_nothing_is_undone(import_lines, alfa, touch):
    report = import_lines(*LINES)
    card = cards()["Fundacja Beta"]
    if touch == "verify":
        organisations.verify(organisation_id=card.pk, verifier="koordynator", now=timezone.now())
    elif touch == "offer":
        OfferFactory(organisation=card, name="Pralnia")
    elif touch == "party":
        models.Institution.objects.filter(pk=card.institution_id).update(phone="+48123456789")
    else:
        models.Reference.objects.create(organisation=card, client="Gmina", subject="obiady", year=2025)
    before = contents()

    assert undo.touched(run_id=report["run"]) == [undo.Touched(card.pk, "Fundacja Beta")]
    with pytest.raises(Refused, match=r"Po imporcie zmieniono karty \(1\): Fundacja Beta\."):
        undo.undo(run_id=report["run"], now=timezone.now())

    assert contents() == before
    assert models.ImportRun.objects.get().state == ImportState.APPLIED


def test_touched_cards_can_be_left_while_the_rest_is_undone(import_lines, alfa):
    report = import_lines(*LINES)
    card = cards()["Fundacja Beta"]
    organisations.verify(organisation_id=card.pk, verifier="koordynator", now=timezone.now())

    left = undo.undo(run_id=report["run"], leave_touched=True, now=timezone.now())

    assert left == [undo.Touched(card.pk, "Fundacja Beta")]
    assert sorted(cards()) == ["Fundacja Alfa", "Fundacja Beta"]
    assert [offer.name for offer in models.Offer.objects.all()] == ["Catering"]
    assert card.institution.ps_statuses.count() == card.pkd_links.count() == 1


def test_an_operator_that_later_units_lean_on_stays(import_lines):
    first = import_lines("Nazwa;Rodzaj;Miejscowość;Organizator", "WTZ w Lubinie;WTZ;Lubin;Stowarzyszenie Gama")
    import_lines("Nazwa;Rodzaj;Miejscowość;Organizator", "ZAZ w Lubinie;ZAZ;Lubin;Stowarzyszenie Gama")

    undo.undo(run_id=first["run"], now=timezone.now())

    assert list(cards()) == ["ZAZ w Lubinie"]
    assert models.Institution.objects.get().name == "Stowarzyszenie Gama"


def test_a_later_import_of_the_same_card_counts_as_somebody_elses_work(import_lines):
    first = import_lines("Nazwa;NIP", "Fundacja Alfa;8831690460")
    import_lines("Nazwa;NIP;Telefon", "Fundacja Alfa;8831690460;74 837 25 99")

    with pytest.raises(Refused, match="Fundacja Alfa"):
        undo.undo(run_id=first["run"], now=timezone.now())


def test_open_questions_of_an_undone_run_are_withdrawn(import_lines):
    OrganisationFactory(institution__name="Fundacja Merkury", institution__legal_form_id="fundacja")
    report = import_lines("Nazwa;Rodzaj;Miejscowość;Powiat", "Fundacja Merkurry;fundacja;Wrocław;m. Wrocław")
    assert models.DuplicateCase.objects.count() == 1

    undo.undo(run_id=report["run"], now=timezone.now())

    assert not models.DuplicateCase.objects.exists()
