"""Plans as they were really printed, and the layouts that offices make of the form (Dz.U. 2020 poz. 2362)."""

import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from procurement.choices import Nature
from procurement.models import Plan, PlanImport, PlanItem
from procurement.plans.rejected import as_sheet
from tests.accounts.factories import authority

pytestmark = pytest.mark.django_db
PRINTED = (
    "buyer,year,plan_number,position,subject,kind,mode,value_as_printed,planned_start_as_printed,"
    "info_cpv,update_info,source_url,notes\n"
)
TOWN = PRINTED + (
    'Urząd Miasta,2018,,1,Utworzenie Centrum Kompetencji,,,,I kwartał 2018,,,"https://x.example",grafika\n'
    'Urząd Miasta,2018,,2,"Ścieżki ""Parkuj i jedź""",roboty budowlane,,blisko 8 milionów złotych,I kwartał 2018,,,,\n'
    "Urząd Miasta,2018,,5,Zakup i dostawa kotłów,dostawy,,,I kwartał 2018,,,,\n"
)
REGISTER = PRINTED + (
    "(gmina),2026,,RIN.271.1.1.2026,Kogutek (zamówienie in-house),,"
    "wolna ręka art. 305 pkt 1 w zw. z art. 214 ust. 1 pkt 13,399 187 zł netto,,,,,kwota 491 000 zł\n"
    '(gmina),2026,,RIN.271.1.2.2026,Woda Bzianka cz. 1,,,"3 404 807,87 zł netto",,,,,\n'
    "(gmina),2026,,RIN.271.1.10.2026,Drogi - etap 2 (2 części),,,380 000 zł netto (razem),,,,,\n"
    "(gmina),2026,,RIN.271.1.11.2026,Elewacja,,,,termin ofert 15.09.2026,,,,\n"
)
CITED = PRINTED + (
    'Komenda,2022,2022/BZP 00070692/03/P,1.2.2,Zakup paliw,dostawy,,,,,,"https://x.example",\n'
    'Gmina,2022,2022/BZP 00039093/07/P,1.1.4,Budowa drogi,roboty budowlane,"tryb podstawowy, art. 275",,,,,,\n'
    "Sąd,2023,2023/BZP 00118070/01/P,1.3.1,Sprzątanie,usługi,,,,,,,\n"
)


@pytest.fixture
def load(tmp_path):
    buyer = authority(name="Gmina Nowa Wieś")

    def read(content, year, name="plan.csv"):
        path, out = tmp_path / name, tmp_path / "report.json"
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("import_plan", path, buyer=buyer.institution.nip, year=year, report=out)
        return json.loads(out.read_text(encoding="utf-8"))

    return read


def facts(*names):
    return list(PlanItem.objects.order_by("order").values_list(*names))


def test_a_plan_that_the_press_printed(load):
    report = load(TOWN, 2018)
    assert (report["rows"], report["created"]) == (3, 3)
    assert facts("position__number", "nature", "value", "is_approximate") == [
        ("1", "", None, False),
        ("2", Nature.WORKS, Decimal("8000000"), True),
        ("5", Nature.SUPPLIES, None, False),
    ]
    assert any("brakuje: rodzaju zamówienia" in one["reason"] for one in report["warnings"])


def test_a_register_of_procedures_whose_numbers_are_no_positions(load):
    report = load(REGISTER, 2026)
    assert (report["created"], [one["row"] for one in report["rejected"]]) == (3, [5])
    assert "to termin składania ofert" in report["rejected"][0]["reason"]
    assert facts("position__number", "value", "mode__code", "remarks") == [
        ("1", Decimal("399187"), "wolna-reka", "Numer w pliku: RIN.271.1.1.2026."),
        ("2", Decimal("3404807.87"), None, "Numer w pliku: RIN.271.1.2.2026."),
        ("3", Decimal("380000"), None, "Numer w pliku: RIN.271.1.10.2026."),
    ]
    again = load(REGISTER, 2026)
    assert (again["unchanged"], again["created"], again["updated"]) == (3, 0, 0)


def test_positions_as_notices_cite_them(load):
    report = load(CITED, 2022)
    assert (report["created"], len(report["rejected"])) == (2, 1)
    assert Plan.objects.get().bzp_number == ""  # two numbers: the file names two plans
    assert facts("position__number", "mode__code") == [("1.2.2", None), ("1.1.4", "tryb-podstawowy")]


def test_the_encoding_and_separator_of_an_old_office_program(load):
    text = (
        "Lp.\tNazwa zamówienia\tRodzaj zamówienia\tKwota brutto\tKwota netto\n"
        "1\tUsługa żywienia\tusługa\t108 000\t100 000\n"
    )
    report = load(text.encode("cp1250"), 2026)
    assert report["rejected"] == []
    assert facts("subject", "value") == [("Usługa żywienia", Decimal("100000"))]


