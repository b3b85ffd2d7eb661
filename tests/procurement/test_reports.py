"""The pages of figures: what they say, what they refuse, and how much they ask of the database."""

import io
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from procurement.choices import NoticeState
from procurement.models import OrderingUnit
from tests.accounts.factories import authority
from tests.procurement.factories import NoticeFactory
from tests.procurement.test_figures import award, clause

pytestmark = pytest.mark.django_db
REGION, FILE = "/zamowienia/statystyki/", "/zamowienia/statystyki/eksport.xlsx"


def body(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def town():
    return authority(name="Miasto Brzeg", town="Brzeg", county_id="0219", municipality_id="0219011")


@pytest.fixture
def notice(town):
    notice = NoticeFactory(
        authority=town,
        value=Decimal(120_000),
        cpv=["90910000"],
        published_at=datetime(2026, 5, 4, tzinfo=ZoneInfo("UTC")),
    )
    clause(notice, "art96", people=2)
    award(notice, was_pes=True, value=Decimal(100_000))
    return notice


def test_the_page_tells_orders_clauses_and_winners_beside_a_drawing(client, notice):
    page = body(client, REGION)
    assert '<data id="result-count" value="1">' in page
    assert "art. 96 – wymagania dotyczące realizacji: zatrudnienie osób z grup" in page
    assert '<rect class="whole" width="100.0%"' in page
    assert "powiat świdnicki" in page
    assert "90 Usługi odbioru ścieków" in page
    assert "120 000 zł" in page
    assert '<a href="/zamowienia/statystyki/miasto-brzeg/">Miasto Brzeg</a>' in page


def test_what_is_missing_is_said_and_is_no_zero(client, notice, town):
    NoticeFactory(authority=town, value=None, cpv=["90910000"])
    page = body(client, REGION)
    assert "120 000 zł (brak danych o 1 z 2)" in page
    assert "<dt>Osoby zatrudnione</dt><dd>brak danych</dd>" in page
    assert "<dt>Umowy z przedsiębiorstwami społecznymi (PS)</dt><dd>brak danych</dd>" in page


def test_a_hidden_value_is_told_nowhere(client, town):
    NoticeFactory(authority=town, value=Decimal("777333"), value_is_public=False)
    assert "777 333" not in body(client, REGION)
    sheet = load_workbook(io.BytesIO(client.get(FILE).content))["Razem"]
    assert [cell.value for cell in sheet[2]][:4] == ["Razem", 1, None, 1]


def test_drafts_are_counted_for_nobody(coordinator, town):
    NoticeFactory(authority=town, state=NoticeState.DRAFT)
    assert "Nie ma czego liczyć" in body(coordinator, REGION)


def test_one_authority_has_its_own_page_with_its_units(client, notice, town):
    NoticeFactory(authority=town, unit=OrderingUnit.objects.create(authority=town, name="Szkoła nr 1"))
    NoticeFactory(authority=authority(name="Inny"))
    page = body(client, f"{REGION}miasto-brzeg/")
    assert '<data id="result-count" value="2">' in page
    assert "Szkoła nr 1" in page
    assert client.get(f"{REGION}nie-ma-takiego/").status_code == 404


@pytest.mark.parametrize(
    ("query", "orders"),
    [
        ({"year": "2026"}, 1),
        ({"year": "2025"}, 0),
        ({"powiat": "0219"}, 1),
        ({"powiat": "0264"}, 0),
        ({"dzial": "90", "year": "2026"}, 1),
        ({"dzial": "55"}, 0),
    ],
)
def test_year_county_and_division_narrow_what_is_counted(client, notice, query, orders):
    page = body(client, REGION, **query)
    assert ('<data id="result-count" value="1">' in page) == bool(orders)


@pytest.mark.parametrize(
    "query",
    [
        {"year": "1"},
        {"year": "9999"},
        {"year": "9" * 5000},
        {"year": "rok"},
        {"powiat": "9999"},
        {"dzial": "00"},
        {"dzial": "x" * 10_000},
        {"powiat": "'; --"},
    ],
)
def test_a_value_that_is_no_value_counts_nothing_and_says_so(client, notice, query):
    page = body(client, REGION, **query)
    assert "Nie policzono" in page
    assert 'id="result-count"' not in page
    answer = client.get(FILE, query)
    assert answer.status_code == 400
    assert answer.content.decode().startswith(f"{next(iter(query))}: ")


def test_the_workbook_has_a_sheet_for_each_part(client, notice, town):
    book = load_workbook(io.BytesIO(client.get(f"{REGION}miasto-brzeg/eksport.xlsx", {"year": "2026"}).content))
    assert book.sheetnames == ["Razem", "Klauzule", "Powiaty", "Działy CPV", "Lata", "Jednostki"]
    headings, total = book["Razem"].iter_rows(values_only=True)
    told = dict(zip(headings, total, strict=True))
    assert (told["Zamówienia"], told["Umowy z PES"], told["Umowy z PS"]) == (1, 1, None)
    assert told["Umowy z PS: brak danych o"] == 1
    assert (told["Dotrzymane w części"], told["Niedotrzymane"]) == (None, None)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_the_same_of_the_database_for_one_authority_and_for_many(
    client, rows, django_assert_num_queries
):
    for number in range(rows):
        award(NoticeFactory(authority=authority(name=f"Gmina {number}", county_id=f"02{number % 26 + 1:02}",
            municipality_id=None), cpv=["90910000" if number % 2 else "55520000"]))  # fmt: skip
    with django_assert_num_queries(9):
        body(client, REGION)
