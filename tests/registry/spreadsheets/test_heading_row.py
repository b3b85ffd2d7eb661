"""Where the table begins and which of its rows are records."""

import pytest

from registry.spreadsheets import UnreadableFile, open_sheet

from .workbooks import write_csv, write_xlsx


def read(path, **options):
    sheet = open_sheet(path, **options)
    return sheet, [(row.number, row.cells) for row in sheet.rows()]


def test_title_rows_above_the_heading_are_passed_over(tmp_path):
    text = "Wykaz podmiotów;;\nStan na I 2022;;\n;;\nLp.;Nazwa;Powiat\n1;WTZ Sztum;sztumski\n"
    sheet, rows = read(write_csv(tmp_path / "a.csv", text))
    assert (sheet.heading_row, sheet.heading, rows) == (
        4,
        ["Lp.", "Nazwa", "Powiat"],
        [(5, ["1", "WTZ Sztum", "sztumski"])],
    )


def test_a_heading_of_two_storeys_is_joined(tmp_path):
    text = "Lp.;Nazwa;Siedziba;;;Kontakt\n;;Ulica;Kod;Miejscowość;Telefon\n1;A;Długa;58-100;Świdnica;74 1\n"
    sheet, rows = read(write_csv(tmp_path / "a.csv", text))
    assert sheet.mapping.fields == ("name", "street", "postal_code", "town", "phone")
    assert rows == [(3, ["1", "A", "Długa", "58-100", "Świdnica", "74 1"])]


def test_a_group_heading_above_a_whole_heading_is_only_a_title(tmp_path):
    text = "Dane podmiotu;;Adres;\nNazwa;NIP;Ulica;Miejscowość\nA;1;Długa;Świdnica\n"
    sheet, rows = read(write_csv(tmp_path / "a.csv", text))
    assert (sheet.heading_row, rows) == (2, [(3, ["A", "1", "Długa", "Świdnica"])])


def test_blank_total_numbering_and_repeated_heading_rows_are_left_out_and_counted(tmp_path):
    text = "Lp.;Nazwa;NIP;Miasto\n1;2;3;4\n1;A;1;X\n;;;\n2;;;\nLP.;NAZWA;NIP;MIASTO\n3;B;2;Y\nRazem;2;;\n;Suma:;2;\n"
    sheet, rows = read(write_csv(tmp_path / "a.csv", text))
    assert rows == [(3, ["1", "A", "1", "X"]), (7, ["3", "B", "2", "Y"])]
    assert sheet.skipped == {"numeracja kolumn": 1, "puste": 2, "powtórzony nagłówek": 1, "podsumowanie": 2}


def test_an_organisation_called_razem_is_no_total(tmp_path):
    _, rows = read(write_csv(tmp_path / "a.csv", "Nazwa;NIP;KRS;Miasto;Powiat\nRazem;1;2;X;Y\nRazem dla życia;;;;\n"))
    assert [number for number, _ in rows] == [2, 3]


@pytest.mark.parametrize("heading", ["Nazwa podmiotu", "NIP;Telefon", "KRS;Miejscowość", "Nazwa i adres;Telefon"])
def test_a_name_or_an_identifier_with_company_makes_a_heading(tmp_path, heading):
    sheet, _ = read(write_csv(tmp_path / "a.csv", f"{heading}\n1;2\n"))
    assert sheet.heading_row == 1


@pytest.mark.parametrize(
    "text", ["a;b;c\n1;2;3\n", "NIP\n8831690460\n", "Telefon;Miasto\n1;2\n", "Wiersz prozą, bez tabeli.\n"]
)
def test_a_file_without_known_headings_is_refused(tmp_path, text):
    with pytest.raises(UnreadableFile) as refusal:
        read(write_csv(tmp_path / "a.csv", text))
    assert refusal.value.sentence == (
        "Nie znaleziono wiersza nagłówków: potrzebna jest kolumna z nazwą albo z NIP lub KRS."
    )


def test_a_mistyped_heading_is_still_found(tmp_path):
    sheet, rows = read(write_csv(tmp_path / "a.csv", "Nawza podmiotu;Miejscowosść\nA;Świdnica\n"))
    assert [(column.field, column.guessed) for column in sheet.mapping.columns] == [("name", True), ("town", True)]
    assert rows == [(2, ["A", "Świdnica"])]


def test_what_a_person_has_mapped_finds_the_heading_again(tmp_path):
    path = write_csv(tmp_path / "a.csv", "Kto;Gdzie\nA;Świdnica\n")
    sheet, rows = read(path, remembered={"kto": "name", "gdzie": "town"})
    assert (sheet.mapping.fields, rows) == (("name", "town"), [(2, ["A", "Świdnica"])])


def test_only_headings_give_no_rows_and_no_error(tmp_path):
    assert read(write_csv(tmp_path / "a.csv", "Nazwa;NIP\n"))[1] == []
    assert read(write_xlsx(tmp_path / "a.xlsx", [["Nazwa", "NIP"]]))[1] == []


def test_a_later_column_of_one_field_is_told(tmp_path):
    sheet, _ = read(write_csv(tmp_path / "a.csv", "Nazwa;Telefon;Telefon komórkowy\nA;1;2\n"))
    assert sheet.notes == ["Kolumna „Telefon komórkowy” powtarza pole; uzupełnia tylko puste miejsca."]


def test_a_sheet_can_be_read_again_and_again(tmp_path):
    sheet = open_sheet(write_xlsx(tmp_path / "a.xlsx", [["Nazwa", "NIP"], ["A", "1"]]))
    assert list(sheet.rows()) == list(sheet.rows()) == [(2, ["A", "1"], ())]
