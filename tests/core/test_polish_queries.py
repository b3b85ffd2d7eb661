import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.polish import index_terms, mark_matches, query_terms
from core.polish.aspect import OTHER_ENDING, TRADES
from core.polish.dictionary import lookup

CLEANING = "Sprzątanie biur i hal – szybko, tanio"
CATERING = "Catering na konferencje. Wrocław"


def meets(query, text):
    terms = set(index_terms(text))
    return all(alternatives & terms for alternatives in query_terms(query))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("sprzątanie biur", CLEANING),
        ("sprzątania biura", CLEANING),
        ("sprzataniem biur", CLEANING),
        ("SPRZATANIE BIUR", CLEANING),
        ("catering we Wrocławiu", CATERING),
        ("catering we wroclawiu", CATERING),
        ("cateringu dla Wrocławia", CATERING),
        ("opieka w Jeleniej Górze", "Usługi opiekuńcze i opieka, Jelenia Góra"),
        ("drukarnia w swidnicy", "Drukarnie: Świdnica"),
        ("lozko", "Łóżka rehabilitacyjne"),
        ("laka", "Koszenie łąk"),
        ("spoldzielni socjalnych", "Spółdzielnia Socjalna „Progres”"),
        ("osob z niepelnosprawnosciami", "Transport osób z niepełnosprawnością"),
        ("przedsiebiorczosci", "Rozwój przedsiębiorczością"),
        ("90910000", "90910000-9 Usługi sprzątania"),
    ],
)
def test_query_finds_what_it_means(query, text):
    assert meets(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("sprzątanie okien", CLEANING),
        ("catering w Legnicy", CATERING),
        ("pranie", CLEANING),
        ("hale sportowe", CLEANING),
    ],
)
def test_every_word_of_a_query_must_be_met(query, text):
    assert not meets(query, text)


# Work under way and work done, in either direction.
SAME_WORK = [
    *("posprzątać sprzątanie", "posprzątać sprzątamy", "posprzatac sprzątanie", "wysprzątane sprzątać"),
    *("umyć mycie", "umyte myjemy", "wymyć myć", "wyprać pranie", "upierzemy pranie", "wyczyścić czyszczenie"),
    *(
        "skosić koszenie",
        "wykosimy kosić",
        "pomalować malowanie",
        "odmalować malujemy",
        "uszyć szycie",
        "uszyte szyjemy",
    ),
    *("ugotować gotowanie", "ugotujemy gotować", "upiec pieczemy", "usmażyć smażone", "wyremontować remontowanie"),
    *(
        "odremontować remontować",
        "wydrukować drukujemy",
        "zbudować budowanie",
        "wybudować budować",
        "naostrzyć ostrzenie",
    ),
    *(
        "przeszkolić szkolenie",
        "wyszkolić szkolenia",
        "przetłumaczyć tłumaczenia",
        "nauczyć uczymy",
        "ostrzyc strzyżenie",
    ),
    *(
        "pozamiatać zamiatanie",
        "poukładać układanie",
        "pozbierać zbieranie",
        "zorganizujemy organizowanie",
    ),
    *(
        "zaprojektować projektowanie",
        "zeskanować skanowanie",
        "otynkować tynkowanie",
        "wypielić pielenie",
        "zasadzić sadzenie",
    ),
    *(
        "odśnieżyć odśnieżanie",
        "naprawić naprawianie",
        "wynająć wynajmujemy",
        "przewieźć przewozimy",
        "ułożyć układanie",
    ),
    *(
        "zniszczyć niszczenie",
        "ozdobić zdobienie",
        "zaopiekować opiekować",
        "wypielęgnować pielęgnujemy",
        "przeprowadzić prowadzenie",
    ),
]
OTHER_WORK = [
    *("opracować praca", "opracowanie pracujemy", "wypracować pracować", "zamówić mówić", "zamówienie mówimy"),
    *(
        "wykonać konać",
        "pokonać konać",
        "wydać dać",
        "podać dać",
        "oddać dać",
        "pomóc móc",
        "wspomóc móc",
        "zapisać pisać",
    ),
    *("przepisać pisać", "podpisać pisać", "użyć żyć", "przeżyć żyć", "dostać stać", "zostać stać", "powstać wstać"),
    *("zatrudnić trudnić", "otworzyć tworzyć", "oferować ferować", "sterować terować", "obrazować wyobrazować"),
    *("zająć jąć", "wychować chować", "zachować chować", "należeć leżeć", "pochodzić chodzić", "porzucać rzucać"),
    *("opanować panować", "powodować wodować", "wystosować stosować", "odinstalować instalować", "odśnieżyć śnieżyć"),
    *(
        "naprawić prawić",
        "naprawić poprawić",
        "przemalować pomalować",
        "umyć pomyć",
        "utrzymać trzymać",
        "poznać znać",
    ),
    *(
        "usługa sługa",
        "opieka pieka",
        "zakup kup",
        "obiad biad",
        "pokój kój",
        "zabawa bawa",
        "uprawa prawa",
        "wystawa stawa",
    ),
    *(
        "przedszkole szkoła",
        "wypoczynek poczynek",
        "zdrowie drowie",
        "powiat wiat",
        "ochrona chrona",
        "zakład kład",
        "zorganizować organizacja",
    ),
]


