"""What coordinators take out of the panel: the cards they chose, published or not, in columns they work with."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.jobs import orders, running
from registry.admin.cards import actions
from registry.exports import panel
from registry.models import CatalogueEntry, ErrorReport, Institution, Organisation
from registry.resources import HEADINGS, OrganisationResource, PanelResource
from registry.spreadsheets import open_sheet
from tests.accounts.factories import account
from tests.registry.factories import (
    NOW,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
    refresh,
)

pytestmark = pytest.mark.django_db
CARDS = reverse("admin:registry_organisation_changelist")


def content(client, extension="csv", rows=(), query="", **given):
    """The file of the chosen rows, or of all that match the filter."""
    data = {"action": f"export_{extension}", "_selected_action": [row.pk for row in rows]} | given
    response = client.post(f"{CARDS}?{query}", data)
    assert response["Content-Disposition"].endswith(f'.{extension}"')
    return b"".join(response.streaming_content)


def exported(client, extension="csv", **choice):
    """Rows as dicts by the headings."""
    file = content(client, extension, **choice)
    if extension == "csv":
        return list(csv.DictReader(io.StringIO(file.decode(), newline="")))
    heading, *cells = openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in cells]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_every_card_that_the_filter_shows_is_exported(coordinator, extension):
    OrganisationFactory(institution__name="Łąka", published=True)
    OrganisationFactory(institution__name="Warsztat", of_unit=True, published=True)
    OrganisationFactory(institution__name="Usunięta", removed_at=NOW)
    draft = OrganisationFactory(institution__name="Arka")
    choice = {"rows": [draft], "query": "rodzaj=spoldzielnia_socjalna", "select_across": "1"}
    rows = exported(coordinator, extension, **choice)
    assert [(row["Nazwa"], bool(row["W katalogu od"])) for row in rows] == [("Arka", False), ("Łąka", True)]
    assert [row["Nazwa"] for row in exported(coordinator, extension, rows=[draft])] == ["Arka"]


def test_a_draft_carries_what_a_coordinator_works_with(coordinator):
    operator = InstitutionFactory(name="Fundacja Most", nip="8990000110")
    unit = UnitFactory(operator=operator, name="WTZ Kłodzko", phone_other="71 000 00 02")
    card = OrganisationFactory(
        of_unit=True, unit=unit, institution=operator, verified_on=date(2026, 11, 3), verified_by="koordynator",
        employees="10-49", support_centre="OWES Kłodzko", art94_declared=True,
    )  # fmt: skip
    OfferFactory(organisation=card, name="Świece", confirmed_at=None)
    ErrorReport.objects.create(organisation=card, message="Zły telefon")
    ErrorReport.objects.create(organisation=card, message="Dawny", settled_at=NOW)
    (row,) = exported(coordinator, rows=[card])
    assert list(row) == list(HEADINGS.values())
    assert {
        "Numer karty": str(card.pk),
        "Nazwa": "WTZ Kłodzko",
        "Rodzaj": card.kind.label,
        "NIP": "",
        "Organ prowadzący": "Fundacja Most",
        "NIP organu prowadzącego": "8990000110",
        "Inne telefony": "71 000 00 02",
        "W katalogu od": "",
        "Dane potwierdzono": "2026-11-03",
        "Kto potwierdził": "koordynator",
        "Otwarte zgłoszenia błędów": "1",
        "Oferty do potwierdzenia": "1",
        "Oferta": "Świece",
        "Zatrudnienie": "od 10 do 49",
        "OWES opiekun": "OWES Kłodzko",
        "Karta w portalu": "",
        "Karta w panelu": f"http://testserver/admin/registry/organisation/{card.pk}/change/",
    }.items() <= row.items()


def test_it_says_of_a_card_what_the_catalogue_says():
    """What an entry holds is worked out a second time for cards that have none: both must stay the same."""
    plain = OrganisationFactory(kind_id="ngo", institution=InstitutionFactory(name="Prosta", is_opp=True))
    declared = OrganisationFactory(
        kind_id="ngo", art94_declared=True, activity="nieaktywny", latitude=51.1, longitude=17
    )
    sheltered = OrganisationFactory(kind_id="ngo", institution=InstitutionFactory(is_zpch=True))
    SocialEnterpriseStatusFactory(institution=plain.institution, granted_on=date(2024, 3, 1))
    SocialEnterpriseStatusFactory(
        institution=declared.institution, granted_on=date(2020, 1, 1), lost_on=date(2021, 1, 1)
    )
    operator = InstitutionFactory(name="Z OPP", is_opp=True, is_zpch=True)
    SocialEnterpriseStatusFactory(institution=operator, granted_on=date(2024, 3, 1))
    OrganisationFactory(of_unit=True, unit=UnitFactory(operator=operator), institution=operator)
    for state, until in (("wazny", date(2027, 2, 28)), ("odebrany", date(2027, 2, 28)), ("wazny", date(2025, 1, 1))):
        offer = OfferFactory(organisation=sheltered if state == "wazny" else declared)
        OfferMarkFactory(offer=offer, state=state, granted_on=date(2024, 1, 1), valid_until=until)
    gone = OfferFactory(organisation=plain, category_id="pranie", removed_at=NOW)
    OfferMarkFactory(offer=gone, granted_on=date(2024, 1, 1), valid_until=date(2028, 1, 1))
    Organisation.objects.update(published_at=NOW)
    refresh()
    public, panel = OrganisationResource(), PanelResource()
    names = public.get_export_headers()
    seen = [[getattr(row, name) for name in names] for row in public.iter_queryset(CatalogueEntry.objects.all())]
    worked = [[getattr(row, name) for name in names] for row in panel.iter_queryset(Organisation.objects.all())]
    assert len(seen) == 4
    assert worked == seen


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_cells_that_a_spreadsheet_would_run_are_made_harmless(coordinator, extension, start):
    card = OrganisationFactory(support_centre=f"{start}1+1")
    Institution.objects.update(name=f"{start}cmd|' /C calc'!A0", phone_other=f"{start}71")
    (row,) = exported(coordinator, extension, rows=[card])
    risky = [row[name] for name in ("Nazwa", "Inne telefony", "OWES opiekun")]
    assert risky == [f"'{start}cmd|' /C calc'!A0", f"'{start}71", f"'{start}1+1"]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_import_recognises_the_columns_of_an_export(coordinator, tmp_path, extension):
    card = OrganisationFactory(institution__krs="0000617106")
    path = tmp_path / f"podmioty.{extension}"
    path.write_bytes(content(coordinator, extension, rows=[card]))
    sheet = open_sheet(path)
    known = {column.field for column in sheet.mapping.columns}
    needed = (
        "name short_name kind legal_form nip regon krs gmina powiat postal_code town street house_number phone email"
    )
    assert set(needed.split()) <= known
    (row,) = sheet.rows()
    assert "0000617106" in row.cells


def test_the_number_of_queries_does_not_grow_with_the_rows(coordinator):
    cards = [OrganisationFactory() for _ in range(30)]
    with CaptureQueriesContext(connection) as one:
        exported(coordinator, rows=cards[:1])
    with CaptureQueriesContext(connection) as many:
        exported(coordinator, rows=cards, select_across="1")
    assert len(many) == len(one)


@pytest.mark.usefixtures("at_once")
def test_many_rows_become_a_file_that_a_worker_makes(coordinator, monkeypatch):
    monkeypatch.setattr(actions, "STREAMED", 2)
    monkeypatch.setattr(panel, "CHUNK", 2)
    for name in ("Łąka", "Ćma", "Bór"):
        OrganisationFactory(institution__name=name)
    streamed = exported(coordinator, rows=Organisation.objects.filter(institution__name="Ćma"))

    response = coordinator.post(
        CARDS,
        {"action": "export_csv", "_selected_action": [row.pk for row in Organisation.objects.all()]},
        follow=True,
    )

    job = response.context["job"]
    assert (job.title, job.state, job.back) == ("Eksport 3 podmiotów do CSV", "done", CARDS)
    file = coordinator.get(reverse("jobs:file", args=[job.pk]))
    made = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode(), newline="")))
    assert [row["Nazwa"] for row in made] == ["Bór", "Ćma", "Łąka"]
    assert made[1] == streamed[0]

    job.owner.grants.update(ends_on=timezone.localdate())
    assert coordinator.get(reverse("jobs:file", args=[job.pk])).status_code == 404


def test_work_that_waited_is_not_done_for_one_who_lost_the_role():
    person, card = account(Role.COORDINATOR), OrganisationFactory()
    job = orders.ask(
        kind="registry.do_to_rows",
        title="Publikacja",
        owner=person,
        given={"verb": "publish", "keys": [card.pk]},
        now=timezone.now(),
    )
    person.grants.update(ends_on=timezone.localdate())
    running.run(job.pk, clock=timezone.now)
    job.refresh_from_db()
    card.refresh_from_db()
    assert (job.state, job.error) == ("failed", "Nie masz już roli, która na to pozwala.")
    assert card.published_at is None


def test_rows_leave_before_the_last_is_read(coordinator, monkeypatch):
    """The file is streamed from a cursor on the server: nothing waits for all of it."""
    from registry.exports import formats, reading

    monkeypatch.setattr(reading, "CHUNK", 5)
    monkeypatch.setattr(formats, "_BATCH", 5)
    for _ in range(30):
        OrganisationFactory()
    pieces = list(formats.as_csv(PanelResource(), Organisation.objects.all()))
    assert len(pieces) > 5
    assert max(piece.count(b"\r\n") for piece in pieces) <= 6
