"""Files that are not what they say, are broken, or are made to do harm: one clear sentence each, within the limits."""

import zipfile

import pytest

from registry.spreadsheets import Limits, UnreadableFile, open_sheet

from .workbooks import ods_row, sheet_xml, write_csv, write_ods, write_raw_xlsx, write_xlsx

HEADING = (1, [("A1", "Nazwa"), ("B1", "NIP")])
DAMAGED = "Skoroszyt jest uszkodzony"
SMALL = Limits(unpacked=40 * 1024 * 1024)


def refusal(path, **options):
    with pytest.raises(UnreadableFile) as caught:
        list(open_sheet(path, **options).rows())
    return caught.value.sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Plik jest pusty."),
        (b"\n\n\n", "Plik nie zawiera żadnych danych."),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "To obraz PNG, a nie arkusz."),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "To obraz JPEG, a nie arkusz."),
        (b"GIF89a" + b"\x00" * 50, "To obraz GIF, a nie arkusz."),
        (b"%PDF-1.7\n1 0 obj", "To dokument PDF, a nie arkusz."),
        (b"{\\rtf1 Nazwa;NIP}", "To dokument RTF, a nie arkusz."),
        (b"\x1f\x8b\x08\x00rest", "To archiwum GZIP, a nie arkusz."),
        (b"<!DOCTYPE html><table><tr><td>Nazwa</td></tr></table>", "To strona lub dokument XML, a nie arkusz."),
        (b"Nazwa;NIP\nFunda\x00cja;1\n", "Plik zawiera bajty zerowe, więc nie jest plikiem CSV."),
        (bytes(range(1, 32)) * 20, "To nie jest plik tekstowy ani skoroszyt."),
        (b"PK\x03\x04 not a zip at all", "Skoroszyt jest uszkodzony lub ucięty."),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, sentence):
    path = tmp_path / "rejestr.csv"
    path.write_bytes(content)
    assert refusal(path).startswith(sentence)


def test_nul_bytes_far_into_the_file_are_found_before_any_row_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"Nazwa;NIP\n" + b"Fundacja;1\n" * 200_000 + b"A\x00;2\n")
    with pytest.raises(UnreadableFile, match=r"^Plik zawiera bajty zerowe"):
        open_sheet(path)


@pytest.mark.parametrize(
    ("stream", "sentence"),
    [
        ("EncryptedPackage", "Skoroszyt jest zabezpieczony hasłem."),
        ("Workbook", "To skoroszyt w starym formacie XLS."),
        ("WordDocument", "To dokument Worda w starym formacie DOC, a nie arkusz."),
        ("Inne", "To plik w starym formacie programów Office."),
    ],
)
def test_old_office_files_are_told_apart(tmp_path, stream, sentence):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100_000 + stream.encode("utf-16-le") + b"\x00" * 600
    )
    assert refusal(path).startswith(sentence)


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        ("xl/vbaProject.bin", "Skoroszyt zawiera makra."),
        ("xl/workbook.bin", "To skoroszyt w formacie XLSB."),
        ("word/document.xml", "To dokument lub prezentacja, a nie arkusz."),
        ("photo.jpg", "To archiwum ZIP, a nie skoroszyt."),
        ("Basic/Standard/Module1.xml", "Skoroszyt zawiera makra."),
    ],
)
def test_archives_that_are_no_plain_workbook_are_named(tmp_path, member, sentence):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    assert refusal(path).startswith(sentence)


def test_a_macro_workbook_is_refused_although_its_sheet_is_sound(tmp_path):
    path = write_raw_xlsx(tmp_path / "a.xlsm", sheet_xml([HEADING]), others={"xl/vbaProject.bin": "x"})
    assert refusal(path) == "Skoroszyt zawiera makra. Zapisz go jako XLSX lub ODS bez makr i wgraj ponownie."


def test_a_file_over_the_size_limit_names_both_sizes(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(1024**3)
    assert refusal(path) == "Plik ma 1024 MB, a może mieć najwyżej 200 MB."


def test_one_endless_line_is_not_read_into_memory(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"Nazwa;NIP;" + b"x" * 3_000_000)
    assert refusal(path) == "Linia 1 pliku ma ponad 1048576 znaków, więc to nie jest tabela CSV."


def test_a_truncated_workbook_is_damage(tmp_path):
    whole = write_xlsx(tmp_path / "a.xlsx", [["Nazwa", "NIP"], ["A", "1"]]).read_bytes()
    path = tmp_path / "b.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path).startswith(DAMAGED)


def test_a_damaged_member_is_damage(tmp_path):
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([HEADING] * 500), compression=zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert refusal(path).startswith(DAMAGED)


@pytest.mark.parametrize("sheet", ["", "<worksheet>", "to nie XML", sheet_xml([HEADING])[:-20]])
def test_broken_xml_is_damage(tmp_path, sheet):
    assert refusal(write_raw_xlsx(tmp_path / "a.xlsx", sheet)).startswith(DAMAGED)


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path):
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([HEADING], after="<!--" + " " * 40_000_000 + "-->"))
    assert refusal(path).startswith("Skoroszyt po rozpakowaniu jest podejrzanie duży.")


def test_an_archive_that_lies_about_its_size_cannot_hand_out_more(tmp_path):
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([HEADING], after="<!--" + " " * 2_000_000 + "-->"))
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert refusal(path).startswith(DAMAGED)


