import pytest

from registry.spreadsheets import clean, guess_kind


@pytest.mark.parametrize(
    ("raw", "kind", "form"),
    [
        ("wtz", "wtz", None),
        ("WTZ", "wtz", None),
        ("warsztat terapii zajęciowej", "wtz", None),
        ("ZAZ", "zaz", None),
        ("ZAKŁADY AKTYWIZACJI ZAWODOWEJ", "zaz", None),
        ("CIS", "cis", None),
        ("Centra Integracji Społecznej", "cis", None),
        ("KIS", "kis", None),
        ("Spółdzielnia Socjalna", "spoldzielnia_socjalna", "spoldzielnia"),
        ("sp. socjalne", "spoldzielnia_socjalna", "spoldzielnia"),
        ("SPOLDZIELNIA_SOCJALNA", "spoldzielnia_socjalna", "spoldzielnia"),
        ("spółdzielnia inwalidów", "spoldzielnia_inwalidow", "spoldzielnia"),
        ("sp. inwalidów", "spoldzielnia_inwalidow", "spoldzielnia"),
        ("spółdzielnia inwalidów i niewidomych", "spoldzielnia_niewidomych", "spoldzielnia"),
        ("spółdzielnia pracy", "spoldzielnia_pracy", "spoldzielnia"),
        ("rolnicza spółdzielnia produkcyjna", "spoldzielnia_produkcji_rolnej", "spoldzielnia"),
        ("FUNDACJA", "ngo", "fundacja"),
        ("STOWARZYSZENIE", "ngo", "stowarzyszenie"),
        ("stowarzyszenie zwykłe", "ngo", "stowarzyszenie_zwykle"),
        ("związek stowarzyszeń", "ngo", "zwiazek_stowarzyszen"),
        ("Koło Gospodyń Wiejskich", "ngo", "kgw"),
        ("OSP", "ngo", "osp"),
        ("klub sportowy", "ngo", "klub_sportowy"),
        ("NGO", "ngo", None),
        ("Sp. z o.o. non profit", "podmiot_art3_ust3", "spolka_zoo"),
        ("SPOLKA_NON_PROFIT", "podmiot_art3_ust3", "spolka_zoo"),
        ("kościelna osoba prawna", "podmiot_art3_ust3", "koscielna_osoba_prawna"),
        ("stowarzyszenie jednostek samorządu terytorialnego", "podmiot_art3_ust3", "stowarzyszenie"),
    ],
)
def test_words_and_codes_of_a_kind(raw, kind, form):
    cleaned = clean("kind", raw)
    assert (cleaned.value, (cleaned.extra or {}).get("legal_form")) == (kind, form)
    assert [note.code for note in cleaned.notes] == ([] if raw == kind else ["rodzaj"])


@pytest.mark.parametrize(
    ("raw", "problem", "extra"),
    [
        ("CIS_NAZWA", "nieznany rodzaj podmiotu", None),
        ("grupa nieformalna", "nieznany rodzaj podmiotu", None),
        ("ZPCh", "zakład pracy chronionej to status, nie rodzaj podmiotu", {"is_zpch": True}),
        ("PS", "przedsiębiorstwo społeczne to status, nie rodzaj podmiotu", {"ps_status": True}),
    ],
)
def test_other_words_are_no_kind(raw, problem, extra):
    cleaned = clean("kind", raw)
    assert (cleaned.value, cleaned.problem, cleaned.extra) == (None, problem, extra)


@pytest.mark.parametrize(
    ("raw", "value", "codes", "problem"),
    [
        ("fundacja", "fundacja", [], None),
        ("Fundacja", "fundacja", ["forma"], None),
        ("FUNDACJE", "fundacja", ["forma"], None),
        ("spółdzielnia socjalna osób prawnych", "spoldzielnia", ["forma"], None),
        ("spółka z o.o. non-profit", "spolka_zoo", ["forma"], None),
        ("Spółka z ograniczoną odpowiedzialnością", "spolka_zoo", ["forma"], None),
        ("spółka akcyjna", "spolka_akcyjna", ["forma"], None),
        ("samorządowy zakład budżetowy", "jst_jednostka", ["forma"], None),
        ("jednostka budżetowa gminy", "jst_jednostka", ["forma"], None),
        ("jednostka miasta", "jst_jednostka", ["forma"], None),
        ("lokalna grupa działania", "stowarzyszenie", ["forma"], None),
        ("jednostka operatora", None, ["forma-jednostki"], None),
        ("inna", "inna", [], None),
        ("coś dziwnego", None, [], "nieznana forma prawna"),
    ],
)
def test_legal_form(raw, value, codes, problem):
    cleaned = clean("legal_form", raw)
    assert (cleaned.value, [note.code for note in cleaned.notes], cleaned.problem) == (value, codes, problem)


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("Fundacja „Merkury”", ("ngo", "fundacja")),
        ("Centrum Rehabilitacji Fundacja Razem dla Życia", ("ngo", "fundacja")),
        ("WARSZTAT TERAPII ZAJĘCIOWEJ przy Fundacji X", ("wtz", None)),
        ("Warsztaty Terapii Zajęciowej w Bolesławcu", ("wtz", None)),
        ("Wrocławski Zakład Aktywności Zawodowej", ("zaz", None)),
        ("CIS w Strzyżowie", ("cis", None)),
        ("Klub Integracji Społecznej w Jedlinie-Zdroju", ("kis", None)),
        ("Krakowska Spółdzielnia Socjalna „Vifenix”", ("spoldzielnia_socjalna", "spoldzielnia")),
        ("Ochotnicza Straż Pożarna w Jugowie", ("ngo", "osp")),
        ("Ludowy Klub Sportowy „Ognisko”", ("ngo", "klub_sportowy")),
        ("Towarzystwo Przyjaciół Chorych", ("ngo", "stowarzyszenie")),
        ("Koło Gospodyń Wiejskich w Pogwizdowie", ("ngo", "kgw")),
        ("Caritas Diecezji Legnickiej", ("podmiot_art3_ust3", "koscielna_osoba_prawna")),
        ("Polski Instytut NON-PROFIT Sp. z o.o.", ("podmiot_art3_ust3", "spolka_zoo")),
        ("Schronisko przy Fundacji X", None),
        ("Karkonoski Sejmik Osób Niepełnosprawnych", None),
        ("Centrum Inicjatyw Lokalnych", None),
    ],
)
def test_a_name_may_tell_the_kind(name, guess):
    assert guess_kind(name) == guess
