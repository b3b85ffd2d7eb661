import pytest

from registry.spreadsheets import UnreadableFile, open_sheet

from .workbooks import write_csv

TEXT = "Nazwa podmiotu;NIP;Powiat\nŻółć i Jaźń;8831690460;świdnicki\n„Źródło” – Ląd;9541980345;ząbkowicki\n"
ROWS = [
    (2, ["Żółć i Jaźń", "8831690460", "świdnicki"]),
    (3, ["„Źródło” – Ląd", "9541980345", "ząbkowicki"]),
]


def rows(sheet):
    return [(row.number, row.cells) for row in sheet.rows()]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1250", "cp1250"),
    ],
)
def test_polish_letters_survive_every_encoding(tmp_path, encoding, found):
    sheet = open_sheet(write_csv(tmp_path / "a.csv", TEXT, encoding))
    assert (sheet.encoding, rows(sheet)) == (found, ROWS)


def test_utf_16_of_the_other_byte_order_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert rows(open_sheet(path)) == ROWS


def test_iso_8859_2_is_told_from_windows_by_its_letters(tmp_path):
    text = "Nazwa;Miejscowość\nSpółdzielnia Ślężańska;Świątniki\nŹrebię;Ząbkowice\n"
    sheet = open_sheet(write_csv(tmp_path / "a.csv", text, "iso8859_2"))
    assert sheet.encoding == "iso8859_2"
    assert rows(sheet) == [(2, ["Spółdzielnia Ślężańska", "Świątniki"]), (3, ["Źrebię", "Ząbkowice"])]


def test_a_letter_cut_by_the_piece_in_which_files_are_read_is_no_fault(tmp_path):
    for first in ("Nazwa", "Nazwa "):
        text = f"{first};NIP\n" + f"{'ż' * 50};1\n" * 12_000
        sheet = open_sheet(write_csv(tmp_path / "a.csv", text))
        assert (sheet.encoding, sheet.notes) == ("utf-8-sig", [])


def test_a_few_broken_letters_in_utf_8_are_replaced_and_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Nazwa;NIP\nŻółta Łąka i Źródło, Święto;1\n".encode() + b"Kwia\xb9t;2\n")
    sheet = open_sheet(path)
    assert rows(sheet) == [(2, ["Żółta Łąka i Źródło, Święto", "1"]), (3, ["Kwia�t", "2"])]
    assert sheet.notes == ["Kilka znaków pliku było uszkodzonych; zastąpiono je znakiem �."]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_separator_is_found_although_cells_hold_the_others(tmp_path, delimiter):
    text = delimiter.join(("Nazwa", "NIP", "Oferta")) + "\n"
    text += delimiter.join(('"Raz, dwa; trzy | cztery"', "8831690460", '"sprzątanie; catering, pranie"')) + "\n"
    sheet = open_sheet(write_csv(tmp_path / "a.csv", text))
    assert sheet.delimiter == delimiter
    assert rows(sheet) == [(2, ["Raz, dwa; trzy | cztery", "8831690460", "sprzątanie; catering, pranie"])]


def test_the_separator_line_that_excel_hides_is_not_counted(tmp_path):
    sheet = open_sheet(write_csv(tmp_path / "a.csv", "sep=|\nNazwa|NIP\nA|1\n"))
    assert rows(sheet) == [(2, ["A", "1"])]


def test_a_record_with_line_breaks_is_one_row_and_a_blank_one_counts(tmp_path):
    text = 'LP,KRS,Name,City\n75,0000003418,"POMOC NIEPEŁNOSPRAWNYM\n""EDUKATOR"" W ŁOMŻY",POLANICA\n\n'
    text += "82,0000003647,B,C\n"
    assert rows(open_sheet(write_csv(tmp_path / "a.csv", text))) == [
        (2, ["75", "0000003418", 'POMOC NIEPEŁNOSPRAWNYM\n"EDUKATOR" W ŁOMŻY', "POLANICA"]),
        (4, ["82", "0000003647", "B", "C"]),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_understood(tmp_path, ending):
    assert rows(open_sheet(write_csv(tmp_path / "a.csv", f"Nazwa;NIP{ending}A;1{ending}B;2"))) == [
        (2, ["A", "1"]),
        (3, ["B", "2"]),
    ]


def test_a_row_wider_than_the_heading_is_kept_with_a_doubt(tmp_path):
    [row] = open_sheet(write_csv(tmp_path / "a.csv", "Nazwa,NIP\nFundacja Raz, Dwa,8831690460\n")).rows()
    doubt = (1, "w wierszu jest więcej komórek niż w nagłówku; sprawdź separatory")
    assert row == (2, ["Fundacja Raz", "Dwa"], (doubt,))


@pytest.mark.parametrize(
    "text",
    [
        'Nazwa;NIP;Miasto\nA;1;X\n"B;2;Y\nC;3;Z\nD;4;Z\n',
        'Nazwa;NIP;Miasto\nA;1;X\n"B;2;Y\nC;3;Z\nD;4;Z\nE;5;Z\n"F";6;Z\n',
        "Nazwa;NIP;Miasto\n" + '"' + "A;1;X\n" * 300,
        "Nazwa;NIP;Miasto\n" + '"' + "opis bez końca\n" * 300 + '";1;X\n',
    ],
)
def test_a_quotation_mark_that_swallows_rows_stops_the_file(tmp_path, text):
    with pytest.raises(UnreadableFile, match=r"^W wierszu [23] zaczyna się cudzysłów, który nie ma zamknięcia\."):
        rows(open_sheet(write_csv(tmp_path / "a.csv", text)))
