import datetime

import openpyxl
import pytest

from registry.spreadsheets import Limits, UnreadableFile, open_sheet

from .workbooks import sheet_xml, write_raw_xlsx, write_xlsx

HEADING = (1, [("A1", "Nazwa"), ("B1", "NIP")])


def rows(path, **options):
    return [(row.number, row.cells) for row in open_sheet(path, **options).rows()]


def test_values_of_every_type_become_text(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [
            ["Nazwa", "NIP", "KRS", "OPP", "Data założenia", "Liczba pracowników"],
            ["Fundacja „Żółć”", 8831690460, 3418, True, datetime.date(2013, 12, 2), 7.5],
            ["B", 7.41e9, None, False, datetime.datetime(2020, 1, 2, 3, 4), ""],  # noqa: DTZ001
        ],
    )
    assert rows(path) == [
        (2, ["Fundacja „Żółć”", "8831690460", "3418", "tak", "2013-12-02", "7.5"]),
        (3, ["B", "7410000000", "", "nie", "2020-01-02 03:04:00"]),
    ]


def test_the_workbook_is_told_by_its_content_and_not_by_its_name(tmp_path):
    path = write_xlsx(tmp_path / "rejestr.csv", [["Nazwa", "NIP"], ["A", "1"]])
    assert open_sheet(path).format == "xlsx"
    assert rows(path) == [(2, ["A", "1"])]


def test_row_numbers_are_those_of_the_sheet(tmp_path):
    path = write_raw_xlsx(
        tmp_path / "a.xlsx", sheet_xml([(3, HEADING[1]), (7, [("A7", "A")]), (1_048_576, [("B1048576", "9")])])
    )
    assert rows(path) == [(7, ["A"]), (1_048_576, ["", "9"])]


def test_a_cell_merged_downwards_counts_for_each_row(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [
            ["Powiat", "Nazwa", "NIP"],
            ["świdnicki", "A", "1"],
            [None, "B", "2"],
            [None, "C", "3"],
            [None, None, None],
            [None, "D", "4"],
            ["kłodzki", "E", "5"],
        ],
        merged=["A2:A5"],
    )
    assert rows(path) == [
        (2, ["świdnicki", "A", "1"]),
        (3, ["świdnicki", "B", "2"]),
        (4, ["świdnicki", "C", "3"]),
        (6, ["", "D", "4"]),
        (7, ["kłodzki", "E", "5"]),
    ]


def test_a_heading_merged_over_two_rows_is_whole(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [["Nazwa", "Siedziba", None], [None, "Ulica", "Miejscowość"], ["A", "Długa", "Świdnica"]],
        merged=["A1:A2", "B1:C1"],
    )
    sheet = open_sheet(path)
    assert sheet.heading == ["Nazwa", "Ulica", "Miejscowość"]
    assert [row.cells for row in sheet.rows()] == [["A", "Długa", "Świdnica"]]


def test_the_first_visible_sheet_with_a_heading_is_read_and_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Okładka"
    book.active.append(["Wykaz podmiotów"])
    hidden = book.create_sheet("Stare")
    hidden.append(["Nazwa", "NIP"])
    hidden.append(["stare", "0"])
    hidden.sheet_state = "hidden"
    shown = book.create_sheet("Rejestr")
    shown.append(["Nazwa", "NIP"])
    shown.append(["nowe", "1"])
    book.save(tmp_path / "a.xlsx")
    sheet = open_sheet(tmp_path / "a.xlsx")
    assert (sheet.name, [row.cells for row in sheet.rows()]) == ("Rejestr", [["nowe", "1"]])
    assert sheet.notes == ["Pominięto ukryte arkusze: Stare.", "Wczytano arkusz „Rejestr”."]


