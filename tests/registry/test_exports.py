"""The result as a file: the same cards as on the page, in columns that programs may rely on."""

import csv
import io
import json
from datetime import date
from random import Random

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.filters import CatalogueFilter
from registry.models import DataSource, Organisation, OrganisationPkd, PkdCode
from registry.resources import OrganisationResource
from registry.spreadsheets import open_sheet
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

PROMISED = (
    "id url name kind nip regon krs powiat gmina gmina_teryt street postal_code town phone email www "
    "ps mark verified_on"
).split()


@pytest.fixture
def full():
    """A card that has everything an export shows."""
    card = OrganisationFactory(
        institution=InstitutionFactory(
            name="Spółdzielnia „Ład”, Wrocław",
            short_name="Ład",
            nip="8990000110",
            regon="364403687",
            krs="0000617106",
            municipality_id="0208072",
            town="Krosnowice",
            flat_number="5",
            www="https://lad.example",
            is_opp=True,
            founded_year=2012,
        ),
        slug="lad",
        description="Sprzątamy.\nTakże w soboty.",
        verified_on=date(2026, 11, 3),
        serves=["0208", "0264"],
        latitude=50.4312345678,
        longitude=16.65,
        source=DataSource.objects.create(name="Wykaz wojewody"),
        source_as_of=date(2026, 1, 31),
    )
    SocialEnterpriseStatusFactory(institution=card.institution, granted_on=date(2024, 3, 1))
    offer = OfferFactory(organisation=card, name="Mycie okien; duże")
    OfferMarkFactory(offer=offer, valid_until=date(2027, 2, 28))
    OrganisationPkd.objects.create(organisation=card, code=PkdCode.objects.get(version=2007, symbol="81.21.Z"))
    Organisation.objects.update(published_at=NOW)
    refresh()
    return card


def export(client, extension, query="", status=200):
    response = client.get(f"/katalog/eksport.{extension}?{query}")
    assert response.status_code == status
    return b"".join(response.streaming_content) if response.streaming else response.content


def csv_rows(client, query=""):
    return list(csv.DictReader(io.StringIO(export(client, "csv", query).decode(), newline="")))


def test_csv_carries_the_promised_columns_first(client, full):
    content = export(client, "csv").decode()
    header = content.partition("\r\n")[0].split(",")
    assert header[: len(PROMISED)] == PROMISED
    assert header == OrganisationResource().get_export_headers()
    assert len(header) == len(set(header))


def test_a_row_of_csv(client, full):
    (row,) = csv_rows(client)
    assert row == {
        "id": str(full.pk),
        "url": "http://testserver/katalog/lad/",
        "name": "Spółdzielnia „Ład”, Wrocław",
        "kind": "spoldzielnia_socjalna",
        "nip": "8990000110",
        "regon": "364403687",
        "krs": "0000617106",
        "powiat": "kłodzki",
        "gmina": "Kłodzko (gmina wiejska)",
        "gmina_teryt": "0208072",
        "street": "ul. Drukarska",
        "postal_code": "53-311",
        "town": "Krosnowice",
        "phone": "71 000 00 00",
        "email": "biuro@example.pl",
        "www": "https://lad.example",
        "ps": "tak",
        "mark": "tak",
        "verified_on": "2026-11-03",
        "short_name": "Ład",
        "kind_label": "spółdzielnia socjalna",
        "legal_form": "spółdzielnia",
        "operator": "",
        "operator_nip": "",
        "voivodeship": "dolnośląskie",
        "powiat_teryt": "0208",
        "house_number": "37",
        "flat_number": "5",
        "other_register": "",
        "other_register_number": "",
        "ade": "",
        "pkd": "81.21.Z (PKD 2007)",
        "categories": "Sprzątanie",
        "offers": "Mycie okien; duże",
        "serves": "0208; 0264",
        "ps_since": "2024-03-01",
        "mark_until": "2027-02-28",
        "art94": "tak",
        "opp": "tak",
        "status": "aktywny",
        "founded_year": "2012",
        "description": "Sprzątamy.\nTakże w soboty.",
        "mission": "",
        "source": "Wykaz wojewody",
        "source_as_of": "2026-01-31",
        "lat": "50.431235",
        "lon": "16.65",
    }