def test_the_form_of_the_regulation_with_a_heading_of_two_rows(load, tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["PLAN POSTĘPOWAŃ O UDZIELENIE ZAMÓWIEŃ NA ROK 2026"],
        ["Nazwa zamawiającego: Gmina Nowa Wieś", "", "", "", "", "tel. 71 000 00 00"],
        [],
        ["1. Zamówienia o wartości mniejszej niż progi unijne"],
        [
            "Lp.",
            "Przedmiot zamówienia",
            "Przewidywane",
            "",
            "Orientacyjna wartość zamówienia w zł netto",
            "Informacje",
        ],
        ["", "", "Przewidywany tryb albo procedura", "Przewidywany termin wszczęcia", "", "Informacje dodatkowe"],
        ["1.1. Roboty budowlane"],
        [1, "Budowa chodnika", "tryb podstawowy", "2026 r. II kwartał", 250000, "wstępne konsultacje rynkowe"],
        ["1.3. Usługi społeczne i inne szczególne usługi"],
        [1, "Opieka nad osobami starszymi", "usługi społeczne", "wrzesień", 900000.5, "aspekty społeczne: tak"],
        ["", "OGÓŁEM", "", "", 1150000.5, ""],
    ):
        sheet.append(row)
    sheet.merge_cells("A4:F4")
    sheet.merge_cells("C5:D5")
    book.save(tmp_path / "plan.xlsx")
    report = load(None, 2026, "plan.xlsx")
    assert (report["rows"], report["created"], report["rejected"]) == (2, 2, [])
    assert facts("subject", "nature", "is_social", "mode__code", "opens_precision", "clauses__kind__code") == [
        ("Budowa chodnika", Nature.WORKS, False, "tryb-podstawowy", "kwartal", None),
        ("Opieka nad osobami starszymi", Nature.SERVICES, True, "zamowienie-spoleczne", "miesiac", "art96-inne"),
    ]


def test_numbers_of_rows_that_begin_anew_in_each_section_are_no_positions(load):
    text = (
        "Poz.;Przedmiot zamówienia;Wartość netto\nRoboty budowlane;;\n1;Droga;200 000\n2;Most;300 000\n"
        "Dostawy;;\n1;Papier;180 000\n"
    )
    report = load(text, 2026)
    assert report["rejected"] == []
    assert facts("position__number", "subject") == [("1.1.1", "Droga"), ("1.1.2", "Most"), ("1.2.1", "Papier")]


def test_a_title_among_the_items_is_refused_and_told(load):
    report = load("Przedmiot zamówienia;Rodzaj;Wartość netto\nWydział Inwestycji;;\nDroga;roboty;200 000\n", 2026)
    assert report["created"] == 1
    assert report["rejected"][0]["row"] == 2
    assert "tytuł albo niepełna pozycja" in report["rejected"][0]["reason"]


def test_the_file_of_refused_rows_keeps_what_titles_and_headings_said(load):
    text = (
        "Przedmiot zamówienia;Wartość netto w tys. zł;Kwartał\nUsługi;;\n"
        "Pranie;100-200;II\nOchrona;150;V\nCatering;50 EUR;VII\nSprzątanie;90;I\n"
    )
    report = load(text, 2026)
    assert report["created"] == 1
    assert "innej walucie" in report["rejected"][2]["reason"]
    assert "Kwartał: nie ma takiego kwartału" in report["rejected"][2]["reason"]
    heading, pairs = as_sheet([one for one in PlanImport.objects.get().drafts if one["rejection"]])
    rows = [dict(zip(heading, cells, strict=True)) for cells, _ in pairs]
    assert [(row["Rodzaj zamówienia"], row[heading[4]], row[heading[5]]) for row in rows] == [
        ("usługi", "100-200 tys.", "II kwartał 2026"),
        ("usługi", "150 000,00", "V"),
        ("usługi", "50 EUR tys.", "VII"),
    ]


def test_what_cells_and_rows_of_a_workbook_look_like_counts_too(load, tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["Przedmiot zamówienia", "Rodzaj", "Wartość", "Termin wszczęcia"],
        ["Serwer", "dostawy", 50000, "maj 2026"],
        ["Sprzątanie", "usługi", 200, "maj 2026"],
        ["Catering", "usługi", 40000, "maj 2026"],
    ):
        sheet.append(row)
    sheet["C2"].number_format = "#,##0.00\\ [$€-407]"
    sheet["C3"].number_format = '#,##0" tys. zł"'
    sheet.row_dimensions[4].hidden = True
    book.save(tmp_path / "plan.xlsx")
    report = load(None, 2026, "plan.xlsx")
    assert [(one["row"], one["value"]) for one in report["rejected"]] == [(2, "50000 €")]
    assert "kwota w innej walucie" in report["rejected"][0]["reason"]
    assert facts("subject", "value") == [("Sprzątanie", Decimal(200_000)), ("Catering", Decimal(40_000))]
    assert [one["row"] for one in report["warnings"] if "ukryty" in one["reason"]] == [4]