def test_too_many_members_are_refused(tmp_path):
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([HEADING]), others={f"xl/{n}": "" for n in range(5_001)})
    assert refusal(path).startswith("Skoroszyt po rozpakowaniu jest podejrzanie duży.")


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w SYSTEM "http://example.com/x.dtd">',
    ],
)
def test_xml_with_a_dtd_is_refused(tmp_path, declaration):
    assert refusal(write_raw_xlsx(tmp_path / "a.xlsx", declaration + sheet_xml([HEADING]))) == (
        "Skoroszyt zawiera niedozwolone definicje XML (DTD). Zapisz go ponownie jako XLSX lub ODS."
    )


def nested(*tags, times=3_000):
    return "".join(f"<{tag}>" for tag in tags) * times + "".join(f"</{tag}>" for tag in reversed(tags)) * times


@pytest.mark.parametrize(
    "inside",
    [
        nested("a"),
        nested("row"),
        f"<row>{nested('c')}</row>",
        f"<row><c>{nested('v')}</c></row>",
        f"<row><c><is>{nested('rPh', 't')}</is></c></row>",
        "".join(f"<n{number}/>" for number in range(200_000)),
        f'<a b="{"x" * 6_000_000}"/>',
    ],
    ids=["nested", "rows in rows", "cells in cells", "values in values", "phonetic", "many names", "long attribute"],
)
def test_xml_built_to_fill_memory_is_damage(tmp_path, inside):
    sheet = sheet_xml([HEADING]).replace("</sheetData>", inside + "</sheetData>")
    assert refusal(write_raw_xlsx(tmp_path / "a.xlsx", sheet, compression=zipfile.ZIP_STORED)).startswith(DAMAGED)


def test_deep_xml_is_damage_in_every_member(tmp_path):
    strings = f"<sst><si><t>x</t></si>{nested('a')}</sst>"
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([HEADING]), others={"xl/sharedStrings.xml": strings})
    assert refusal(path).startswith(DAMAGED)
    assert refusal(write_ods(tmp_path / "a.ods", {"R": ods_row("Nazwa", "NIP") + nested("a")})).startswith(DAMAGED)


def test_one_cell_of_endless_text_is_refused(tmp_path):
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([HEADING, (2, [("A2", "x" * 2_000_000)])]))
    assert refusal(path) == "Komórka w wierszu 2 ma ponad 1048576 znaków."
    ods = write_ods(tmp_path / "a.ods", {"R": ods_row("Nazwa", "NIP") + ods_row("x" * 2_000_000)})
    assert refusal(ods) == "Komórka w wierszu 2 ma ponad 1048576 znaków."


def test_a_forged_dimension_and_far_cells_allocate_nothing(tmp_path):
    far = (1_048_576, [("A1048576", "A"), ("XFD1048576", "daleko")])
    sheet = sheet_xml([HEADING, far], before='<dimension ref="A1:XFD1048576"/>')
    [row] = open_sheet(write_raw_xlsx(tmp_path / "a.xlsx", sheet)).rows()
    assert (row.number, row.cells) == (1_048_576, ["A", ""])


@pytest.mark.parametrize("reference", ["", "A", "1", "ŻŻ9", "AAAAAAAA1", "A" * 500, "-1"])
def test_nonsense_references_do_no_harm(tmp_path, reference):
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([HEADING, (2, [("A2", "A"), (reference, "x")])]))
    [row] = open_sheet(path).rows()
    assert row.cells[0] in ("A", "x")


def test_merged_ranges_over_the_whole_sheet_lend_only_to_rows_that_exist(tmp_path):
    merged = '<mergeCells><mergeCell ref="A2:A1048576"/><mergeCell ref="ZZZ1:ZZZ9999999"/></mergeCells>'
    path = write_raw_xlsx(
        tmp_path / "a.xlsx", sheet_xml([HEADING, (2, [("A2", "A"), ("B2", "1")]), (9, [("B9", "2")])], after=merged)
    )
    assert [(row.number, row.cells) for row in open_sheet(path).rows()] == [(2, ["A", "1"]), (9, ["A", "2"])]


def test_too_many_merged_ranges_are_refused(tmp_path):
    merged = "<mergeCells>" + '<mergeCell ref="A2:A3"/>' * 20 + "</mergeCells>"
    path = write_raw_xlsx(tmp_path / "a.xlsx", sheet_xml([HEADING], after=merged))
    assert refusal(path, limits=Limits(merged_ranges=10)).startswith("Arkusz ma zbyt wiele scalonych komórek.")


def test_an_ods_row_repeated_a_million_times_stops_at_the_limit(tmp_path):
    path = write_ods(tmp_path / "a.ods", {"R": ods_row("Nazwa", "NIP") + ods_row("A", "1", repeated="1048575")})
    assert refusal(path, limits=Limits(rows=1000)) == "Arkusz ma ponad 1000 wierszy. Podziel go na mniejsze pliki."


def test_too_many_cells_are_refused(tmp_path):
    path = write_csv(tmp_path / "a.csv", "Nazwa;NIP\n" + "A;1\n" * 100)
    assert refusal(path, limits=Limits(cells=50)) == "Arkusz ma ponad 50 komórek. Podziel go na mniejsze pliki."


def test_a_file_of_three_hundred_and_one_columns_is_refused(tmp_path):
    heading = ";".join(["Nazwa", "NIP", *(f"k{number}" for number in range(299))])
    assert refusal(write_csv(tmp_path / "a.csv", f"{heading}\nA;1\n")) == (
        "Arkusz ma ponad 300 kolumn. Zostaw w nim tylko potrzebne."
    )
    assert list(open_sheet(write_csv(tmp_path / "b.csv", "Nazwa;NIP" + ";" * 400 + "\nA;1\n")).rows()) == [
        (2, ["A", "1"], ())
    ]
