"""Whom a row means: the same card again, an earlier row, perhaps somebody else, nobody yet."""

import pytest
from django.utils import timezone

from registry.choices import DuplicateState, ImportAction
from registry.models import DuplicateCase, ImportRun, Institution, Organisation, Unit
from registry.use_cases import merging
from tests.registry.factories import InstitutionFactory, OrganisationFactory
from tests.registry.imports.conftest import actions, cards, numbers

pytestmark = pytest.mark.django_db

HEADING = "Nazwa;Rodzaj;NIP;REGON;KRS;Miejscowość;Powiat;Organizator"
ALFA = "Fundacja Alfa;fundacja;8831690460;;0000003418;Kłodzko;kłodzki"


def test_the_same_file_again_changes_nothing_and_writes_no_history(import_lines):
    lines = [
        HEADING,
        ALFA,
        "Warsztat Terapii Zajęciowej w Kłodzku;WTZ;;;;Kłodzko;kłodzki;Stowarzyszenie Beta",
        "Spółdzielnia Socjalna Szklany Świat;spółdzielnia socjalna",
    ]
    import_lines(*lines)
    history = [model.pgh_event_model.objects.count() for model in (Organisation, Institution, Unit)]

    report = import_lines(*lines)

    assert numbers(report) == (3, 0, 0, 3, 0, 0)
    assert [model.pgh_event_model.objects.count() for model in (Organisation, Institution, Unit)] == history


@pytest.mark.parametrize(
    ("second", "of", "why"),
    [
        ("Inna Nazwa;fundacja;883-169-04-60", 2, "ten sam NIP co w wierszu 2"),
        ("Inna Nazwa;fundacja;;;3418", 2, "ten sam KRS co w wierszu 2"),
        ("FUNDACJA ALFA;fundacja;;891129301;;Kłodzko;kłodzki", 2, "ta sama nazwa i miejscowość co w wierszu 2"),
    ],
)
def test_a_row_that_repeats_another_is_a_duplicate(import_lines, second, of, why):
    report = import_lines(HEADING, ALFA, second)

    assert numbers(report) == (2, 1, 0, 0, 1, 0)
    assert report["duplicates"] == [{"row": 3, "of": of, "why": why}]


def test_namesakes_with_different_numbers_are_two(import_lines):
    report = import_lines(HEADING, "Nasze Dzieci;fundacja;;;1;Kłodzko", "Nasze Dzieci;fundacja;;;2;Kłodzko")

    assert numbers(report) == (2, 2, 0, 0, 0, 0)


def test_similar_rows_of_one_file_wait_for_a_person(import_lines):
    report = import_lines(
        HEADING,
        "Spółdzielnia Socjalna Zielony Zakątek;spółdzielnia socjalna;;;;Lubin;lubiński",
        "Spółdz. Socjalna „Zielony Zakatek”;spółdzielnia socjalna;;;;Lubin;lubiński",
        "Spółdzielnia Socjalna Zielony Zakątek;spółdzielnia socjalna;;;;Oława;oławski",
    )

    assert numbers(report) == (3, 2, 0, 0, 1, 0)
    assert report["duplicates"] == [
        {"row": 3, "of": 2, "why": "podobna nazwa w tej samej miejscowości co w wierszu 2"}
    ]
    case = DuplicateCase.objects.get()
    assert (case.organisation.institution.county_id, case.row.number) == ("0211", 3)


def test_a_similar_card_in_the_register_waits_for_a_person(import_lines):
    card = OrganisationFactory(institution__name="Fundacja Merkury", institution__legal_form_id="fundacja")

    report = import_lines(HEADING, "Fundacja „Merkurry”;fundacja;;;;Wrocław;m. Wrocław")

    assert numbers(report) == (1, 0, 0, 0, 1, 0)
    assert report["duplicates"] == [
        {
            "row": 2,
            "of": f"/katalog/{card.slug}/",
            "why": "podobna nazwa w tej samej miejscowości: Fundacja Merkury",
        }
    ]
    assert DuplicateCase.objects.get().organisation == card