def test_a_row_of_json_keeps_types(client, full):
    (row,) = json.loads(export(client, "json"))
    assert list(row) == OrganisationResource().get_export_headers()
    kept = {name: row[name] for name in ("id", "nip", "krs", "phone", "ps", "verified_on", "offers", "serves", "lat")}
    assert kept == {
        "id": full.pk,
        "nip": "8990000110",
        "krs": "0000617106",
        "phone": "+48710000000",
        "ps": True,
        "verified_on": "2026-11-03",
        "offers": ["Mycie okien; duże"],
        "serves": ["0208", "0264"],
        "lat": 50.431235,
    }


def test_xlsx_opens_in_other_programs_and_holds_the_same_cells(client, full):
    sheet = openpyxl.load_workbook(io.BytesIO(export(client, "xlsx"))).active
    header, row = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    (expected,) = csv_rows(client)
    cells = dict(zip(header, row, strict=True))
    assert {name: "" if value is None else str(value) for name, value in cells.items()} == expected
    assert isinstance(cells["krs"], str)
    assert isinstance(cells["lat"], float)


def test_geojson_is_a_collection_of_points(client, full):
    OrganisationFactory(published=True, institution__name="Bez współrzędnych")
    features = json.loads(export(client, "geojson"))["features"]
    assert [(feature["geometry"], feature["properties"]["name"]) for feature in features] == [
        (None, "Bez współrzędnych"),
        ({"type": "Point", "coordinates": [16.65, 50.431235]}, "Spółdzielnia „Ład”, Wrocław"),
    ]
    assert not {"lat", "lon"} & set(features[0]["properties"])


def test_a_card_of_which_little_is_known_leaves_cells_empty(client):
    institution = InstitutionFactory(
        name="Cicha", nip="", regon="", krs="", municipality_id=None, street="", house_number="", postal_code="",
        town="", phone="", email="", legal_form_id=None,
    )  # fmt: skip
    OrganisationFactory(published=True, institution=institution, description="", source=None, kind_id="ngo")
    (row,) = csv_rows(client)
    filled = {name: value for name, value in row.items() if value}
    assert set(filled) == {"id", "url", "name", "kind", "kind_label", "ps", "mark", "art94", "opp", "status"}
    (row,) = json.loads(export(client, "json"))
    assert (row["nip"], row["verified_on"], row["offers"], row["lat"], row["founded_year"]) == ("", "", [], None, None)


