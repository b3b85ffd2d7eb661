import pytest

from registry.spreadsheets import fold_heading, recognise
from registry.spreadsheets.headings import fields, wordings


def fields_of(*headings, **options):
    return [column.field for column in recognise(list(headings), **options).columns]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Lp.", "running_number"),
        ("LP", "running_number"),
        ("Name", "name"),
        ("Nazwa podmiotu", "name"),
        ("pełna nazwa", "name"),
        ("NAZWA\nPODMIOTU", "name"),
        ("Zakłady Aktywności Zawodowej (w województwie lubelskim)", "name"),
        ("Nazwa i adres", "name_and_address"),
        ("I.1) Nazwa i adres", "name_and_address"),
        ("Miejscowość/Nazwa", "town_and_name"),
        ("Adres", "address"),
        ("miejscowość i adres", "address"),
        ("Adres rejestrowy", "address"),
        ("1.5.1 Ulica", "street"),
        ("1.5.2.) Miejscowość", "town"),
        ("1.5.3 Kod pocztowy", "postal_code"),
        ("1.5.9 Adres poczty elektronicznej", "email"),
        ("Powiat", "powiat"),
        ("County", "powiat"),
        ("Municipality", "gmina"),
        ("Gmina (siedziby)", "gmina"),
        ("City", "town"),
        ("Miasto", "town"),
        ("Voivodeship", "voivodeship"),
        ("Województwo", "voivodeship"),
        ("Subregion", "ignored"),
        ("KRS", "krs"),
        ("Numer KRS", "krs"),
        ("Nr KRS", "krs"),
        ("numer w Krajowym Rejestrze Sądowym", "krs"),
        ("NIP", "nip"),
        ("NIP/Tax ID", "nip"),
        ("1.4) Krajowy Numer Identyfikacyjny", "regon"),
        ("REGON", "regon"),
        ("Kontakt telefoniczny", "phone"),
        ("tel.", "phone"),
        ("tel./fax", "phone"),
        ("Kontakt email", "email"),
        ("e-mail", "email"),
        ("Adres strony internetowej", "www"),
        ("Organizator", "operator"),
        ("podmiot prowadzący", "operator"),
        ("jednostka, która go prowadzi", "operator"),
        ("Oferta", "offers"),
        ("Profil działalności", "offers"),
        ("Produkty i usługi", "offers"),
        ("product_or_service", "offers"),
        ("activity", "offers"),
        ("ps_mark_info", "mark_info"),
        ("numer decyzji o przyznaniu statusu PS", "ps_decision_number"),
        ("Kod i miejscowość", "postal_code_and_town"),
        ("Telefon, e-mail", "contact"),
        ("Adres do e-Doręczeń", "ade"),
        ("Status CT9", "ct9"),
        ("Powód odrzucenia", "ignored"),
        ("powiat_inferred", "ignored"),
        ("NIP_check", "ignored"),
    ],
)
def test_headings_as_really_printed_are_known_for_sure(heading, field):
    [column] = recognise([heading]).columns
    assert (column.field, column.guessed) == (field, False)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nazwa podmoitu", "name"),
        ("Miejscowośc siedzby", "town"),
        ("Wojewódzwto", "voivodeship"),
        ("Numer telefonu do sekretariatu", "phone"),
        ("Kod pocztowy (siedziba) PES", "postal_code"),
    ],
)
def test_mistyped_or_longer_headings_are_guessed(heading, field):
    [column] = recognise([heading]).columns
    assert (column.field, column.guessed) == (field, True)


@pytest.mark.parametrize("heading", ["", "X", "Zażółć", "Kolumna 7", "Budżet projektu", "Wartość", "nip2xyz"])
def test_unknown_headings_are_left_to_a_person(heading):
    assert fields_of(heading) == [None]


def test_unrecognised_columns_are_listed_and_blank_ones_are_not():
    mapping = recognise(["Nazwa", "", "Budżet projektu"])
    assert [column.heading for column in mapping.unrecognised] == ["Budżet projektu"]
    assert mapping.fields == ("name",)


def test_what_a_person_decided_beats_the_table():
    remembered = {"nazwa": "short_name", "budzet projektu": "notes", "nip": None}
    mapping = recognise(["Nazwa", "Budżet  projektu:", "NIP"], remembered=remembered)
    assert [(column.field, column.remembered) for column in mapping.columns] == [
        ("short_name", True),
        ("notes", True),
        ("ignored", True),
    ]
    assert mapping.fields == ("short_name", "notes")


