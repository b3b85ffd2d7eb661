"""Kto to zrobi, for everybody: the page, the JSON, and what cannot be asked."""

import pytest

from procurement.matching import candidates
from registry.models import Organisation
from tests.procurement.matching.given import register
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory, ReferenceFactory, refresh

pytestmark = pytest.mark.django_db
PAGE, JSON = "/zamowienia/kto-to-zrobi/", "/zamowienia/kto-to-zrobi.json"


def cleaner(name, *, offer="Sprzątanie biur", code="90919200", category="sprzatanie", serves=("0264",), **values):
    card = OrganisationFactory(institution__name=name, description="", serves=list(serves), **values)
    OfferFactory(organisation=card, name=offer, codes=[code], category_id=category)
    Organisation.objects.filter(pk=card.pk).update(published_at=NOW)
    refresh(card)
    return card


def test_rows_of_the_json_are_as_promised_and_in_order(client):
    card = cleaner("Blask")
    ReferenceFactory(organisation=card, subject="sprzątanie trzech bibliotek")
    cleaner("Daleko", serves=("0208",))
    rows = client.get(JSON, {"q": "Sprzątanie urzędu", "powiat": "0264"}).json()
    assert [list(row) for row in rows] == [["id", "url", "name", "offer", "score", "why"]] * 2
    assert [row["name"] for row in rows] == ["Blask", "Daleko"]
    assert rows[0]["url"] == f"http://testserver/katalog/{card.slug}/"
    assert rows[0]["offer"] == "Sprzątanie biur"
    assert rows[0]["score"] > rows[1]["score"]
    assert "działa na obszarze: Wrocław" in rows[0]["why"]
    assert "referencja: Gmina Wrocław, 2025" in rows[0]["why"]
    assert "nie podaje, że tu działa" in rows[1]["why"]
    assert client.get(JSON, {"q": "Sprzątanie urzędu", "powiat": "0264"}).json() == rows


@pytest.mark.parametrize("words_at_once", [1, 7, 1_000])
def test_every_word_of_a_kind_of_work_is_looked_for_however_many_are_asked_at_once(client, monkeypatch, words_at_once):
    monkeypatch.setattr(candidates, "SHORT", words_at_once)
    names = ["Mycie witryn", "Froterowanie posadzek", "Odkurzanie wykładzin"]
    for number, offer in enumerate(names):
        cleaner(f"Firma {number}", offer=offer, code="30192700", category=None)
    rows = client.get(JSON, {"q": "Sprzątanie"}).json()
    assert sorted(row["offer"] for row in rows) == sorted(names)


