"""A plan from a file: what becomes of its rows, and what a second, changed file makes of it."""

import csv
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from procurement.choices import Band, Nature, OpeningPrecision, PlanState, UpdateKind
from procurement.models import OrderingUnit, Plan, PlanItem, PlanPosition, Posting
from tests.accounts.factories import authority

pytestmark = pytest.mark.django_db
YEAR = 2026
HEADINGS = [
    "Pozycja planu",
    "Przedmiot zamówienia",
    "Rodzaj zamówienia",
    "Przewidywany tryb albo procedura udzielenia zamówienia",
    "Orientacyjna wartość zamówienia (netto)",
    "Przewidywany termin wszczęcia postępowania",
    "Informacje dodatkowe",
    "Informacja na temat aktualizacji",
]
CLEANING = [
    "1.3.1",
    "Sprzątanie urzędu",
    "usługi",
    "tryb podstawowy",
    "400 000,00 zł",
    "II kwartał 2026",
    "CPV 90910000-9; art. 95",
    "",
]
ROAD = ["1.1.1", "Budowa drogi w Nowej Wsi", "roboty budowlane", "art. 275 pkt 1", "2,5 mln zł", "06.2026", "", ""]
PAPER = ["", "Papier do drukarek", "dostawy", "zapytanie ofertowe", "40 000", "2026-03", "", ""]


@pytest.fixture
def buyer():
    return authority(name="Gmina Nowa Wieś")


