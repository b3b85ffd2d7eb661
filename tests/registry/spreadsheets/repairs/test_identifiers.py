import pytest

from registry.spreadsheets import clean


def told(field, raw):
    cleaned = clean(field, raw)
    return cleaned.value, [note.code for note in cleaned.notes], cleaned.problem


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("8831690460", ("8831690460", [], None)),
        (8831690460, ("8831690460", [], None)),
        (8831690460.0, ("8831690460", [], None)),
        ("682-177-77-38", ("6821777738", ["zapis-numeru"], None)),
        ("712-016-65-05", ("7120166505", ["zapis-numeru"], None)),
        ("PL 204-000-04-44", ("2040000444", ["zapis-numeru"], None)),
        ("PL2040000444", ("2040000444", ["zapis-numeru"], None)),
        ("NIP: 682 177\xa077 38", ("6821777738", ["zapis-numeru"], None)),
        ("NIP PL 2040000444", ("2040000444", ["zapis-numeru"], None)),
        ("8831690460.0", ("8831690460", ["zapis-numeru"], None)),
        ("", (None, [], None)),
        ("brak", (None, ["puste"], None)),
        ("-", (None, ["puste"], None)),
        ("0000000000", (None, ["puste"], None)),
        ("8831690461", (None, [], "NIP ma błędną cyfrę kontrolną")),
        ("883169046", (None, [], "NIP ma 9 cyfr zamiast 10")),
        ("631257822", (None, [], "NIP ma 9 cyfr zamiast 10; to wygląda na REGON")),
        ("1", (None, [], "NIP ma 1 cyfrę zamiast 10")),
        ("7,41E+09", (None, [], "NIP zapisany przez arkusz skrótowo; końcowe cyfry przepadły")),
        ("7.41E+09", (None, [], "NIP zapisany przez arkusz skrótowo; końcowe cyfry przepadły")),
        ("w trakcie", (None, [], "NIP zawiera coś innego niż cyfry")),
        ("8831690460, 9541980345", (None, [], "NIP zawiera coś innego niż cyfry")),
        ("٨٨٣١٦٩٠٤٦٠", (None, [], "NIP zawiera coś innego niż cyfry")),
    ],
)
def test_nip(raw, outcome):
    assert told("nip", raw) == outcome


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("871118900", ("871118900", [], None)),
        ("REGON 871118900", ("871118900", ["zapis-numeru"], None)),
        ("017511575", ("017511575", [], None)),
        ("17511575", ("017511575", ["zera"], None)),
        ("59074741400000", ("590747414", ["regon-14"], None)),
        ("590-747-414-00000", ("590747414", ["zapis-numeru", "regon-14"], None)),
        ("12345678512347", ("12345678512347", [], None)),
        ("871118901", (None, [], "REGON ma błędną cyfrę kontrolną")),
        ("8711188", (None, [], "REGON ma 7 cyfr zamiast 9 lub 14")),
        ("5,91E+13", (None, [], "REGON zapisany przez arkusz skrótowo; końcowe cyfry przepadły")),
        ("nie dotyczy", (None, ["puste"], None)),
    ],
)
def test_regon(raw, outcome):
    assert told("regon", raw) == outcome


def test_a_regon_that_lost_several_zeros_is_taken_with_a_doubt():
    cleaned = clean("regon", "288975")
    assert (cleaned.value, cleaned.doubt) == ("000288975", "REGON uzupełniono kilkoma zerami; sprawdź go")
    assert clean("regon", "17511575").doubt is None


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("0000617106", ("0000617106", [], None)),
        ("3418", ("0000003418", ["zera"], None)),
        (123456.0, ("0000123456", ["zera"], None)),
        ("KRS: 0000 617 106", ("0000617106", ["zapis-numeru"], None)),
        ("nr KRS 617106", ("0000617106", ["zapis-numeru", "zera"], None)),
        ("00006171060", (None, [], "numer KRS ma 11 cyfr zamiast 10")),
        ("RHB 1234", (None, [], "KRS zawiera coś innego niż cyfry")),
        ("n/d", (None, ["puste"], None)),
    ],
)
def test_krs(raw, outcome):
    assert told("krs", raw) == outcome


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("AE:PL-12345-67890-ABCDE-12", ("AE:PL-12345-67890-ABCDE-12", [], None)),
        ("pl-12345–67890-abcde-12", ("AE:PL-12345-67890-ABCDE-12", ["zapis-numeru"], None)),
        ("ePUAP", (None, [], "adres do e-Doręczeń ma postać AE:PL-00000-00000-AAAAA-00")),
        ("brak", (None, ["puste"], None)),
    ],
)
def test_electronic_delivery_address(raw, outcome):
    assert told("ade", raw) == outcome
