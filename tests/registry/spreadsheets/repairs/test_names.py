import pytest

from registry.spreadsheets import clean


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("STOWARZYSZENIE SPOŁECZNO-KULTURALNE WŁODZICA", "Stowarzyszenie Społeczno-Kulturalne Włodzica"),
        (
            'STOWARZYSZENIE EKOLOGICZNE "EKO-UNIA" Z SIEDZIBĄ WE WROCŁAWIU',
            "Stowarzyszenie Ekologiczne „EKO-UNIA” z Siedzibą we Wrocławiu",
        ),
        (
            'SPOŁECZNO-OŚWIATOWE STOWARZYSZENIE POMOCY\n"EDUKATOR" W ŁOMŻY, ODDZIAŁ W POLANICY ZDROJU',
            "Społeczno-Oświatowe Stowarzyszenie Pomocy „EDUKATOR” w Łomży, Oddział w Polanicy Zdroju",
        ),
        ('"NASZA NADZIEJA - STOWARZYSZENIE OSÓB"', "„Nasza Nadzieja - Stowarzyszenie Osób”"),
        ("DOLNOŚLĄSKI ODDZIAŁ NSZZ I PTTK", "Dolnośląski Oddział NSZZ i PTTK"),
        ("OSP W JUGOWIE", "OSP w Jugowie"),
        ("KGW POGWIZDÓW", "KGW Pogwizdów"),
        ("TOWARZYSTWO POMOCY IM. ŚW. BRATA ALBERTA", "Towarzystwo Pomocy im. św. Brata Alberta"),
        ("FUNDACJA IM. JANA PAWŁA II", "Fundacja im. Jana Pawła II"),
        ("NOWE ŻYCIE SP. Z O.O.", "Nowe Życie sp. z o.o."),
        ("NOWE ŻYCIE SP. Z O. O. NON-PROFIT", "Nowe Życie sp. z o.o. Non-Profit"),
        ("CIS W STRZYŻOWIE", "CIS w Strzyżowie"),
        ("FUNDACJA S.O.S. CODZIENNOŚĆ", "Fundacja S.O.S. Codzienność"),
        ("SZKOŁA NR 59 W LUBINIE W LIKWIDACJI", "Szkoła nr 59 w Lubinie w likwidacji"),
        ('TOWARZYSTWO ,,BŁĘKITNI" W PIEŃSKU', "Towarzystwo „BŁĘKITNI” w Pieńsku"),
    ],
)
def test_shouted_names_are_written_in_ordinary_case(raw, value):
    cleaned = clean("name", raw)
    assert (cleaned.value, cleaned.notes[-1].code) == (value, "wielka-pisownia")


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("Spółdzielnia Socjalna PATRON", "Spółdzielnia Socjalna PATRON", []),
        ("cieKAWA kawiarnia", "cieKAWA kawiarnia", []),
        ("WTZ", "WTZ", []),
        ("„LUX”", "„LUX”", []),
        ("Fundacja  Raz\n Dwa", "Fundacja Raz Dwa", ["odstepy"]),
        ('Fundacja "Nie-Art"', "Fundacja „Nie-Art”", ["cudzyslowy"]),
        ('Fundacja ""Nie-Art""', "Fundacja „Nie-Art”", ["cudzyslowy"]),
        ("Fundacja «Nie-Art»", "Fundacja „Nie-Art”", ["cudzyslowy"]),
        ("Fundacja ''Nie-Art''", "Fundacja „Nie-Art”", ["cudzyslowy"]),
        ('Fundacja ,,Nie-Art"', "Fundacja „Nie-Art”", ["cudzyslowy"]),
        ('Fundacja "Nie-Art', 'Fundacja "Nie-Art', []),
        ("Stowarzyszenie O’Hara", "Stowarzyszenie O’Hara", []),
        ("=Suma(A1)", "=Suma(A1)", []),
    ],
)
def test_other_names_are_only_tidied(raw, value, codes):
    cleaned = clean("name", raw)
    assert (cleaned.value, [note.code for note in cleaned.notes]) == (value, codes)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("a" * 401, "nazwa ma 401 znaków, a mieści się najwyżej 400"),
        ("!!!", "nazwa nie zawiera liter"),
    ],
)
def test_impossible_names_are_refused(raw, problem):
    assert clean("name", raw).problem == problem