def test_formulas_give_their_stored_value_and_a_doubt_when_there_is_none(tmp_path):
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Nazwa</t></is></c><c r="B1" t="inlineStr"><is><t>NIP</t></is></c>'
        '<c r="C1" t="inlineStr"><is><t>KRS</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>CONCATENATE("A","B")</f><v>AB</v></c><c r="B2"><f>1+1</f></c>'
        '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    [row] = open_sheet(
        write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([]).replace("<sheetData>", f"<sheetData>{cells}"))
    ).rows()
    assert row == (
        2,
        ["AB"],
        (
            (1, "formuła bez zapisanego wyniku; komórkę pominięto"),
            (2, "komórka zawiera błąd formuły; pominięto ją"),
        ),
    )


def test_shared_strings_leave_out_phonetic_guides_and_join_rich_text(tmp_path):
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Nazwa</t></si><si><t>NIP</t></si>'
        "<si><r><t>Fundacja </t></r><r><t>Żółć</t></r><rPh sb='0' eb='1'><t>nic</t></rPh></si></sst>"
    )
    sheet = sheet_xml([]).replace(
        "<sheetData>",
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row><c t="s"><v>2</v></c><c><v>12</v></c></row>',
    )
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet, others={"xl/sharedStrings.xml": strings})
    assert rows(path) == [(2, ["Fundacja Żółć", "12"])]


def test_a_shared_string_that_does_not_exist_is_damage(tmp_path):
    sheet = sheet_xml([HEADING]).replace("</sheetData>", '<row><c t="s"><v>99</v></c></row></sheetData>')
    with pytest.raises(UnreadableFile, match=r"^Skoroszyt jest uszkodzony"):
        rows(write_raw_xlsx(tmp_path / "a.xlsx", sheet))


def test_names_with_a_prefix_are_read_like_those_without(tmp_path):
    sheet = sheet_xml([HEADING, (2, [("A2", "A"), ("B2", "1")])])
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    sheet = sheet.replace("xmlns=", "xmlns:x=")
    assert rows(write_raw_xlsx(tmp_path / "a.xlsx", sheet)) == [(2, ["A", "1"])]


def test_styled_cells_without_content_do_not_widen_the_sheet(tmp_path):
    sheet = sheet_xml([HEADING, (2, [("A2", "A"), ("B2", "1")])]).replace("</row>", '<c r="XFD2" s="0"/></row>')
    assert rows(write_raw_xlsx(tmp_path / "a.xlsx", sheet)) == [(2, ["A", "1"])]


def test_more_columns_than_the_limit_are_refused(tmp_path):
    heading = ["Nazwa", "NIP", *(f"Kolumna {number}" for number in range(299))]
    with pytest.raises(UnreadableFile, match=r"^Arkusz ma ponad 300 kolumn\."):
        rows(write_xlsx(tmp_path / "a.xlsx", [heading]))
    assert rows(write_xlsx(tmp_path / "b.xlsx", [heading[:300], ["A"]])) == [(2, ["A"])]


def test_more_rows_than_the_limit_are_refused(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["Nazwa", "NIP"], *([f"A{number}", "1"] for number in range(10))])
    with pytest.raises(UnreadableFile, match=r"^Arkusz ma ponad 10 wierszy\."):
        rows(path, limits=Limits(rows=10))


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("#,##0.00\\ [$€-407]", "50000 €"),
        ('"$"#,##0.00', "50000 $"),
        ("[$EUR]\\ #,##0", "50000 EUR"),
        ('#,##0" tys. zł"', "50000 tys"),
        ('#,##0.00" zł brutto"', "50000 brutto"),
        # The number is stored whole; only its look is in thousands.
        ('#,##0,\\ "tys."', "50000"),
        ("#,##0.00\\ [$zł-415];[Red]\\-#,##0.00\\ [$€-407]", "50000"),
        ("[$-415]0.00", "50000"),
    ],
)
def test_what_a_format_shows_beside_a_number_is_read_with_it(tmp_path, number_format, text):
    book = openpyxl.Workbook()
    book.active.append(["Nazwa", "NIP"])
    book.active.append(["A", 50000])
    book.active["B2"].number_format = number_format
    book.save(tmp_path / "a.xlsx")
    assert rows(tmp_path / "a.xlsx") == [(2, ["A", text])]