@pytest.mark.parametrize(
    ("heading", "folded"),
    [
        ("  Numer \n NIP: ", "nr nip"),
        ("Nr. tel. (kontakt)", "nr tel"),
        ("ŁÓDŹ", "lodz"),
        ("(uwagi)", "uwagi"),
        ("2.1.) Gmina", "gmina"),
        ("No", "no"),
    ],
)
def test_headings_are_folded_before_they_are_compared(heading, folded):
    assert fold_heading(heading) == folded


def test_the_first_column_of_a_field_wins_and_a_later_one_fills_its_blanks():
    mapping = recognise(["Telefon", "Nazwa", "Telefon komórkowy"])
    assert [column.index for column in mapping.duplicates] == [2]
    assert mapping.values(["741", "A", "600"]) == {"phone": "741", "name": "A"}
    assert mapping.values(["", "A", "600"]) == {"phone": "600", "name": "A"}


def test_values_of_a_short_row_leave_out_what_is_missing():
    assert recognise(["Nazwa", "NIP", "KRS"]).values(["A"]) == {"name": "A"}


def test_composite_columns_are_taken_apart_and_never_overwrite():
    mapping = recognise(["Kod i miejscowość", "Nazwa", "Kontakt", "Kod pocztowy"])
    cells = ["58-100 Świdnica", "A", "tel. 74 837 25 99, biuro@a.pl, www.a.pl", "58-105"]
    assert mapping.values(cells) == {
        "name": "A",
        "postal_code": "58-105",
        "town": "Świdnica",
        "phone": "74 837 25 99",
        "email": "biuro@a.pl",
        "www": "www.a.pl",
    }
    assert mapping.fields == ("postal_code", "town", "name", "phone", "email", "www")
    assert mapping.column_of("town").index == 0
    assert mapping.column_of("gmina") is None


@pytest.mark.parametrize(
    ("heading", "cell", "values"),
    [
        ("Miejscowość/Nazwa", "Sztum (ZAZ w Sztumie)", {"town": "Sztum", "name": "ZAZ w Sztumie"}),
        ("Miejscowość/Nazwa", "ZAZ w Sztumie", {"name": "ZAZ w Sztumie"}),
        ("Nazwa i adres", "WTZ\nul. Długa 5, 58-100 X", {"name": "WTZ", "address": "ul. Długa 5, 58-100 X"}),
        ("Nazwa i adres", "Fundacja X, ul. Długa 5", {"name": "Fundacja X", "address": "ul. Długa 5"}),
        ("Nazwa i adres", "Fundacja X", {"name": "Fundacja X"}),
        ("Kod i miejscowość", "Świdnica", {"town": "Świdnica"}),
        ("Kontakt", "Jan", {}),
        ("Nazwa i adres", "a@" * 5000, {"name": "a@" * 5000}),
    ],
)
def test_composite_cells(heading, cell, values):
    assert recognise([heading]).values([cell]) == values


@pytest.mark.parametrize(
    ("texts", "proposal"),
    [
        (["a@b.pl", "", "c@d.pl", "e@f.pl"], "email"),
        (["8831690460", "954-198-03-45", "PL 8851355486"], "nip"),
        (["0000003418", "0000003647", "0000003684"], "krs"),
        (["58-100", "58–105", "59-300"], "postal_code"),
        (["74 837 25 99", "(74) 837 25 99", "+48 74 837 25 99"], "phone"),
        (["www.a.pl", "http://b.pl", "https://c.pl/d"], "www"),
        (["a@b.pl", "c@d.pl"], None),
        (["raz", "dwa", "trzy"], None),
    ],
)
def test_the_content_of_an_unknown_column_makes_a_proposal_only(texts, proposal):
    [column] = recognise(["Kolumna"], sample=[[text] for text in texts]).columns
    assert (column.field, column.proposal) == (None, proposal)


def test_a_known_column_needs_no_proposal():
    [column] = recognise(["E-mail"], sample=[["a@b.pl"]] * 5).columns
    assert (column.field, column.proposal) == ("email", None)


def test_the_table_of_wordings_is_sound():
    assert {"name", "nip", "offers", "ade", "name_and_address", "ignored"} <= set(fields())
    assert all(folded == fold_heading(folded) for folded in wordings())