def test_an_open_question_is_not_asked_twice(import_lines):
    OrganisationFactory(institution__name="Fundacja Merkury", institution__legal_form_id="fundacja")
    for _ in range(2):
        report = import_lines(HEADING, "Fundacja „Merkurry”;fundacja;;;;Wrocław;m. Wrocław")

    assert len(report["duplicates"]) == 1
    assert DuplicateCase.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["Stowarzyszenie Merkury", "Fundacja Jowisz", "Fundacja Merkury 2", "Fundacja Dla Zdrowia Zwierząt"]
)
def test_a_different_form_name_or_number_makes_a_new_card(import_lines, name):
    OrganisationFactory(institution__name="Fundacja Merkury", institution__legal_form_id="fundacja")
    form = "stowarzyszenie" if name.startswith("Stow") else "fundacja"

    report = import_lines(HEADING, f"{name};{form};;;;Wrocław;m. Wrocław")

    assert numbers(report) == (1, 1, 0, 0, 0, 0)


def test_a_row_with_numbers_fills_the_card_that_had_none(import_lines):
    OrganisationFactory(
        institution__name="Fundacja Merkury",
        institution__legal_form_id="fundacja",
        institution__nip="",
        institution__regon="",
        institution__krs="",
    )

    report = import_lines(HEADING, "FUNDACJA MERKURY;fundacja;8831690460;;0000003418;Wrocław;m. Wrocław")

    party = Institution.objects.get()
    assert numbers(report) == (1, 0, 1, 0, 0, 0)
    assert (party.name, party.nip, party.krs) == ("Fundacja Merkury", "8831690460", "0000003418")


def test_numbers_of_two_organisations_wait_for_a_person(import_lines):
    first = OrganisationFactory(institution__name="Fundacja Alfa", institution__nip="8831690460")
    OrganisationFactory(institution__name="Fundacja Beta", institution__krs="0000003418")

    report = import_lines(HEADING, ALFA)

    assert report["duplicates"] == [
        {
            "row": 2,
            "of": f"/katalog/{first.slug}/",
            "why": "numery należą do różnych podmiotów: Fundacja Alfa i Fundacja Beta",
        }
    ]


def test_a_contradicting_number_waits_for_a_person(import_lines):
    card = OrganisationFactory(
        institution__name="Fundacja Alfa", institution__nip="8831690460", institution__krs="0000009999"
    )

    report = import_lines(HEADING, ALFA)

    assert report["duplicates"] == [
        {
            "row": 2,
            "of": f"/katalog/{card.slug}/",
            "why": "NIP zgodny, ale KRS w rejestrze to 0000009999: Fundacja Alfa",
        }
    ]


def test_an_institution_without_a_card_gets_one(import_lines):
    buyer = InstitutionFactory(name="Fundacja Alfa", nip="8831690460", krs="", phone="", street="")

    report = import_lines("Nazwa;Rodzaj;NIP;KRS;Telefon", "Fundacja Alfa;fundacja;8831690460;3418;71 710 19 00")

    buyer.refresh_from_db()
    assert numbers(report) == (1, 1, 0, 0, 0, 0)
    assert Organisation.objects.get().institution == buyer
    assert (buyer.krs, buyer.phone) == ("0000003418", "+48717101900")


def test_units_of_one_operator_are_cards_of_their_own(import_lines):
    report = import_lines(
        HEADING,
        "Fundacja Alfa;fundacja;8831690460;;;Kłodzko;kłodzki",
        "WTZ w Kłodzku;WTZ;8831690460;;;Kłodzko;kłodzki;Fundacja Alfa",
        "WTZ w Lubinie;WTZ;8831690460;;;Lubin;lubiński;Fundacja Alfa",
        "ZAZ w Lubinie;ZAZ;8831690460;;;Lubin;lubiński;Fundacja Alfa",
        "WTZ w Lubinie;WTZ;8831690460;;;Lubin;lubiński;Fundacja Alfa",
    )

    operator = Institution.objects.get()
    assert numbers(report) == (5, 4, 0, 0, 1, 0)
    assert sorted(cards()) == ["Fundacja Alfa", "WTZ w Kłodzku", "WTZ w Lubinie", "ZAZ w Lubinie"]
    assert {card.institution for card in cards().values()} == {operator}
    assert {unit.operator for unit in Unit.objects.all()} == {operator}


