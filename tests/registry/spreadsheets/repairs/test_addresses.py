import pytest

from registry.spreadsheets import clean


def told(field, raw):
    cleaned = clean(field, raw)
    return cleaned.value, [note.code for note in cleaned.notes], cleaned.problem, cleaned.extra


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("58-240", ("58-240", [], None, None)),
        ("53–311", ("53-311", ["kod-pocztowy"], None, None)),
        ("58 - 240", ("58-240", ["kod-pocztowy"], None, None)),
        ("58240", ("58-240", ["kod-pocztowy"], None, None)),
        (58240.0, ("58-240", ["kod-pocztowy"], None, None)),
        ("5123", ("05-123", ["zera"], None, None)),
        ("58-240 Piława Górna", ("58-240", ["kod-pocztowy"], None, {"town": "Piława Górna"})),
        ("582401", (None, [], "kod pocztowy ma postać 00-000", None)),
        ("00-000", (None, [], "kod pocztowy wygląda na zastępczy", None)),
        ("brak", (None, ["puste"], None, None)),
    ],
)
def test_postal_code(raw, outcome):
    assert told("postal_code", raw) == outcome


@pytest.mark.parametrize(
    ("raw", "street", "codes", "extra"),
    [
        ("ul. Kościelna", "ul. Kościelna", [], None),
        ("ul.Kościelna", "ul. Kościelna", ["ulica"], None),
        ("ULICA KOŚCIELNA", "ul. Kościelna", ["ulica"], None),
        ("ul Kościelna", "ul. Kościelna", ["ulica"], None),
        ("UL. ARMII KRAJOWEJ 5", "ul. Armii Krajowej", ["ulica", "adres-podzielony"], {"house_number": "5"}),
        (
            "ul. Drukarska 37 lok. 78",
            "ul. Drukarska",
            ["adres-podzielony"],
            {"house_number": "37", "flat_number": "78"},
        ),
        (
            "ul. Gen. W. Sikorskiego 15/4",
            "ul. Gen. W. Sikorskiego",
            ["adres-podzielony"],
            {"house_number": "15", "flat_number": "4"},
        ),
        ("ul. Polna 12 A m. 3", "ul. Polna", ["adres-podzielony"], {"house_number": "12A", "flat_number": "3"}),
        ("ul. Strzegomska 49-53", "ul. Strzegomska", ["adres-podzielony"], {"house_number": "49-53"}),
        ("Szkolna 6", "Szkolna", ["adres-podzielony"], {"house_number": "6"}),
        ("Księgnice 14", "Księgnice", ["adres-podzielony"], {"house_number": "14"}),
        ("ul. Polanowice 94", "ul. Polanowice", ["adres-podzielony"], {"house_number": "94"}),
        ("os. Orła Białego 20", "os. Orła Białego", ["adres-podzielony"], {"house_number": "20"}),
        ("Rynek 5", "Rynek", ["adres-podzielony"], {"house_number": "5"}),
        ("plac Wolności 8", "pl. Wolności", ["ulica", "adres-podzielony"], {"house_number": "8"}),
        ("aleja 1000-lecia", "al. 1000-lecia", ["ulica"], None),
        ("ul. 3 Maja 5", "ul. 3 Maja", ["adres-podzielony"], {"house_number": "5"}),
        ("ul. 1 Maja", "ul. 1 Maja", [], None),
        ("ul. Jana Pawła II 7", "ul. Jana Pawła II", ["adres-podzielony"], {"house_number": "7"}),
        (
            "Rynek 1, 58-100 Świdnica",
            "Rynek",
            ["adres-podzielony"],
            {"postal_code": "58-100", "town": "Świdnica", "house_number": "1"},
        ),
    ],
)
def test_street(raw, street, codes, extra):
    assert told("street", raw) == (street, codes, None, extra)


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("12", ("12", [], None, None)),
        (12.0, ("12", [], None, None)),
        ("12 A", ("12A", ["odstepy"], None, None)),
        ("nr 12", ("12", ["odstepy"], None, None)),
        ("12/3", ("12", ["adres-podzielony"], None, {"flat_number": "3"})),
        ("12 lok. 3B", ("12", ["adres-podzielony"], None, {"flat_number": "3B"})),
        ("12-14", ("12-14", [], None, None)),
        ("dz. 12/3", ("dz. 12/3", [], None, None)),
        ("2026-03-12", (None, [], "arkusz zamienił numer na datę", None)),
        ("bez numeru, przy drodze do lasu", (None, [], "to nie jest numer domu", None)),
    ],
)
def test_house_number(raw, outcome):
    assert told("house_number", raw) == outcome


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("3", ("3", [], None, None)),
        ("lok. 3", ("3", ["odstepy"], None, None)),
        ("m.3", ("3", ["odstepy"], None, None)),
        ("lokal nr 3B", ("3B", ["odstepy"], None, None)),
        ("-", (None, ["puste"], None, None)),
    ],
)
def test_flat_number(raw, outcome):
    assert told("flat_number", raw) == outcome


