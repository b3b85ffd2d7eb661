"""The queue of likely duplicates: two sides, two answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.permissions import Role
from registry.choices import DuplicateState
from registry.models import DuplicateCase, ImportRun, Organisation
from registry.use_cases.imports.duplicates import open_pair
from tests.accounts.factories import account
from tests.registry.factories import OrganisationFactory, WorkplaceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
LIST = reverse("admin:registry_duplicatecase_changelist")
REGISTER = (
    "Nazwa;Rodzaj;Miejscowość;Powiat;Gmina;Telefon\n"
    "Fundacja Biała Czapla Wrocławska;NGO;Wrocław;Wrocław;Wrocław;71 000 00 05\n"
)


def pair():
    kept = OrganisationFactory(institution__name="Fundacja Czapla", institution__phone="")
    other = OrganisationFactory(institution__name="Fundacja „Czapla”", institution__phone="+48710000005")
    return open_pair(organisation_id=kept.pk, other_id=other.pk, why="podobna nazwa w tej samej miejscowości")


def from_file(client):
    """A case made by an import: a card, and a row whose name is nearly its own."""
    without_numbers = {f"institution__{name}": "" for name in ("nip", "regon", "krs")}
    OrganisationFactory(institution__name="Fundacja Biała Czapla Wrocław", kind_id="ngo", **without_numbers)
    file = SimpleUploadedFile("wykaz.csv", REGISTER.encode())
    client.post(reverse("admin:registry_importrun_add"), {"file": file, "new_source": "Wykaz", "publish": "on"})
    run = ImportRun.objects.get()
    client.post(reverse("admin:registry_importrun_zapisz", args=[run.pk]))
    return DuplicateCase.objects.get()


def page_of(case):
    return reverse("admin:registry_duplicatecase_change", args=[case.pk])


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_both_sides_stand_beside_each_other_with_differences_marked(coordinator):
    sides = {label: rest for label, *rest in coordinator.get(page_of(pair())).context["sides"]}
    assert sides["nazwa"] == ["Fundacja Czapla", "Fundacja „Czapla”", True]
    assert sides["telefon"] == ["brak", "+48710000005", True]
    assert sides["gmina"] == ["Wrocław", "Wrocław", False]


def test_merging_two_cards_keeps_the_chosen_one(coordinator):
    case = pair()
    WorkplaceFactory(organisation=case.organisation)
    response = coordinator.post(page_of(case), {"decyzja": "polacz", "zostaje": case.other_id}, follow=True)
    assert messages_of(response) == [
        "Połączono; jest jedna karta: „Fundacja „Czapla””.",
        "To była ostatnia sprawa w kolejce.",
    ]
    kept = Organisation.objects.living().get()
    assert (kept.pk, kept.workplaces.count()) == (case.other_id, 1)
    case.refresh_from_db()
    assert (case.state, case.decided_by.email) == (DuplicateState.MERGED, "koordynator@example.pl")


def test_keeping_two_cards_apart_changes_neither(coordinator):
    case = pair()
    coordinator.post(page_of(case), {"decyzja": "osobno"})
    case.refresh_from_db()
    assert case.state == DuplicateState.KEPT_APART
    assert Organisation.objects.living().count() == 2


def test_a_decision_leads_to_the_next_case_and_is_not_taken_twice(coordinator):
    first, second = pair(), pair()
    response = coordinator.post(page_of(first), {"decyzja": "osobno"})
    assert response["Location"] == page_of(second)
    response = coordinator.post(page_of(first), {"decyzja": "polacz"}, follow=True)
    assert "Tę sprawę już rozstrzygnięto." in messages_of(response)
    assert Organisation.objects.living().count() == 4


def test_a_row_of_a_file_is_merged_into_the_card(coordinator):
    case = from_file(coordinator)
    page = coordinator.get(page_of(case)).content.decode()
    assert "wiersz 2 pliku wykaz.csv" in page
    coordinator.post(page_of(case), {"decyzja": "polacz"})
    card = Organisation.objects.living().get()
    assert (card.institution.name, card.institution.phone) == ("Fundacja Biała Czapla Wrocław", "+48710000005")


def test_a_row_of_a_file_becomes_a_card_of_its_own(coordinator):
    case = from_file(coordinator)
    coordinator.post(page_of(case), {"decyzja": "osobno"})
    assert {card.party.name for card in Organisation.objects.living()} == {
        "Fundacja Biała Czapla Wrocław",
        "Fundacja Biała Czapla Wrocławska",
    }


@pytest.mark.parametrize("keep", ["999999", "x", ""])
def test_a_card_that_is_not_in_the_case_cannot_be_kept(coordinator, keep):
    case = pair()
    coordinator.post(page_of(case), {"decyzja": "polacz", "zostaje": keep})
    case.refresh_from_db()
    expected = DuplicateState.OPEN if keep == "999999" else DuplicateState.MERGED
    assert case.state == expected


def test_a_decided_case_shows_who_decided_and_offers_no_buttons(coordinator):
    case = pair()
    coordinator.post(page_of(case), {"decyzja": "osobno"})
    page = coordinator.get(page_of(case)).content.decode()
    assert "To różne podmioty" in page
    assert "koordynator@example.pl" in page
    assert "<button class=" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_asks_the_same_number_of_queries_and_open_cases_come_first(
    coordinator, rows, django_assert_num_queries
):
    for _ in range(rows):
        pair()
    decided = pair()
    coordinator.post(page_of(decided), {"decyzja": "osobno"})
    coordinator.get(LIST)  # the message of the decision
    with django_assert_num_queries(5):
        listed = list(coordinator.get(LIST).context["cl"].result_list)
    assert listed[-1] == decided
    assert len(listed) == rows + 1


def test_other_signed_in_people_do_not_see_the_queue(client):
    case = pair()
    client.force_login(account(Role.ASSESSOR))
    assert client.get(page_of(case)).status_code == 404
    assert client.post(page_of(case), {"decyzja": "polacz"}).status_code == 404
    case.refresh_from_db()
    assert case.state == DuplicateState.OPEN