def test_an_operator_is_made_once_from_its_name(import_lines):
    import_lines(
        HEADING,
        "WTZ w Kłodzku;WTZ;;;;Kłodzko;kłodzki;Stowarzyszenie Beta",
        "ZAZ w Kłodzku;ZAZ;;;;Kłodzko;kłodzki;„STOWARZYSZENIE BETA”",
        "KIS w Lubinie;KIS;;;;Lubin;lubiński",
    )

    assert [(unit.name, unit.operator and unit.operator.name) for unit in Unit.objects.order_by("name")] == [
        ("KIS w Lubinie", None),
        ("WTZ w Kłodzku", "Stowarzyszenie Beta"),
        ("ZAZ w Kłodzku", "Stowarzyszenie Beta"),
    ]


def test_a_number_without_the_name_of_the_operator_is_not_lost_silently(import_lines):
    report = import_lines(HEADING, "WTZ w Kłodzku;WTZ;8831690460;;;Kłodzko;kłodzki")

    assert Unit.objects.get().operator is None
    assert report["warnings"] == [
        {
            "row": 2,
            "column": "NIP",
            "value": "8831690460",
            "reason": "numer organu prowadzącego, którego nazwy brak; nie zapisano",
        }
    ]


def test_a_unit_is_found_by_operator_kind_and_similar_name(import_lines):
    import_lines(HEADING, "WTZ w Kłodzku;WTZ;;;;Kłodzko;kłodzki;Stowarzyszenie Beta")

    report = import_lines(HEADING, "Warsztat Terapii Zajęciowej w Kłodzku;WTZ;;;;Kłodzko;kłodzki;Stowarzyszenie Beta")

    assert numbers(report) == (1, 0, 1, 0, 0, 0)
    assert list(cards()) == ["Warsztat Terapii Zajęciowej w Kłodzku"]


def test_rows_of_other_regions_are_refused_unless_asked_for(import_lines):
    lines = [
        "Nazwa;Rodzaj;Województwo;Obszar działania",
        "WTZ Kolbuszowa;WTZ;podkarpackie;",
        "Fundacja W;fundacja;lubuskie;powiat kłodzki",
    ]

    refused = import_lines(*lines)
    taken = import_lines(*lines, options=["--other-regions"])

    assert numbers(refused) == (2, 1, 0, 0, 0, 1)
    assert refused["rejected"] == [
        {
            "row": 2,
            "column": "Województwo",
            "value": "podkarpackie",
            "reason": "podmiot spoza województwa (województwo podkarpackie); "
            "rejestr obejmuje województwo dolnośląskie",
        }
    ]
    assert numbers(taken) == (2, 1, 0, 1, 0, 0)


def test_a_removed_organisation_is_made_anew(import_lines):
    import_lines(HEADING, ALFA)
    now = timezone.now()
    Organisation.objects.update(removed_at=now, published_at=None)
    Institution.objects.update(removed_at=now)

    report = import_lines(HEADING, ALFA)

    assert numbers(report) == (1, 1, 0, 0, 0, 0)
    assert Organisation.objects.living().get().slug == "fundacja-alfa-klodzko"


def test_a_merged_card_is_found_by_the_number_it_brought(import_lines):
    keep = OrganisationFactory(institution__nip="")
    drop = OrganisationFactory(institution__name="Fundacja Alfa", institution__nip="8831690460")
    merging.merge(keep_id=keep.pk, drop_id=drop.pk, now=timezone.now())

    import_lines("Nazwa;Rodzaj;NIP", "Fundacja Alfa;fundacja;8831690460")

    run = ImportRun.objects.get()
    assert actions(run) == {2: ImportAction.UPDATE}
    assert run.rows.get().organisation_id == keep.pk
    assert not DuplicateCase.objects.filter(state=DuplicateState.OPEN).exists()
