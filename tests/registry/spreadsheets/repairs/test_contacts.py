import pytest

from registry.spreadsheets import clean


def told(field, raw):
    cleaned = clean(field, raw)
    return cleaned.value, [note.code for note in cleaned.notes], cleaned.problem, cleaned.extra


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("74 837 25 99", "+48748372599"),
        ("55 640 35 65", "+48556403565"),
        ("68 4510936", "+48684510936"),
        ("774144621", "+48774144621"),
        ("601-202-303", "+48601202303"),
        ("(081) 710 19 00", "+48817101900"),
        ("081 710 19 00", "+48817101900"),
        ("(81) 710-19-00", "+48817101900"),
        ("+48 58 524 12 00", "+48585241200"),
        ("0048 58 524 12 00", "+48585241200"),
        ("48585241200", "+48585241200"),
        ("+48 (0) 58 524 12 00", "+48585241200"),
        ("tel. 71\xa0770 40 00", "+48717704000"),
        ("Sekretariat: Tel. 71 770 40 00", "+48717704000"),
        ("71.770.40.00", "+48717704000"),
        ("tel./fax 71 770 40 00", "+48717704000"),
        ("71 770 40 00, fax 71 770 40 01", "+48717704000"),
        ("+49 30 901820", "+4930901820"),
        (717704000.0, "+48717704000"),
    ],
)
def test_a_phone_in_any_writing_becomes_one(raw, value):
    assert told("phone", raw) == (value, ["telefon"], None, None)


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("+48748372599", ("+48748372599", [], None, None)),
        ("", (None, [], None, None)),
        ("brak", (None, ["puste"], None, None)),
        (
            "74 837 25 99 wew. 12",
            ("+48748372599", ["telefon", "telefon-wewnetrzny"], None, {"phone_other": "wew. 12"}),
        ),
        (
            "74 837 25 99; 601 202 303 lub 601 202 304",
            ("+48748372599", ["telefon", "telefon-inne"], None, {"phone_other": "+48601202303; +48601202304"}),
        ),
        (
            "74 837 25 99 / 74 837 25 98",
            ("+48748372599", ["telefon", "telefon-inne"], None, {"phone_other": "+48748372598"}),
        ),
        ("123 456 789", (None, [], "numer telefonu wygląda na zastępczy", None)),
        ("+48123456789", (None, [], "numer telefonu wygląda na zastępczy", None)),
        ("000 000 000", (None, [], "to nie jest numer telefonu", None)),
        ("710 19 00", (None, [], "to nie jest numer telefonu", None)),
        ("proszę dzwonić", (None, [], "to nie jest numer telefonu", None)),
        ("7,1E+08", (None, [], "to nie jest numer telefonu", None)),
    ],
)
def test_phones_with_something_more_or_less(raw, outcome):
    assert told("phone", raw) == outcome


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("wtz_pg@interia.pl", ("wtz_pg@interia.pl", [], None, None)),
        ("Biuro@Fundacja.PL", ("biuro@fundacja.pl", ["email"], None, None)),
        ("mailto:biuro@a.pl", ("biuro@a.pl", ["email"], None, None)),
        ("e-mail: biuro@a.pl.", ("biuro@a.pl", ["email"], None, None)),
        ("biuro @ a.pl", ("biuro@a.pl", ["email"], None, None)),
        ("biuro(at)a.pl", ("biuro@a.pl", ["email"], None, None)),
        ("biuro[małpa]a.pl", ("biuro@a.pl", ["email"], None, None)),
        ("<biuro@a.pl>", ("biuro@a.pl", ["email"], None, None)),
        ("a@a.pl; b@b.pl, c@c.pl", ("a@a.pl", ["email-inne"], None, {"email_other": "b@b.pl; c@c.pl"})),
        ("biuro.a.pl", (None, [], "niepoprawny adres e-mail", None)),
        ("biuro@a", (None, [], "niepoprawny adres e-mail", None)),
        ("żółw@a.pl", (None, [], "niepoprawny adres e-mail", None)),
        ("nie ma", (None, ["puste"], None, None)),
    ],
)
def test_email(raw, outcome):
    assert told("email", raw) == outcome


def test_a_mistyped_mail_host_is_kept_with_a_doubt():
    cleaned = clean("email", "wtzdzierzoniow@qmail.com")
    assert (cleaned.value, cleaned.doubt) == (
        "wtzdzierzoniow@qmail.com",
        "domena qmail.com wygląda na literówkę gmail.com",
    )
    assert clean("email", "biuro@gmail.com").doubt is None


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("http://zaz.wroclaw.pl/", ("http://zaz.wroclaw.pl/", [], None, None)),
        ("https://kson.pl", ("https://kson.pl", [], None, None)),
        ("www.a.pl", ("https://www.a.pl", ["www"], None, None)),
        ("WWW.A.PL", ("https://www.a.pl", ["www"], None, None)),
        ("a.pl/o-nas?x=1", ("https://a.pl/o-nas?x=1", ["www"], None, None)),
        ("http//a.pl", ("http://a.pl", ["www"], None, None)),
        ("http://A.pl/Ścieżka", ("http://a.pl/Ścieżka", ["www"], None, None)),
        ("www.a.pl; www.b.pl", ("https://www.a.pl", ["www-inne"], None, None)),
        ("http://", (None, [], "niepoprawny adres strony internetowej", None)),
        ("javascript:alert(1)", (None, [], "niepoprawny adres strony internetowej", None)),
        ("http://127.0.0.1/", (None, [], "niepoprawny adres strony internetowej", None)),
        ("biuro@a.pl", (None, [], "to adres e-mail, nie strona", None)),
        ("w budowie", (None, [], "niepoprawny adres strony internetowej", None)),
        ("brak", (None, ["puste"], None, None)),
    ],
)
def test_www(raw, outcome):
    assert told("www", raw) == outcome


def test_social_media_are_a_list_of_addresses():
    assert told("social_media", "facebook.com/a https://instagram.com/b, nic") == (
        ("https://facebook.com/a", "https://instagram.com/b"),
        ["www"],
        None,
        None,
    )
    assert told("social_media", "Fundacja A") == (None, [], "brak adresu profilu", None)