@pytest.mark.parametrize("pair", SAME_WORK)
def test_a_verb_meets_the_one_that_says_the_same_of_work_done(pair):
    one, other = pair.split()
    assert meets(one, other)
    assert meets(other, one)


@pytest.mark.parametrize("pair", OTHER_WORK)
def test_a_prefix_that_changes_what_is_done_keeps_words_apart(pair):
    one, other = pair.split()
    assert not meets(one, other)
    assert not meets(other, one)


def test_the_verb_of_work_done_is_marked_too():
    assert mark_matches("Posprzątamy biuro", query_terms("sprzątanie")) == [("Posprzątamy", True), (" biuro", False)]


def test_every_verb_listed_is_one_of_the_dictionary():
    listed = [prefix + verb for verb, prefixes in TRADES.items() for prefix in ("", *prefixes)]
    assert [verb for verb in [*listed, *OTHER_ENDING] if verb not in lookup(verb)[0]] == []


def test_each_meaningful_word_gives_its_alternatives():
    assert query_terms("sprzątanie biur we Wrocławiu") == [
        frozenset({"sprzatac", "posprzatac", "wysprzatac", "usprzatac"}),
        frozenset({"biuro"}),
        frozenset({"wroclaw"}),
    ]


def test_stop_words_are_kept_on_request_and_when_there_is_nothing_else():
    assert query_terms("w biurze") == [frozenset({"biuro"})]
    assert len(query_terms("w biurze", stop_words=False)) == 2
    assert len(query_terms("do")) == 1


def test_repeated_words_count_once_and_eight_at_most():
    assert len(query_terms("dom Dom DOM")) == 1
    assert len(query_terms("jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć")) == 8


def test_known_word_is_taken_as_typed_beside_words_with_polish_letters():
    assert query_terms("laki") == [frozenset(index_terms("laki") + index_terms("łąki"))]
    assert query_terms("zielone laki")[1] > query_terms("żółte laki")[1] == frozenset(index_terms("laki"))


@pytest.mark.parametrize("query", ["", " ", "–", "\0", "🙂", "\ud800"])
def test_text_without_words_gives_no_terms(query):
    assert query_terms(query) == []


@given(st.text())
def test_any_text_can_be_asked_for(text):
    assert all(alternatives and all(alternatives) for alternatives in query_terms(text))


@pytest.mark.parametrize("text", ["a" * 10_000, "sczoezlan" * 2_000, "z" * 60, "ż z " * 5_000])
def test_very_long_queries_are_cut_to_eight_words(text):
    assert len(query_terms(text)) <= 8


@given(st.text(), st.text())
def test_marked_pieces_joined_are_the_text(text, query):
    pieces = mark_matches(text, query_terms(query))
    assert "".join(fragment for fragment, _ in pieces) == text
    assert all(fragment for fragment, _ in pieces)


def test_words_that_meet_the_query_are_marked_in_their_own_form():
    assert mark_matches("Sprzątanie biur <b>i</b> Biuro", query_terms("sprzataniem biura")) == [
        ("Sprzątanie", True),
        (" ", False),
        ("biur", True),
        (" <b>i</b> ", False),
        ("Biuro", True),
    ]


def test_single_terms_mark_as_sets_do():
    assert mark_matches("dla biura", ["biuro"]) == [("dla ", False), ("biura", True)]
    assert mark_matches("dla biura", []) == [("dla biura", False)]
