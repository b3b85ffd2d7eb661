from contextlib import closing

import pytest

from registry.spreadsheets import UnreadableFile, open_file, open_sheet

from .workbooks import ods_row, write_ods

HEADING = ods_row("Powiat", "Nazwa", "NIP")


def rows(path):
    return [(row.number, row.cells) for row in open_sheet(path).rows()]


def value(kind, stored, shown):
    attribute = {"float": "value", "date": "date-value", "boolean": "boolean-value"}[kind]
    return (
        f'<table:table-cell office:value-type="{kind}" office:{attribute}="{stored}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def test_values_of_every_type_become_text(tmp_path):
    cells = (
        value("float", "8831690460", "8 831 690 460"),
        value("date", "2013-12-02", "2.12.2013"),
        value("boolean", "true", "PRAWDA"),
    )
    body = ods_row("Nazwa", "NIP", "Data powstania", "OPP") + ods_row("Żółć", *cells)
    path = write_ods(tmp_path / "a.ods", {"R": body})
    assert open_sheet(path).format == "ods"
    assert rows(path) == [(2, ["Żółć", "8831690460", "2013-12-02", "tak"])]


def test_text_keeps_its_spaces_and_lines_and_leaves_out_comments(tmp_path):
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>uwaga</text:p></office:annotation>'
        '<text:p>Fundacja<text:s text:c="2"/><text:span>Raz</text:span></text:p>'
        "<text:p>Dwa<text:line-break/>Trzy</text:p>"
        "</table:table-cell>"
    )
    assert rows(write_ods(tmp_path / "a.ods", {"R": HEADING + ods_row("a", cell, "1")})) == [
        (2, ["a", "Fundacja  Raz\nDwa\nTrzy", "1"])
    ]


def test_repeated_blank_rows_are_counted_and_repeated_cells_copied(tmp_path):
    repeated = (
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16382"/>'
    )
    body = HEADING + ods_row("", repeated="5") + ods_row("a", repeated) + ods_row("b", "B", "2", repeated="2")
    body += ods_row("", repeated="1048567")
    assert rows(write_ods(tmp_path / "a.ods", {"R": body})) == [
        (7, ["a", "x", "x"]),
        (8, ["b", "B", "2"]),
        (9, ["b", "B", "2"]),
    ]


def test_a_cell_merged_downwards_counts_for_each_row(tmp_path):
    top = (
        '<table:table-cell table:number-rows-spanned="3" office:value-type="string"><text:p>świdnicki</text:p>'
        "</table:table-cell>"
    )
    covered = "<table:covered-table-cell/>"
    body = (
        HEADING
        + ods_row(top, "A", "1")
        + ods_row(covered, "B", "2")
        + ods_row(covered, "", "")
        + ods_row("", "D", "4")
    )
    assert rows(write_ods(tmp_path / "a.ods", {"R": body})) == [
        (2, ["świdnicki", "A", "1"]),
        (3, ["świdnicki", "B", "2"]),
        (5, ["", "D", "4"]),
    ]


def test_the_first_visible_table_with_a_heading_is_read_and_named(tmp_path):
    invisible = '<style:table-properties table:display="false"/>'
    hidden = f'<style:style style:name="ta2" style:family="table">{invisible}</style:style>'
    tables = {
        "Okładka": ods_row("Wykaz"),
        ("Stare", "ta2"): HEADING + ods_row("x", "stare", "0"),
        "Rejestr": HEADING + ods_row("x", "nowe", "1"),
    }
    sheet = open_sheet(write_ods(tmp_path / "a.ods", tables, styles=hidden))
    assert (sheet.name, [row.cells for row in sheet.rows()]) == ("Rejestr", [["x", "nowe", "1"]])
    assert sheet.notes == ["Pominięto ukryte arkusze: Stare.", "Wczytano arkusz „Rejestr”."]


def test_a_formula_without_a_stored_value_is_a_doubt(tmp_path):
    formula = '<table:table-cell table:formula="of:=1+1"/>'
    [row] = open_sheet(write_ods(tmp_path / "a.ods", {"R": HEADING + ods_row("a", "A", formula)})).rows()
    assert row == (2, ["a", "A"], ((2, "formuła bez zapisanego wyniku; komórkę pominięto"),))


def test_an_encrypted_workbook_asks_for_one_without_a_password(tmp_path):
    manifest = {"META-INF/manifest.xml": '<m><file-entry full-path="content.xml"><encryption-data/></file-entry></m>'}
    with pytest.raises(UnreadableFile, match=r"^Skoroszyt jest zabezpieczony hasłem\."):
        rows(write_ods(tmp_path / "a.ods", {"R": HEADING}, members=manifest))


def test_a_row_that_is_not_shown_is_told(tmp_path):
    folded = ods_row("B", "2").replace("<table:table-row", '<table:table-row table:visibility="filter"')
    path = write_ods(tmp_path / "a.ods", {"R": ods_row("Nazwa", "NIP") + folded + ods_row("C", "3")})
    with closing(open_file(path)) as file:
        [table] = file.tables()
        assert [(row.cells[0], row.hidden) for row in table.raw_rows()] == [
            ("Nazwa", False), ("B", True), ("C", False),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "stored", "shown", "text"),
    [
        ('currency" office:currency="EUR', "50000", "50 000,00 €", "50000 €"),
        ('currency" office:currency="CHF', "50000", "50 000,00", "50000 CHF"),
        ('currency" office:currency="PLN', "50000", "50 000,00 zł", "50000"),
        ("float", "200", "200 tys. zł", "200 tys"),
        ("float", "200000", "200 tys. zł", "200000"),
        ("float", "50000.5", "50 000,50 zł brutto", "50000.5 brutto"),
    ],
)
def test_what_a_cell_shows_beside_its_number_is_read_with_it(tmp_path, kind, stored, shown, text):
    cell = (
        f'<table:table-cell office:value-type="{kind}" office:value="{stored}"><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )
    path = write_ods(tmp_path / "a.ods", {"R": ods_row("Nazwa", "NIP") + ods_row("A", cell)})
    assert rows(path) == [(2, ["A", text])]
