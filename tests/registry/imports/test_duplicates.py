"""The queue: both sides to look at, one decision, and files that remember it."""

import pytest

from core.exceptions import Refused
from registry.choices import DuplicateState
from registry.models import DuplicateCase, Institution, Organisation
from registry.use_cases.imports import duplicates
from tests.registry.factories import NOW, OrganisationFactory
from tests.registry.imports.conftest import cards, numbers

pytestmark = pytest.mark.django_db

LINES = [
    "Nazwa;Rodzaj;Miejscowość;Powiat;Telefon;Oferta",
    "Fundacja Merkurry;fundacja;Wrocław;m. Wrocław;74 837 25 99;Catering",
]


@pytest.fixture
def card():
    return OrganisationFactory(
        published=True,
        kind_id="ngo",
        institution__name="Fundacja Merkury",
        institution__legal_form_id="fundacja",
        institution__nip="8831690460",
    )


@pytest.fixture
def case(card, import_lines):
    import_lines(*LINES)
    return duplicates.open_cases().get()


def test_both_sides_stand_beside_each_other(case):
    told = {label: (mine, theirs, differs) for label, mine, theirs, differs in duplicates.sides(case)}

    assert told["nazwa"] == ("Fundacja Merkury", "Fundacja Merkurry", True)
    assert told["miejscowość"] == ("Wrocław", "Wrocław", False)
    assert told["oferty"] == ([], ["Catering"], True)
    assert told["NIP"] == ("8831690460", None, True)


def test_merging_brings_the_row_to_the_card_and_keeps_its_name(case, card):
    assert duplicates.merge(case_id=case.pk, now=NOW) == card

    case.refresh_from_db()
    party = Institution.objects.get()
    assert (party.name, party.phone) == ("Fundacja Merkury", "+48748372599")
    assert [offer.name for offer in card.offers.all()] == ["Catering"]
    assert (case.state, case.decided_at) == (DuplicateState.MERGED, NOW)
    event = Institution.pgh_event_model.objects.latest("pgh_id")
    assert event.pgh_context.metadata == {"source": "duplicates", "case": case.pk}


def test_keeping_apart_makes_a_card_of_the_row(case, card):
    made = duplicates.keep_apart(case_id=case.pk, now=NOW)

    assert sorted(cards()) == ["Fundacja Merkurry", "Fundacja Merkury"]
    assert made.slug == "fundacja-merkurry"
    assert made.entry.name == "Fundacja Merkurry"


@pytest.mark.parametrize(
    ("decide", "found"),
    [
        (duplicates.merge, (1, 0, 0, 1, 0, 0)),
        (duplicates.keep_apart, (1, 0, 0, 1, 0, 0)),
    ],
)
def test_the_next_file_with_the_row_remembers_the_decision(case, import_lines, decide, found):
    decide(case_id=case.pk, now=NOW)

    assert numbers(import_lines(*LINES)) == found
    assert DuplicateCase.objects.count() == 1
    assert [str(one) for one in Organisation.objects.all().order_by("pk")][0] == "Fundacja Merkury"


def test_a_case_is_decided_once(case):
    duplicates.merge(case_id=case.pk, now=NOW)

    with pytest.raises(Refused, match="już rozstrzygnięto"):
        duplicates.keep_apart(case_id=case.pk, now=NOW)


def test_rows_with_a_number_of_the_register_cannot_be_kept_apart(card, import_lines):
    import_lines("Nazwa;NIP;KRS", "Fundacja Inna;8831690460;9999")
    case = duplicates.open_cases().get()

    with pytest.raises(Refused, match="NIP 8831690460 ma już w rejestrze Fundacja Merkury"):
        duplicates.keep_apart(case_id=case.pk, now=NOW)

    case.refresh_from_db()
    assert case.state == DuplicateState.OPEN


def test_two_cards_become_one(card):
    other = OrganisationFactory(
        kind_id="ngo", institution__name="Fundacja Merkury i Wenus", institution__www="https://m.pl"
    )
    case = duplicates.open_pair(organisation_id=other.pk, other_id=card.pk, why="podobna nazwa")
    assert duplicates.open_pair(organisation_id=card.pk, other_id=other.pk, why="znowu") == case
    assert [mine for label, mine, _, _ in duplicates.sides(case) if label == "nazwa"] == ["Fundacja Merkury"]

    kept = duplicates.merge(case_id=case.pk, keep_id=other.pk, now=NOW)

    assert kept == other
    assert list(cards()) == ["Fundacja Merkury i Wenus"]


def test_two_cards_stay_two(card):
    other = OrganisationFactory(institution__name="Fundacja Merkury i Wenus")
    case = duplicates.open_pair(organisation_id=other.pk, other_id=card.pk, why="podobna nazwa")

    assert duplicates.keep_apart(case_id=case.pk, now=NOW) is None
    assert not duplicates.open_cases().exists()
    assert Organisation.objects.living().count() == 2
