import pytest

from core.polish import index_terms, lemma, lemmas

FORMS_OF_ONE_WORD = [
    "sprzątanie sprzątania sprzątaniem sprzątaniu sprzątać sprzątamy",
    "biuro biura biur biurach biurem",
    "catering cateringu cateringiem",
    "usługa usługi usług usługami usłudze",
    "opieka opieki opiekę opieką opiece",
    "drukarnia drukarni drukarnie drukarniami",
    "pranie prania praniem",
    "szycie szycia szyciem",
    "szkolenie szkolenia szkoleń szkoleniami",
    "stowarzyszenie stowarzyszenia stowarzyszeń",
    "spółdzielnia spółdzielni spółdzielnie spółdzielnią",
    "fundacja fundacji fundacje fundację",
    "niepełnosprawny niepełnosprawna niepełnosprawnych niepełnosprawnego",
    "niepełnosprawność niepełnosprawności niepełnosprawnościami niepelnosprawnoscia niepełnosprawnych",
    "przedsiębiorczość przedsiębiorczości",
    "socjalny socjalna socjalnej socjalne",
    "biurowy biurowe biurowych",
    "ogrodniczy ogrodnicze ogrodniczych",
    "administracyjny administracyjnego administracyjnych",
    "prospołeczny prospołecznego prospołeczne",
    "przeciwgrzybiczny przeciwgrzybiczna przeciwgrzybicznego",
    "reintegracja reintegracji reintegrację",
    "zakup zakupy zakupów zakupem",
    "środek środki środków",
    "wynajem wynajmu wynajmem",
    "nazwa nazwie nazwy",
    "paczka paczki paczek",
    "gmina gminy gmin gminie",
    "senior seniora",
    "prawo prawa",
    "kocioł kotły kotła",
    "remont remontów remonty",
    "dziecko dzieci dzieciom",
]
# Nominative, genitive, locative of towns with a county or municipal office.
TOWNS = [
    "Wrocław Wrocławia Wrocławiu",
    "Świdnica Świdnicy",
    "Kłodzko Kłodzka Kłodzku",
    "Legnica Legnicy",
    "Bolesławiec Bolesławca Bolesławcu",
    "Lubin Lubina Lubinie",
    "Wałbrzych Wałbrzycha Wałbrzychu",
    "Dzierżoniów Dzierżoniowa Dzierżoniowie",
    "Głogów Głogowa Głogowie",
    "Góra Góry Górze",
    "Jawor Jawora Jaworze",
    "Kamienna Kamiennej",
    "Lubań Lubania Lubaniu",
    "Lwówek Lwówka Lwówku",
    "Milicz Milicza Miliczu",
    "Oleśnica Oleśnicy",
    "Oława Oławy Oławie",
    "Polkowice Polkowic Polkowicach",
    "Strzelin Strzelina Strzelinie",
    "Środa Środy Środzie",
    "Trzebnica Trzebnicy",
    "Wołów Wołowa Wołowie",
    "Ząbkowice Ząbkowic Ząbkowicach",
    "Zgorzelec Zgorzelca Zgorzelcu",
    "Złotoryja Złotoryi",
    "Jelenia Jeleniej",
    "Syców Sycowa Sycowie",
    "Żmigród Żmigrodu Żmigrodzie",
    "Oborniki Obornik Obornikach",
    "Kąty Kątów Kątach",
    "Sobótka Sobótki Sobótce",
    "Siechnice Siechnic Siechnicach",
    "Długołęka Długołęki Długołęce",
    "Kobierzyce Kobierzyc Kobierzycach",
    "Karpacz Karpacza Karpaczu",
    "Szklarska Szklarskiej",
    "Poręba Poręby Porębie",
    "Mirsk Mirska Mirsku",
    "Pieńsk Pieńska Pieńsku",
    "Wińsko Wińska Wińsku",
    "Międzylesie Międzylesia Międzylesiu",
    "Jemielno Jemielna Jemielnie",
    "Wąsosz Wąsosza Wąsoszu",
    "Mściwojów Mściwojowa Mściwojowie",
    "Boguszów Boguszowa Boguszowie",
]


@pytest.mark.parametrize("forms", FORMS_OF_ONE_WORD + TOWNS)
def test_every_form_of_a_word_meets_its_basic_form(forms):
    basic, *others = forms.split()
    assert [form for form in others if set(index_terms(form)).isdisjoint(index_terms(basic))] == []


@pytest.mark.parametrize(
    "forms",
    [
        "sprzątanie sprzątania sprzątaniem sprzątaniu",
        "biuro biura biur biurach",
        "Wrocław Wrocławiu Wrocławia WROCŁAW",
        "catering cateringu cateringiem",
        "usługa usługi usług",
        "opieka opieki opiekę",
        "drukarnia drukarni",
        "pranie prania",
        "szycie szycia",
        "spółdzielnia spółdzielni spółdzielnie",
        "fundacja fundacji",
        "Świdnica Świdnicy",
        "Kłodzko Kłodzku",
        "Legnica Legnicy",
        "Góra Górze",
        "Jelenia Jeleniej",
        "Bolesławiec Bolesławcu",
        "Lubin Lubinie",
        "biurowy biurowe biurowych",
        "ogrodniczy ogrodnicze",
    ],
)
def test_common_words_have_one_first_lemma(forms):
    assert len(set(lemmas(forms))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("biuro", "biurowy"),
        ("szkoła", "szkolenie"),
        ("dom", "domaniów"),
        ("praca", "pranie"),
        ("fundacja", "fundament"),
        ("bar", "barka"),
        ("Lubin", "Lublin"),
        ("kasza", "kosz"),
        ("remont", "transport"),
        ("opieka", "opinia"),
    ],
)
def test_different_words_do_not_meet(one, other):
    assert set(index_terms(one)).isdisjoint(index_terms(other))


def test_terms_come_in_reading_order_and_fit_lexemes():
    assert index_terms("SPÓŁDZIELNIA Socjalna „Wspak”, 50-001 Wrocław!") == [
        "spoldzielnia",
        "socjalny",
        *index_terms("wspak"),
        "50",
        "001",
        "wroclaw",
    ]
    assert index_terms("Γάμμα 中文") == ["γαμμα", "中文"]
    assert index_terms(" – ") == []


def test_unknown_word_keeps_its_own_form_as_a_term():
    assert "kwartzglob" in index_terms("Kwartzglob")
    assert lemma("WTZ") == "wtz"


def test_text_typed_without_accents_is_indexed_under_the_accented_words():
    assert {"sprzatac", "usluga"} <= set(index_terms("USLUGI SPRZATANIA"))


def test_overlong_words_are_cut():
    assert [len(term) <= 60 for term in index_terms("ż" * 10_000)] == [True]
