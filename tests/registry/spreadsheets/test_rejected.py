import io

import openpyxl
import pytest

from registry.spreadsheets import open_sheet, write_rejected

from .workbooks import ods_row, write_csv, write_ods, write_xlsx

HEADING = ["Nazwa", "KRS", "Telefon"]
ROW = ["=Fundacja; „X”\ndruga linia", "0000003418", "+48 74 837 25 99"]
REASON = "NIP ma błędną cyfrę kontrolną"


def rejected(sheet, target):
    pairs = [(row, REASON) for row in sheet.rows()]
    return write_rejected(target, heading=sheet.heading, rows_with_reasons=pairs, like=sheet)


def test_csv_stays_csv_with_its_separator_and_opens_in_excel(tmp_path):
    text = 'Nazwa|KRS|Telefon\n"=Fundacja; „X”\ndruga linia"|0000003418|+48 74 837 25 99\n'
    target = tmp_path / "odrzucone.csv"
    assert rejected(open_sheet(write_csv(tmp_path / "a.csv", text)), target) == 1
    assert target.read_bytes() == (
        b"\xef\xbb\xbf"
        + (
            "Nazwa|KRS|Telefon|Powód odrzucenia\r\n"
            "\"'=Fundacja; „X”\ndruga linia\"|0000003418|'+48 74 837 25 99|NIP ma błędną cyfrę kontrolną\r\n"
        ).encode()
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_file_of_rejected_rows_can_be_fed_again(tmp_path, kind):
    if kind == "csv":
        path = write_csv(tmp_path / "a.csv", 'Nazwa;KRS;Telefon\n"' + '";"'.join(ROW) + '"\n')
    elif kind == "xlsx":
        path = write_xlsx(tmp_path / "a.xlsx", [HEADING, [f"'{ROW[0]}", *ROW[1:]]])
    else:
        name = (
            '<table:table-cell office:value-type="string"><text:p>=Fundacja; „X”</text:p><text:p>druga linia</text:p>'
        )
        path = write_ods(
            tmp_path / "a.ods", {"R": ods_row(*HEADING) + ods_row(f"{name}</table:table-cell>", *ROW[1:])}
        )
    first = open_sheet(path)
    target = tmp_path / "odrzucone"
    rejected(first, target)
    second = open_sheet(target)
    assert second.heading == [*HEADING, "Powód odrzucenia"]
    assert second.format == ("csv" if kind == "csv" else "xlsx")
    assert [row.cells for row in second.rows()] == [[*ROW, REASON]]
    assert second.mapping.fields == first.mapping.fields == ("name", "krs", "phone")


def test_the_reason_of_an_earlier_round_is_replaced(tmp_path):
    path = write_csv(tmp_path / "a.csv", "Nazwa;Powód odrzucenia;NIP\nA;dawny;1\n")
    target = io.BytesIO()
    rejected(open_sheet(path), target)
    assert target.getvalue().decode("utf-8-sig") == f"Nazwa;NIP;Powód odrzucenia\r\nA;1;{REASON}\r\n"


def test_workbooks_hold_texts_only_so_that_no_zero_is_lost(tmp_path):
    sheet = open_sheet(write_xlsx(tmp_path / "a.xlsx", [HEADING, ["A", "0000003418", "+48"]], title="Rejestr"))
    target = tmp_path / "b.xlsx"
    rejected(sheet, target)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Rejestr"]
    assert [[cell.value for cell in row] for row in book.active.iter_rows()] == [
        [*HEADING, "Powód odrzucenia"],
        ["A", "0000003418", "'+48", REASON],
    ]
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}


def test_plain_lists_of_texts_and_short_rows_are_written_too(tmp_path):
    sheet = open_sheet(write_csv(tmp_path / "a.csv", "Nazwa,NIP\nA,1\n"))
    target = io.BytesIO()
    count = write_rejected(target, heading=sheet.heading, rows_with_reasons=[(["A"], "=powód")], like=sheet)
    assert (count, target.getvalue().decode("utf-8-sig")) == (1, "Nazwa,NIP,Powód odrzucenia\r\nA,,'=powód\r\n")
