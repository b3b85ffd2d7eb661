"""One whole row: parts lent from cell to cell, kinds read from names."""

from registry.spreadsheets import clean_row, recognise
from registry.spreadsheets.composites import PARTS
from registry.spreadsheets.headings import NOT_LOADED, fields
from registry.spreadsheets.repairs import FIELDS, Gmina


def values(headings, cells):
    return {field: cleaned.value for field, cleaned in clean_row(recognise(headings), cells).items()}


def test_a_real_row_of_the_public_benefit_list():
    headings = ["LP", "KRS", "NIP", "Name", "Voivodeship", "County", "Municipality", "City"]
    cells = [
        "115",
        "0000004973",
        "8841660064",
        'TOWARZYSTWO PRZYJACIÓŁ CHORYCH "HOSPICJUM"',
        "DOLNOŚLĄSKIE",
        "ŚWIDNICKI",
    ]
    assert values(headings, [*cells, "ŚWIDNICA", "ŚWIDNICA"]) == {
        "krs": "0000004973",
        "nip": "8841660064",
        "name": "Towarzystwo Przyjaciół Chorych „HOSPICJUM”",
        "voivodeship": "dolnośląskie",
        "powiat": "swidnicki",
        "gmina": Gmina("Świdnica"),
        "town": "Świdnica",
        "kind": "ngo",
        "legal_form": "stowarzyszenie",
    }


def test_parts_of_a_street_fill_blank_cells_only():
    headings = ["Nazwa", "Ulica", "Nr domu", "Nr lokalu"]
    assert values(headings, ["A", "ul. Drukarska 37 lok. 78", "", ""]) == {
        "name": "A",
        "street": "ul. Drukarska",
        "house_number": "37",
        "flat_number": "78",
    }
    assert values(headings, ["A", "ul. Drukarska 37 lok. 78", "5", ""])["house_number"] == "5"


def test_an_address_in_one_cell_gives_its_parts():
    assert values(["Nazwa", "Adres"], ["A", "ul. Długa 5, 58-100 ŚWIDNICA"]) == {
        "name": "A",
        "address": "ul. Długa 5, 58-100 ŚWIDNICA",
        "street": "ul. Długa",
        "house_number": "5",
        "postal_code": "58-100",
        "town": "Świdnica",
    }


def test_further_phones_and_addresses_come_as_fields_of_their_own():
    row = values(["Nazwa", "Telefon", "E-mail"], ["A", "74 837 25 99, 601 202 303", "a@a.pl, b@b.pl"])
    assert row == {
        "name": "A",
        "phone": "+48748372599",
        "phone_other": "+48601202303",
        "email": "a@a.pl",
        "email_other": "b@b.pl",
    }


def test_a_kind_is_read_from_the_name_only_when_no_cell_gives_one():
    row = clean_row(recognise(["Nazwa", "Rodzaj"]), ["Centrum Integracji Społecznej w Legnicy", "CIS_NAZWA"])
    assert (row["kind"].value, row["kind"].problem) == (None, "nieznany rodzaj podmiotu")
    row = clean_row(recognise(["Nazwa", "Rodzaj"]), ["Centrum Integracji Społecznej w Legnicy", ""])
    assert (row["kind"].value, [note.code for note in row["kind"].notes]) == ("cis", ["z-nazwy"])
    assert "legal_form" not in row


def test_a_status_written_in_the_kind_column_is_not_lost():
    row = clean_row(recognise(["Nazwa", "Rodzaj"]), ["Fundacja A", "ZPCh"])
    assert row["is_zpch"].value is True


def test_every_field_a_column_can_have_is_cleaned():
    assert set(fields()) - NOT_LOADED - set(PARTS) == set(FIELDS)
