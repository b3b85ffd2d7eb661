"""What is understood of the words of offers and orders, without a database."""

from datetime import date

import pytest

from core.polish import STOP_WORDS, index_terms, words
from procurement.matching.candidate import Candidate
from procurement.matching.found import ranked
from procurement.matching.kinds import all_topics
from procurement.matching.needs import Need
from procurement.matching.scoring import score
from procurement.matching.topics import recognised
from procurement.matching.words import content

TODAY = date(2026, 11, 28)
# Written in capitals, they are words.
SHORT = {"dj", "it", "cv", "wf", "si", "3d"}


def offer(name, description="", *, number=1):
    terms = {"n": frozenset(index_terms(name))}
    return Candidate(number, number, name, f"Podmiot {number}", terms, description=description)


def fit(order, one):
    result = score(Need(text=order), one, today=TODAY)
    return result.fit if result else 0.0


@pytest.mark.parametrize(
    ("order", "name", "description"),
    [
        ("Zakwaterowanie uczestników", "Leśny Zakątek", "Pokoje z łazienkami i noclegi dla grup, ognisko."),
        ("Transmisja obrad rady", "Oko i ucho", "Prowadzimy transmisje, kręcimy filmy."),
    ],
)
def test_a_name_that_says_nothing_leaves_it_to_the_description(order, name, description):
    assert fit(order, offer(name)) == 0
    assert fit(order, offer(name, description)) > 0.5


def test_a_name_that_its_description_does_not_bear_out_is_only_a_figure_of_speech():
    papers = offer("Porządek w papierach", "Porządkujemy archiwa, skanujemy, niszczymy dokumenty.")
    plain = offer("Sprzątanie biur")
    assert papers.is_figurative
    assert fit("Archiwizacja akt", papers) > 0.5
    assert fit("Utrzymanie porządku w biurach", papers) < fit("Utrzymanie porządku w biurach", plain)
    # The description of a trade may well speak of its neighbours.
    assert not offer("Archiwizacja", "Skanujemy i niszczymy dokumenty.").is_figurative


def test_what_is_said_beside_the_trade_is_less_than_the_trade():
    incidental = offer("Sprzątanie biur", "Po pracy częstujemy ciastem.")
    assert fit("Dostawa ciast", incidental) < fit("Dostawa ciast", offer("Ciasta"))


def test_a_word_that_names_something_with_the_next_one_says_less_alone():
    braille = recognised("Druk brajlowski", offered=True)
    assert braille["tlumaczenia.etr"][0] == 1
    assert braille.get("druk", (0,))[0] < 0.75


def test_all_that_is_listed_after_a_course_is_learned():
    found = recognised("Kursy zawodowe: spawanie metalu, ogrodnictwo", offered=True)
    assert found["zielen"][0] <= 0.5
    assert recognised("Spawanie metalu, ogrodnictwo", offered=True)["zielen"][0] == 1


def test_the_next_task_of_an_order_is_no_place_of_the_one_before():
    need = Need(text="Przeniesienie archiwum do nowej siedziby, wywóz starych mebli")
    assert need.topics["gabaryty"] >= 0.75
    # "I" between two nouns makes no second task.
    assert content("Odświeżenie sal i szatni")[-1].part == 0
    assert content("Malowanie sal i układanie płytek")[-1].part == 1


def test_one_kind_of_work_does_not_deny_another_that_is_ordered_as_well():
    ordered = Need(text="Transmisja obrad wraz z niszczeniem dokumentów; napisy dla niesłyszących").topics
    assert {"film", "niszczenie"} <= ordered.keys()


def test_each_part_of_an_order_brings_its_own_supplier_among_the_first_five():
    stages = [offer("Nagłośnienie i scena", number=number) for number in range(1, 7)]
    dancer = offer("Zabawy dla dzieci z animatorem", number=8)
    found = ranked(Need(text="Nagłośnienie imprezy oraz animacje dla dzieci"), [*stages, dancer], today=TODAY)
    assert dancer in [match.candidate for match in found[:5]]


def test_an_organisation_is_shown_by_the_offer_that_is_the_work():
    funeral = offer("Organizacja pochówku", number=1)
    graves = Candidate(1, 2, "Kopanie grobów", "Podmiot 1", {"n": frozenset(index_terms("Kopanie grobów"))})
    (match,) = ranked(Need(text="Sprawienie pogrzebu"), [graves, funeral], today=TODAY)
    assert match.candidate is funeral


def test_a_gift_may_be_of_glass_but_glass_is_not_any_gift():
    assert fit("Upominki dla gości", offer("Witraże i szkło artystyczne")) > 0.45
    assert fit("Witraże", offer("Upominki")) < fit("Witraże", offer("Szkło artystyczne"))


def test_no_phrase_has_a_word_that_no_text_ever_has():
    lost = [
        (code, phrase)
        for code, topic in all_topics().items()
        for phrase in topic.written
        if any(word in STOP_WORDS or (len(word) < 3 and word not in SHORT) for word in words(phrase.lower()))
    ]
    assert lost == []