def test_a_unit_is_exported_with_its_operator(client):
    operator = InstitutionFactory(name="Fundacja", nip="8990000110")
    unit = UnitFactory(operator=operator, name="WTZ Kłodzko", regon="")
    OrganisationFactory(of_unit=True, unit=unit, institution=operator, published=True)
    (row,) = csv_rows(client)
    found = [row[name] for name in ("name", "nip", "krs", "operator", "operator_nip", "town")]
    assert found == ["WTZ Kłodzko", "", "", "Fundacja", "8990000110", "Kłodzko"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_cells_that_a_spreadsheet_would_run_are_made_harmless(client, start):
    OrganisationFactory(published=True, institution__name=f"{start}cmd|' /C calc'!A0", description=f"{start}1+1")
    (row,) = csv_rows(client)
    assert (row["name"], row["description"]) == (f"'{start}cmd|' /C calc'!A0", f"'{start}1+1")
    sheet = openpyxl.load_workbook(io.BytesIO(export(client, "xlsx"))).active
    assert sheet["C2"].value == f"'{start}cmd|' /C calc'!A0"
    assert sheet["C2"].data_type == "s"
    (row,) = json.loads(export(client, "json"))
    assert row["name"] == f"{start}cmd|' /C calc'!A0"


def test_a_foreign_number_begins_harmlessly(client):
    OrganisationFactory(published=True, institution__phone="+420221111111")
    assert csv_rows(client)[0]["phone"] == "'+420221111111"


def test_characters_that_no_workbook_may_hold_are_left_out(client):
    OrganisationFactory(published=True, institution__name="Dzwonek\x07 & <Syn>", description="x" * 40_000)
    sheet = openpyxl.load_workbook(io.BytesIO(export(client, "xlsx"))).active
    assert sheet["C2"].value == "Dzwonek & <Syn>"
    description = [cell.value for cell in sheet[1]].index("description")
    assert len(sheet[2][description].value) == 32_767


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_an_export_can_be_read_back_by_the_import(client, full, tmp_path, extension):
    path = tmp_path / f"katalog.{extension}"
    path.write_bytes(export(client, extension))
    sheet = open_sheet(path)
    (row,) = sheet.rows()
    assert row.cells[2] == "Spółdzielnia „Ład”, Wrocław"
    assert row.cells[6] == "0000617106"


@pytest.fixture
def many():
    random = Random(3)
    for number in range(40):
        card = OrganisationFactory(
            institution=InstitutionFactory(municipality_id=random.choice(["0264011", "0208021", None])),
            kind_id=random.choice(["ngo", "spoldzielnia_pracy"]),
            description=random.choice(["Pranie.", "Catering."]),
        )
        if number % 3:
            OfferFactory(organisation=card, category_id=random.choice(["catering", "pranie"]))
    Organisation.objects.update(published_at=NOW)
    refresh()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=pranie",
        "powiat=0264&kind=ngo",
        "category=catering&q=pranie",
        "area=0264",
        "q=90910000-9",
        "q=!!!",
        "sort=nowe&page=2",
    ],
)
def test_every_format_holds_the_cards_that_the_filter_finds(client, many, query):
    expected = sorted(CatalogueFilter(query).qs.values_list("pk", flat=True))
    sheet = openpyxl.load_workbook(io.BytesIO(export(client, "xlsx", query))).active
    assert sorted(int(row["id"]) for row in csv_rows(client, query)) == expected
    assert sorted(row["id"] for row in json.loads(export(client, "json", query))) == expected
    assert sorted(f["id"] for f in json.loads(export(client, "geojson", query))["features"]) == expected
    assert sorted(row[0].value for row in sheet.iter_rows(min_row=2)) == expected


def test_rows_stand_in_alphabetical_order(client):
    for name in ("Żaba", "Łąka", "Arka"):
        OrganisationFactory(published=True, institution__name=name)
    assert [row["name"] for row in csv_rows(client)] == ["Arka", "Łąka", "Żaba"]


def test_the_number_of_queries_does_not_grow_with_the_rows(client, many):
    with CaptureQueriesContext(connection) as queries:
        export(client, "csv")
    assert len(queries) <= 5


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json", "geojson"])
def test_an_unusable_filter_is_answered_with_the_reason(client, extension):
    content = export(client, extension, "powiat=9999&mark=2", status=400).decode()
    assert content == "powiat: Nie ma powiatu o kodzie „9999”.\nmark: Ten filtr przyjmuje tylko wartość 1.\n"


@pytest.mark.parametrize(
    ("extension", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
        ("geojson", "application/geo+json"),
    ],
)
def test_a_file_has_its_type_and_a_name_with_the_day(client, time_machine, extension, content_type):
    time_machine.move_to(NOW)
    response = client.get(f"/katalog/eksport.{extension}")
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="katalog-2026-11-22.{extension}"'
    assert b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("query", "carried"), [("", ""), ("?view=mapa&sort=nowe&page=1", ""), ("?q=&powiat=0208", "?powiat=0208")]
)
def test_the_page_links_to_files_of_what_it_shows(client, full, query, carried):
    page = client.get(f"/katalog/{query}").content.decode()
    for extension in ("csv", "xlsx", "json", "geojson"):
        assert f'href="/katalog/eksport.{extension}{carried}"' in page
    assert f'href="/katalog/atom.xml{carried}"' in page


@pytest.mark.parametrize("path", ["/katalog/eksport.pdf", "/katalog/eksport.", "/katalog/eksport.CSV"])
def test_other_formats_do_not_exist(client, path):
    assert client.get(path).status_code == 404


def test_an_empty_result_is_a_well_formed_file(client):
    assert csv_rows(client) == []
    assert json.loads(export(client, "json")) == []
    assert json.loads(export(client, "geojson")) == {"type": "FeatureCollection", "features": []}
    assert openpyxl.load_workbook(io.BytesIO(export(client, "xlsx"))).active.max_row == 1