@pytest.mark.parametrize(
    ("raw", "extra"),
    [
        (
            "ul. Długa 5/2, 58-100 Świdnica",
            {
                "street": "ul. Długa",
                "house_number": "5",
                "flat_number": "2",
                "postal_code": "58-100",
                "town": "Świdnica",
            },
        ),
        (
            "58-100 Świdnica, ul. Długa 5",
            {"street": "ul. Długa", "house_number": "5", "postal_code": "58-100", "town": "Świdnica"},
        ),
        (
            "58-100 Świdnica ul. Długa 5",
            {"street": "ul. Długa", "house_number": "5", "postal_code": "58-100", "town": "Świdnica"},
        ),
        (
            "ul. Długa 5\n58–100 Świdnica",
            {"street": "ul. Długa", "house_number": "5", "postal_code": "58-100", "town": "Świdnica"},
        ),
        (
            "Księgnice 14, 59-300 Lubin",
            {"street": "Księgnice", "house_number": "14", "postal_code": "59-300", "town": "Lubin"},
        ),
        (
            "Księginki 121-450 Stoczek",
            {"street": "Księginki", "house_number": "1", "postal_code": "21-450", "town": "Stoczek"},
        ),
        ("Świdnica, ul. Długa 5", {"street": "ul. Długa", "house_number": "5", "town": "Świdnica"}),
        ("ul. Długa 5", {"street": "ul. Długa", "house_number": "5"}),
        ("58-100 Świdnica", {"postal_code": "58-100", "town": "Świdnica"}),
        ("Bystrzyca Kłodzka", {"town": "Bystrzyca Kłodzka"}),
    ],
)
def test_a_whole_address_is_taken_apart(raw, extra):
    cleaned = clean("address", raw)
    assert (cleaned.problem, cleaned.doubt, cleaned.extra) == (None, None, extra)


def test_glued_numbers_are_noted_and_the_tidy_text_kept():
    cleaned = clean("address", "Księginki 121-450 Stoczek")
    assert (cleaned.value, [note.code for note in cleaned.notes]) == ("Księginki 1 21-450 Stoczek", ["adres-sklejony"])


def test_of_two_addresses_the_first_is_taken_with_a_doubt():
    cleaned = clean("address", "ul. Długa 5, 58-100 Świdnica; ul. Krótka 1, 58-105 Świdnica")
    assert cleaned.doubt == "w komórce są dwa adresy; wzięto pierwszy"
    assert cleaned.extra == {"street": "ul. Długa", "house_number": "5", "postal_code": "58-100", "town": "Świdnica"}


def test_an_address_that_cannot_be_parted_is_kept_with_a_doubt():
    cleaned = clean("address", "w budynku po dawnej szkole 3 km za wsią, wejście od podwórza")
    assert (cleaned.extra, cleaned.doubt) == (None, "nie udało się rozdzielić adresu")