@pytest.fixture
def sheet(tmp_path):
    def write(*rows, name="plan.csv", delimiter=";"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return write


def load(path, buyer, year=YEAR, **options):
    out = path.parent / "report.json"
    call_command("import_plan", path, buyer=buyer.institution.nip, year=year, report=out, **options)
    return json.loads(out.read_text(encoding="utf-8"))


def test_a_plan_becomes_a_draft_with_the_five_fields_of_the_law(sheet, buyer):
    report = load(sheet(HEADINGS, CLEANING, ROAD, PAPER), buyer)
    assert (report["rows"], report["created"], report["rejected"]) == (3, 3, [])
    plan = Plan.objects.get()
    assert (plan.authority, plan.year, plan.current) == (buyer, YEAR, None)
    cleaning, road, paper = PlanItem.objects.select_related("mode", "position").order_by("order")
    assert (cleaning.position.number, cleaning.nature, cleaning.mode.code) == (
        "1.3.1",
        Nature.SERVICES,
        "tryb-podstawowy",
    )
    assert (cleaning.value, cleaning.opens_on, cleaning.opens_precision) == (
        Decimal("400000"),
        date(2026, 4, 1),
        OpeningPrecision.QUARTER,
    )
    assert list(cleaning.cpv_links.values_list("code_id", flat=True)) == ["90910000"]
    assert [str(one.kind.code) for one in cleaning.clauses.all()] == ["art95"]
    assert (road.value, road.value_words, road.band) == (Decimal("2500000"), "2,5 mln zł", Band.NATIONAL)
    assert (paper.band, paper.position.number) == (Band.BELOW, "3.2.1")
    assert cleaning.judged_by is not None


def test_every_repair_is_told_and_every_refusal_has_its_reason(sheet, buyer):
    bad = [
        ["", "Remont szkoły", "roboty", "", "100-200 tys. zł", "II kw.", "", ""],
        ["", "Komputery", "dostawy", "", "50 000 EUR", "II kw.", "", ""],
        ["", "Szkolenia", "usługi", "", "61 500 brutto", "II kw.", "", ""],
        ["", "Ochrona", "usługi", "", "do ustalenia", "II kw.", "", ""],
        ["", "Przewozy", "usługi", "", "50 000", "V kwartał", "", ""],
        ["", "Pranie", "usługi", "", "ok. 200 tys.", "II kw.", "", ""],
    ]
    report = load(sheet(HEADINGS, *bad), buyer)
    assert [(one["row"], one["column"]) for one in report["rejected"]] == [
        (2, HEADINGS[4]),
        (3, HEADINGS[4]),
        (4, HEADINGS[4]),
        (5, HEADINGS[4]),
        (6, HEADINGS[5]),
    ]
    assert report["created"] == 1
    told = {(one["row"], one["reason"]) for one in report["warnings"]}
    assert (7, "kwota przybliżona") in told
    assert (7, "przyjęto rok planu: 2026") in told
    assert any("art. 23 ust. 3 pkt 3 PZP" in reason for row, reason in told if row == 7)


def test_a_wrong_cpv_is_refused_and_none_at_all_is_lawful(sheet, buyer):
    headings = ["Przedmiot zamówienia", "Rodzaj", "Kod CPV"]
    rows = [["Sprzątanie", "usługi", "90910000-5"], ["Catering", "usługi", "55520000"], ["Najem", "usługi", ""]]
    report = load(sheet(headings, *rows), buyer)
    [rejected] = report["rejected"]
    assert rejected["row"] == 2
    assert "90910000-9" in rejected["reason"]
    assert report["created"] == 2
    assert PlanItem.objects.get(subject="Catering").cpv_links.get().code_id == "55520000"


def test_titles_sections_totals_and_a_second_table_are_understood(sheet, buyer):
    report = load(
        sheet(
            ["Plan postępowań na rok 2026"],
            ["Gmina Nowa Wieś"],
            ["I. Zamówienia o wartości mniejszej niż progi unijne"],
            ["Lp.", "Przedmiot zamówienia", "Wartość netto", "Termin wszczęcia"],
            ["1", "2", "3", "4"],
            ["1. Roboty budowlane"],
            ["1", "Remont dachu", "300 000", "I kw."],
            ["2. Dostawy"],
            ["1", "Węgiel", "250 000", "III kw."],
            ["", "Razem", "550 000", ""],
            [],
            ["II. Zamówienia o wartości równej progom unijnym lub wyższej"],
            ["Lp.", "Nazwa zamówienia", "Tryb", "Wartość netto", "Termin"],
            ["Usługi"],
            ["1", "Odbiór odpadów", "przetarg nieograniczony", "12 000 000", "IV kw."],
            ["", "", "", "Zatwierdził: Wójt", ""],
        ),
        buyer,
    )
    assert (report["rows"], report["created"], report["rejected"]) == (3, 3, [])
    found = {item.subject: (item.nature, item.position.number) for item in PlanItem.objects.select_related("position")}
    assert found == {
        "Remont dachu": (Nature.WORKS, "1.1.1"),
        "Węgiel": (Nature.SUPPLIES, "1.2.1"),
        "Odbiór odpadów": (Nature.SERVICES, "2.3.1"),
    }


def test_merged_cells_and_two_sheets_of_a_workbook(tmp_path, buyer):
    book = Workbook()
    first = book.active
    first.title = "Poniżej progów unijnych"
    first.append(["Przedmiot zamówienia", "Rodzaj", "Wartość netto", "Termin wszczęcia"])
    first.append(["Papier", "dostawy", 200_000, date(2026, 6, 1)])
    first.append(["Tonery", None, 180_000.5, "III kw."])
    first.merge_cells("B2:B3")
    second = book.create_sheet("Powyżej progów unijnych")
    second.append(["Przedmiot zamówienia", "Rodzaj", "Wartość netto", "Termin wszczęcia"])
    second.append(["Autobusy", "dostawy", 9_000_000, "2026-09"])
    book.save(tmp_path / "plan.xlsx")
    report = load(tmp_path / "plan.xlsx", buyer)
    assert (report["created"], report["rejected"]) == (3, [])
    values = dict(PlanItem.objects.values_list("subject", "value"))
    assert values == {"Papier": 200_000, "Tonery": Decimal("180000.50"), "Autobusy": 9_000_000}
    assert PlanItem.objects.filter(nature=Nature.SUPPLIES).count() == 3


def test_the_second_file_gives_the_update_kinds_by_itself(sheet, buyer):
    load(sheet(HEADINGS, CLEANING, ROAD, PAPER), buyer, publish=True)
    plan = Plan.objects.get()
    first, before = plan.current, Posting.objects.count()
    dearer = [*CLEANING[:4], "450 000,00 zł", *CLEANING[5:]]
    new = ["", "Catering na konferencje", "usługi", "zapytanie ofertowe", "90 000", "IV kw.", "", ""]
    report = load(sheet(HEADINGS, PAPER, dearer, new), buyer)
    assert (report["created"], report["updated"], report["unchanged"]) == (1, 1, 1)
    assert [one["subject"] for one in report["dropped"]] == [ROAD[1]]
    plan.refresh_from_db()
    assert plan.current == first
    draft = plan.versions.get(state=PlanState.DRAFT)
    assert {item.subject: item.update_kind for item in draft.items.all()} == {
        PAPER[1]: "",
        CLEANING[1]: UpdateKind.CHANGED,
        new[1]: UpdateKind.ADDED,
        ROAD[1]: UpdateKind.DROPPED,
    }
    changed = draft.items.get(subject=CLEANING[1])
    assert changed.changes == {
        "value": ["400\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}zł", "450\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}zł"]
    }
    assert changed.position_id == first.items.get(subject=CLEANING[1]).position_id
    assert Posting.objects.count() == before + 1


def test_a_row_that_was_refused_gives_nothing_up(sheet, buyer):
    load(sheet(HEADINGS, CLEANING, ROAD), buyer, publish=True)
    undecided = [*ROAD[:4], "do ustalenia", *ROAD[5:]]
    report = load(sheet(HEADINGS, CLEANING, undecided), buyer)
    assert (report["dropped"], len(report["rejected"])) == ([], 1)
    draft = Plan.objects.get().versions.get(state=PlanState.DRAFT)
    assert set(draft.items.values_list("update_kind", flat=True)) == {""}


def test_the_mended_rows_are_added_to_what_is_there(sheet, buyer):
    load(sheet(HEADINGS, CLEANING), buyer)
    report = load(sheet(HEADINGS, ROAD), buyer, add=True)
    assert (report["created"], PlanItem.objects.count()) == (1, 2)
    assert Plan.objects.get().versions.count() == 1


def test_the_same_file_again_changes_nothing(sheet, buyer):
    path = sheet(HEADINGS, CLEANING, ROAD, PAPER)
    load(path, buyer)
    positions = set(PlanPosition.objects.values_list("pk", "number"))
    report = load(path, buyer)
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 3)
    assert set(PlanPosition.objects.values_list("pk", "number")) == positions


