"""The queue of error reports, the dictionaries and the first page of the panel."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import ErasureOutcome, Role
from accounts.models import ErasureRequest
from registry.models import CpvCode, ErrorReport, ImportRun, LegalForm, Organisation, OrganisationKind
from tests.accounts.factories import account
from tests.registry.factories import NOW, DataSourceFactory, OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def report(**given):
    return ErrorReport.objects.create(**{"organisation": OrganisationFactory(), "message": "Zły telefon"} | given)


def test_a_report_is_settled_with_words(coordinator):
    waiting = report()
    address = reverse("admin:registry_errorreport_change", args=[waiting.pk])
    assert coordinator.post(address, {"settlement": " "}).status_code == 200
    waiting.refresh_from_db()
    assert waiting.settled_at is None
    coordinator.post(address, {"settlement": "Poprawiono telefon.", "message": "podmieniona treść"})
    waiting.refresh_from_db()
    assert (waiting.settlement, waiting.message) == ("Poprawiono telefon.", "Zły telefon")
    assert waiting.settled_at is not None


def test_correcting_the_words_keeps_the_day_of_settling(coordinator):
    settled = report(settled_at=NOW, settlement="Poprawiono.")
    address = reverse("admin:registry_errorreport_change", args=[settled.pk])
    coordinator.post(address, {"settlement": "Poprawiono telefon."})
    settled.refresh_from_db()
    assert (settled.settlement, settled.settled_at) == ("Poprawiono telefon.", NOW)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_asks_the_same_number_of_queries_and_waiting_ones_come_first(
    coordinator, rows, django_assert_num_queries
):
    report(settled_at=NOW, settlement="Tak.", message="stare")
    for _ in range(rows):
        report()
    with django_assert_num_queries(6):
        listed = coordinator.get(reverse("admin:registry_errorreport_changelist")).context["cl"].result_list
    assert listed[len(listed) - 1].message == "stare"
    assert len(listed) == rows + 1


def waiting(client):
    return {line["label"]: line["count"] for line in client.get(reverse("admin:index")).context["waiting"]}


@pytest.mark.parametrize("rows", [1, 5])
def test_the_first_page_tells_what_waits_in_few_queries(coordinator, rows, django_assert_num_queries):
    for _ in range(rows):
        report()
        ImportRun.objects.create(source=DataSourceFactory(), file_name="a.csv", sha256="0" * 64, state="sprawdzony")
        ImportRun.objects.create(source=DataSourceFactory(), file_name="b.csv", sha256="0" * 64, state="kolumny")
        OfferFactory(confirmed_at=None, organisation__published=True)
        verified = OrganisationFactory(published=True, activity="nieaktywny")
        Organisation.objects.filter(pk=verified.pk).update(verified_on=date(2126, 1, 1), verified_by="rejestr")
    with django_assert_num_queries(28):
        counts = waiting(coordinator)
    assert {label: count for label, count in counts.items() if count and "sprawdzenia" not in label} == {
        "Importy, które czekają na decyzję": 2 * rows,
        "Zgłoszenia błędów": rows,
        "Oferty do potwierdzenia": rows,
        "Karty niepotwierdzone od roku": rows,
        "Nieaktywne, a wciąż w katalogu": rows,
        "Nieopublikowane karty": rows,
    }


def test_each_line_of_the_first_page_leads_to_a_list_of_that_many(coordinator):
    report()
    former = account(Role.REPRESENTATIVE, organisation=OrganisationFactory())
    former.grants.update(ends_on=timezone.localdate())
    for decided in ({}, {"decided_at": NOW, "outcome": ErasureOutcome.DONE}):
        ErasureRequest.objects.create(user=former, asked_at=NOW, **decided)
    coordinator.force_login(account(Role.ADMINISTRATOR))
    counts = waiting(coordinator)
    assert counts["Podmioty i zamawiający, w których imieniu nikt już nie działa"] == 1
    assert counts["Prośby o usunięcie danych"] == 1
    OfferFactory(confirmed_at=None, organisation__published=True)
    OrganisationFactory(published=True, activity="nieaktywny")
    for line in coordinator.get(reverse("admin:index")).context["waiting"]:
        answer = coordinator.get(line["url"])
        assert answer.status_code == 200, line["label"]
        if line["url"].startswith("/admin/"):
            assert answer.context["cl"].result_count == line["count"], line["label"]


def test_a_kind_is_renamed_but_its_code_stays(coordinator):
    kind = OrganisationKind.objects.get(code="wtz")
    data = {"label": "Warsztat", "plural_label": "Warsztaty", "position": kind.position, "code": "inny"}
    coordinator.post(reverse("admin:registry_organisationkind_change", args=["wtz"]), data)
    kind.refresh_from_db()
    assert (kind.pk, kind.label, kind.is_unit) == ("wtz", "Warsztat", True)


def test_tables_of_the_state_are_only_shown(coordinator):
    code = CpvCode.objects.get(code8="90910000")
    address = reverse("admin:registry_cpvcode_change", args=[code.pk])
    assert coordinator.get(address).status_code == 200
    assert coordinator.post(address, {"label_pl": "Inaczej"}).status_code == 404
    code.refresh_from_db()
    assert code.label_pl != "Inaczej"


def test_a_legal_form_may_be_added(coordinator):
    data = {"code": "spoldzielnia-europejska", "label": "spółdzielnia europejska", "position": 99}
    coordinator.post(reverse("admin:registry_legalform_add"), data)
    assert LegalForm.objects.get(code="spoldzielnia-europejska").label == "spółdzielnia europejska"


def test_territory_is_found_without_accents_and_shows_no_boundaries(coordinator):
    page = coordinator.get(reverse("admin:registry_municipality_changelist"), {"q": "klodzko"})
    assert [row.teryt for row in page.context["cl"].result_list] == ["0208021", "0208072"]
    page = coordinator.get(reverse("admin:registry_county_change", args=["0208"])).content.decode()
    assert "coordinates" not in page
