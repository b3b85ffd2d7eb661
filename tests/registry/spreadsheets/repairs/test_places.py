import pytest

from registry.spreadsheets import clean
from registry.spreadsheets.repairs import Gmina, county_key


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("świdnicki", "swidnicki"),
        ("powiat świdnicki", "swidnicki"),
        ("Powiat Karkonoski", "karkonoski"),
        ("pow. kłodzki", "klodzki"),
        ("KŁODZKI", "klodzki"),
        ("sztumski", "sztumski"),
        ("M. WROCŁAW", "wroclaw"),
        ("WROCŁAW", "wroclaw"),
        ("M.LEGNICA", "legnica"),
        ("m. st. Warszawa", "warszawa"),
        ("miasto Legnica", "legnica"),
        ("Legnica (miasto na prawach powiatu)", "legnica"),
        ("powiat m. Jelenia Góra", "jelenia gora"),
        ("legnicki", "legnicki"),
        ("0219", "0219"),
        ("219", "0219"),
    ],
)
def test_counties_become_one_key(raw, key):
    assert clean("powiat", raw).value == key


def test_a_dictionary_finds_its_counties_by_the_same_key():
    assert county_key("Jelenia Góra") == clean("powiat", "M. JELENIA GÓRA").value
    assert county_key("powiat ząbkowicki") == clean("powiat", "ząbkowicki").value


def test_the_county_renamed_in_2021_is_found_by_its_old_name():
    cleaned = clean("powiat", "jeleniogórski")
    assert (cleaned.value, [note.code for note in cleaned.notes]) == ("karkonoski", ["powiat", "powiat-dawny"])


@pytest.mark.parametrize(
    ("raw", "name", "hint"),
    [
        ("Świdnica", "Świdnica", None),
        ("ŚWIDNICA", "Świdnica", None),
        ("gm. Świdnica", "Świdnica", None),
        ("gmina Świdnica", "Świdnica", None),
        ("Świdnica (gmina wiejska)", "Świdnica", "rural"),
        ("Świdnica (w)", "Świdnica", "rural"),
        ("Świdnica - gm. w.", "Świdnica", "rural"),
        ("Świdnica, gmina wiejska", "Świdnica", "rural"),
        ("gmina wiejska Świdnica", "Świdnica", "rural"),
        ("gm. wiejska Świdnica", "Świdnica", "rural"),
        ("gmina miejska Świdnica", "Świdnica", "urban"),
        ("m. Wałbrzych", "Wałbrzych", "urban"),
        ("M. WROCŁAW", "Wrocław", "urban"),
        ("M.LEGNICA", "Legnica", "urban"),
        ("Miasto i Gmina Strzegom", "Strzegom", "mixed"),
        ("gmina miejsko-wiejska Syców", "Syców", "mixed"),
        ("POLANICA-ZDRÓJ", "Polanica-Zdrój", None),
        ("Szczytna (miejsko-wiejska)", "Szczytna", "mixed"),
        ("Mietków", "Mietków", None),
        ("Góra", "Góra", None),
    ],
)
def test_municipalities_give_a_name_and_a_hint_of_their_type(raw, name, hint):
    cleaned = clean("gmina", raw)
    assert cleaned.value == Gmina(name, hint)
    assert [note.code for note in cleaned.notes] == ([] if str(cleaned.value) == raw else ["gmina"])


@pytest.mark.parametrize(
    ("field", "raw", "value", "problem"),
    [
        ("gmina_teryt", "0219072", "0219072", None),
        ("gmina_teryt", "219072", "0219072", None),
        ("gmina_teryt", "021907_2", "0219072", None),
        ("gmina_teryt", "021907", None, "kod TERYT gminy ma 7 cyfr, podano 6"),
        ("gmina_teryt", "Świdnica", None, "kod TERYT gminy ma 7 cyfr"),
        ("voivodeship", "DOLNOŚLĄSKIE", "dolnośląskie", None),
        ("voivodeship", "woj. dolnoslaskie", "dolnośląskie", None),
        ("voivodeship", "02", "dolnośląskie", None),
        ("voivodeship", "warmińsko - mazurskie", "warmińsko-mazurskie", None),
        ("voivodeship", "Śląsk", None, "nie ma takiego województwa"),
        ("town", "JELENIA GÓRA", "Jelenia Góra", None),
        ("town", "DUSZNIKI ZDRÓJ", "Duszniki Zdrój", None),
        ("town", "m. Lubin", "Lubin", None),
        ("town", "GDAŃSK (Osowa)", "GDAŃSK (Osowa)", None),
        ("town", "12", "12", None),
        ("powiat", "!", None, "brak nazwy powiatu"),
    ],
)
def test_other_names_of_places(field, raw, value, problem):
    cleaned = clean(field, raw)
    assert (cleaned.value, cleaned.problem) == (value, problem)