def test_only_those_who_may_stand_are_found_for_a_reserved_order(client):
    cleaner("Z mocy ustawy", kind_id="spoldzielnia_socjalna")
    cleaner("Zakład chroniony", kind_id="ngo", institution__is_zpch=True)
    cleaner("Deklaruje", kind_id="ngo", art94_declared=True)
    cleaner("Tylko grupy", kind_id="ngo", target_groups=["bezrobotni"])
    cleaner("Nikt", kind_id="ngo")
    rows = client.get(JSON, {"q": "sprzątanie", "art": "94"}).json()
    assert {row["name"] for row in rows} == {"Z mocy ustawy", "Zakład chroniony", "Deklaruje"}
    assert len(client.get(JSON, {"q": "sprzątanie", "art": "96"}).json()) == 5
    grounds = {"prawo": "Z mocy ustawy", "zpch": "Zakład chroniony", "deklaracja": "Deklaruje", "grupy": "Tylko grupy"}
    for ground, name in grounds.items():
        assert [row["name"] for row in client.get(JSON, {"q": "sprzątanie", "ground": ground}).json()] == [name]


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ({"cpv": "99999999"}, "cpv", "Nie ma kodu CPV „99999999”."),
        ({"cpv": "90910000-1"}, "cpv", "Poprawny zapis: 90910000-9."),
        ({"q": "x", "powiat": "9999"}, "powiat", "Nie ma powiatu"),
        ({"q": "x", "gmina": "abc"}, "gmina", "Nie ma gminy"),
        ({"q": "x", "gmina": "0264011", "powiat": "0208"}, "gmina", "nie leży w wybranym powiecie"),
        ({"q": "x", "art": "777"}, "art", "Nie znamy artykułu"),
        ({"q": "x", "value": "dużo"}, "value", "Podaj wartość liczbą"),
        ({"q": "x", "value": "9" * 5000}, "value", "Podaj wartość liczbą"),
        ({"q": "x", "value": "-5"}, "value", "Podaj wartość liczbą"),
        ({"q": "x", "top": "0"}, "top", "Podaj liczbę od 1"),
        ({"q": "x", "top": "²"}, "top", "Podaj liczbę od 1"),
        ({"q": "x", "ground": "zly"}, "ground", "Nie ma podstawy"),
        ({"q": "ą" * 10_000}, "q", "najwyżej 200 znaków"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(client, query, field, words):
    cleaner("Blask")
    page = client.get(PAGE, query)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert '<data id="result-count" value="0"' in page.content.decode()
    answer = client.get(JSON, query)
    assert answer.status_code == 400
    assert words in answer.json()["errors"][field]


@pytest.mark.parametrize("q", ["'", "' | !&", "\\", "%", "🙂", "a b c " * 30, "<script>", "1" * 200, "-", "()"])
def test_no_text_breaks_the_search(client, q):
    cleaner("Blask")
    assert client.get(PAGE, {"q": q}).status_code == 200
    assert client.get(JSON, {"q": q}).status_code == 200


def test_a_code_typed_as_words_is_a_code(client):
    cleaner("Blask")
    rows = client.get(JSON, {"q": "90919200-4"}).json()
    assert [row["name"] for row in rows] == ["Blask"]
    assert "ten sam kod CPV" in rows[0]["why"]


def test_nobody_is_said_honestly_with_what_to_do(client):
    cleaner("Pralnia Nowy Most", offer="Pranie pościeli", code="98310000")
    assert client.get(JSON, {"q": "Budowa mostu"}).json() == []
    page = client.get(PAGE, {"q": "Budowa mostu", "powiat": "0264"}).content.decode()
    assert "Nie znamy nikogo, kto to zrobi" in page
    assert "Szukaj bez miejsca i bez klauzuli" in page


def test_how_many_are_shown_is_chosen(client):
    for number in range(4):
        cleaner(f"Blask {number}")
    assert len(client.get(JSON, {"q": "sprzątanie", "top": "3"}).json()) == 3
    assert "Najlepiej pasujące z 4" in client.get(PAGE, {"q": "sprzątanie", "top": "3"}).content.decode()


def test_cards_out_of_sight_are_not_suggested(client):
    card = cleaner("Ukryta")
    Organisation.objects.filter(pk=card.pk).update(published_at=None)
    refresh(card)
    assert client.get(JSON, {"q": "sprzątanie"}).json() == []


@pytest.mark.parametrize("count", [1, 30])
def test_a_visitor_costs_the_same_few_queries_and_no_cookie(client, count, django_assert_num_queries):
    for number in range(count):
        cleaner(f"Blask {number}")
    # The version for the ETag, the names of codes, the candidates.
    with django_assert_num_queries(3):
        answer = client.get(PAGE, {"q": "sprzątanie", "cpv": "90910000", "powiat": "0264", "top": "100"})
    assert answer.content.decode().count('class="row"') == count
    assert not answer.cookies
    with django_assert_num_queries(3):
        client.get(JSON, {"q": "sprzątanie"})


def test_a_page_that_is_still_true_is_not_drawn_again(client):
    cleaner("Blask")
    etag = client.get(PAGE, {"q": "sprzątanie"}).headers["ETag"]
    assert client.get(PAGE, {"q": "sprzątanie"}, headers={"if-none-match": etag}).status_code == 304
    cleaner("Nowy")
    assert client.get(PAGE, {"q": "sprzątanie"}, headers={"if-none-match": etag}).status_code == 200


def test_the_whole_register_of_the_pairs_answers_in_polish(client):
    register()
    rows = client.get(JSON, {"q": "Catering na konferencję", "powiat": "0264", "value": "12 000,50"}).json()
    assert rows[0]["name"] == "Spółdzielnia Socjalna „Dobry Smak”"
    assert rows[0]["why"].startswith("oferta „Catering na konferencje i szkolenia”: ")