def test_a_repeated_row_is_a_duplicate_and_a_repeated_number_is_refused(sheet, buyer):
    other = ["1.3.1", "Pranie", *CLEANING[2:]]
    report = load(sheet(HEADINGS, CLEANING, CLEANING, other), buyer)
    assert report["duplicates"] == [{"row": 3, "of": 2, "why": "ten sam wiersz drugi raz"}]
    assert report["rejected"][0]["reason"] == "numer 1.3.1 ma już wiersz 2"


def test_rows_of_other_buyers_and_years_are_refused_where_the_file_says_so(sheet, buyer):
    headings = ["buyer", "year", "position", "subject", "kind", "value_as_printed"]
    report = load(
        sheet(
            headings,
            ["Gmina Nowa Wieś", "2026", "1.3.1", "Sprzątanie", "usługi", "50 000"],
            ["Gmina Stara Wieś", "2026", "1.3.2", "Catering", "usługi", "50 000"],
            ["Gmina Nowa Wieś", "2025", "1.3.3", "Pranie", "usługi", "50 000"],
        ),
        buyer,
    )
    assert [one["reason"] for one in report["rejected"]] == [
        "to wiersz innego zamawiającego",
        "wiersz jest z planu na inny rok niż 2026",
    ]
    assert report["created"] == 1


def test_a_rehearsal_writes_nothing(sheet, buyer):
    report = load(sheet(HEADINGS, CLEANING), buyer, dry_run=True)
    assert (report["created"], report["run"]) == (1, None)
    assert not Plan.objects.exists()
    assert not Posting.objects.exists()


def test_a_file_of_which_no_row_can_be_taken_leaves_the_plan_alone(sheet, buyer):
    load(sheet(HEADINGS, CLEANING), buyer, publish=True)
    report = load(sheet(HEADINGS, [*ROAD[:4], "do ustalenia", "", "", ""]), buyer)
    assert (report["created"], len(report["rejected"]), report["run"]) == (0, 1, None)
    assert Plan.objects.get().versions.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", "To nie jest plan.\nNaprawdę.".encode()])
def test_a_file_that_is_no_plan_is_refused_as_a_whole(tmp_path, buyer, content):
    path = tmp_path / "plan.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError) as failure:
        call_command("import_plan", path, buyer=buyer.institution.nip, year=YEAR)
    assert failure.value.returncode == 1
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"buyer": "1234567890"}, {"buyer": "8971234561"}, {"unit": "Nie ma takiej"}, {"year": 1}, {"year": 99999}],
)
def test_wrong_arguments_end_with_two(sheet, buyer, wrong):
    given = {"buyer": buyer.institution.nip, "year": YEAR} | wrong
    with pytest.raises(CommandError) as failure:
        call_command("import_plan", sheet(HEADINGS, CLEANING), **given)
    assert failure.value.returncode == 2
    assert not Plan.objects.exists()


def test_a_unit_has_a_plan_of_its_own(sheet, buyer):
    unit = OrderingUnit.objects.create(authority=buyer, name="Zarząd Dróg")
    load(sheet(HEADINGS, ROAD), buyer, unit="zarząd dróg")
    assert Plan.objects.get().unit == unit
