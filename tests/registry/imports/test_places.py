"""County and municipality: what is certain is written, what could be two never."""

import pytest

from registry.spreadsheets.repairs import Gmina
from registry.use_cases.imports.places import Place, Territory

pytestmark = pytest.mark.django_db

TWO = "są dwie gminy o tej nazwie, miejska i wiejska; podaj rodzaj albo kod TERYT"


@pytest.fixture
def territory():
    return Territory()


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"teryt": "0208011"}, Place("0208011", "0208")),
        ({"teryt": "0208094"}, Place(None, None, doubts=(("gmina_teryt", "nie ma gminy o tym kodzie TERYT"),))),
        ({"teryt": "0264029"}, Place("0264011", "0264")),
        ({"gmina": Gmina("Paszowice")}, Place("0205052", "0205")),
        ({"gmina": Gmina("Świdnica"), "powiat": "swidnicki"}, Place(None, "0219", doubts=(("gmina", TWO),))),
        ({"gmina": Gmina("Świdnica"), "town": "Świdnica"}, Place(None, "0219", doubts=(("gmina", TWO),))),
        ({"gmina": Gmina("Świdnica", "rural"), "powiat": "swidnicki"}, Place("0219072", "0219")),
        ({"gmina": Gmina("Wrocław", "urban"), "powiat": "wroclaw"}, Place("0264011", "0264")),
        ({"powiat": "wroclaw"}, Place("0264011", "0264")),
        ({"powiat": "klodzki"}, Place(None, "0208")),
        (
            {"gmina": Gmina("Wałbrzych"), "powiat": "walbrzyski"},
            Place(
                None,
                "0221",
                doubts=(("gmina", "gmina Wałbrzych nie leży w podanym powiecie; zostawiono sam powiat"),),
            ),
        ),
        (
            {"teryt": "0264011", "powiat": "klodzki"},
            Place(
                None,
                "0208",
                doubts=(("gmina_teryt", "gmina Wrocław nie leży w podanym powiecie; zostawiono sam powiat"),),
            ),
        ),
        (
            {"town": "Legnica"},
            Place("0262011", "0262", doubts=(("town", "powiat i gminę ustalono z nazwy miasta na prawach powiatu"),)),
        ),
        ({"town": "Lubin"}, Place()),
        (
            {"powiat": "mielecki", "gmina": Gmina("Lubin")},
            Place(
                doubts=(
                    ("powiat", "nie ma takiego powiatu w województwie dolnośląskim"),
                    ("gmina", "nie wiadomo, w którym powiecie leży; zostawiono puste"),
                )
            ),
        ),
        ({"voivodeship": "opolskie", "gmina": Gmina("Byczyna")}, Place(foreign="województwo opolskie")),
        ({"teryt": "1604013"}, Place(foreign="kod TERYT 1604013")),
    ],
)
def test_a_place_is_what_its_words_tell(territory, given, place):
    assert territory.place(**given) == place


@pytest.mark.parametrize(
    ("texts", "codes", "unknown"),
    [
        (["cała Polska"], ["PL"], []),
        (["województwo dolnośląskie"], ["02"], []),
        (["powiat kłodzki, powiat świdnicki"], ["0208", "0219"], []),
        (["Wrocław"], ["0264"], []),
        (["gmina Paszowice", "gmina Świdnica"], ["0205052"], ["gmina Świdnica"]),
        (["okolice Ślęży"], [], ["okolice Ślęży"]),
    ],
)
def test_an_area_served_becomes_codes(territory, texts, codes, unknown):
    assert territory.area(texts) == (codes, unknown)
