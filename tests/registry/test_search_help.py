"""What a list says and offers when a search is not understood at once, on /katalog/ and /oferty/ alike."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import looser
from registry.models import Organisation, SearchWord
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory, refresh

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("path", ["/katalog/", "/oferty/"])]


@pytest.fixture
def region():
    """Cards with an offer each, so that both lists find as many."""
    fill("Czysty Kąt", "Sprzątanie biur", codes=["90919200"])
    fill("Blask", "Sprzątanie szkół", codes=["90910000"])
    fill("Kuchnia", "Catering dla szkół", municipality_id="0208021", kind_id="ngo", category_id="catering")
    for word in ("sprzątanie", "catering", "szkół"):
        SearchWord.objects.create(folded=word.translate(str.maketrans("ąłó", "alo")), display=word)
    refresh()


def fill(name, offer, *, municipality_id="0264011", kind_id="spoldzielnia_socjalna", codes=(), **values):
    card = OrganisationFactory(
        institution__name=name,
        institution__municipality_id=municipality_id,
        institution__town="",
        description="",
        kind_id=kind_id,
    )
    OfferFactory(organisation=card, name=offer, codes=codes, **values)
    Organisation.objects.filter(pk=card.pk).update(published_at=NOW)
    return card


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


def count(response):
    return int(re.search(r'id="result-count" value="(\d+)"', response.content.decode())[1])


def links(response):
    """{text: address} of the links inside the list."""
    found = response.content.decode().partition('class="stack results"')[2]
    return {
        re.sub(r"<[^>]+>", "", label).replace("\xa0", " "): unescape(url)
        for url, label in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', found)
    }


def offered(response):
    return {label: url for label, url in links(response).items() if label.startswith(("bez", "ponad"))}


# One word too many, one filter too many


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("sprzątanie betoniarnia", ["bez słowa „betoniarnia”: 2 wyniki"]),
        ("sprzątanie w betoniarni", ["bez słowa „betoniarni”: 2 wyniki"]),
        ("sprzątanie cateringu", ["bez słowa „cateringu”: 2 wyniki", "bez słowa „sprzątanie”: 1 wynik"]),
        ("catering szkół betoniarnia", ["bez słowa „betoniarnia”: 1 wynik"]),
        ("sprzątanie NIP 8990000000", ["bez „NIP 8990000000”: 2 wyniki"]),
        ("catering betoniarnia stolarnia", []),
        ("betoniarnia", []),
        ("NIP 8990000000", []),
        ("w betoniarni", []),
    ],
)
def test_the_word_too_many_is_named_with_what_is_found_without_it(client, region, path, query, labels):
    response = client.get(path, {"q": query})
    assert count(response) == 0
    assert "Nic nie pasuje" in text(response)
    assert list(offered(response)) == labels
    for label, url in offered(response).items():
        assert f": {count(client.get(path + url))} " in label


def test_other_filters_stay_when_a_word_is_left_out(client, region, path):
    response = client.get(path, {"q": "szkoły betoniarnia", "powiat": "0264", "sort": "nowe", "page": "3"})
    url = offered(response)["bez słowa „betoniarnia”: 1 wynik"]
    assert url == "?powiat=0264&sort=nowe&q=szko%C5%82y"
    assert "Sprzątanie szkół" in text(client.get("/oferty/" + url))


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ({"q": "catering", "powiat": "0264"}, ["bez filtrów: 1 wynik"]),
        ({"q": "sprzątanie", "powiat": "0208", "kind": "ngo", "sort": "nowe"}, ["bez filtrów: 2 wyniki"]),
        ({"q": "catering szkoły", "powiat": "0264"}, ["bez filtrów: 1 wynik", "bez słowa „catering”: 1 wynik"]),
        ({"q": "909", "powiat": "0208"}, ["bez filtrów: 2 wyniki"]),
        ({"q": "betoniarnia", "powiat": "0208"}, []),
    ],
)
def test_when_the_filters_are_to_blame_they_may_be_dropped(client, region, path, query, labels):
    response = client.get(path, query)
    assert list(offered(response)) == labels
    for label, url in offered(response).items():
        assert f": {count(client.get(path + url))} " in label
        assert ("powiat" in url) is ("słowa" in label)
        assert ("sort=nowe" in url) is ("sort" in query)


def test_a_mended_word_is_said_and_kept(client, region, path):
    response = client.get(path, {"q": "sprzontanie betoniarnia"})
    assert "Nic nie pasuje Także do „sprzątanie betoniarnia”." in text(response)
    assert offered(response) == {"bez słowa „betoniarnia”: 2 wyniki": "?q=sprz%C4%85tanie"}


def test_a_right_word_that_was_replaced_may_also_be_left_out(client, region, path):
    fill("Mur", "Sprzątanie i betoniarki")
    SearchWord.objects.create(folded="betoniarki", display="betoniarki")
    refresh()
    response = client.get(path, {"q": "sprzątanie betoniarnia"})
    assert "Czy chodziło o „sprzątanie betoniarki” ?" in text(response)
    assert offered(response) == {"bez słowa „betoniarnia”: 3 wyniki": "?q=sprz%C4%85tanie"}
    assert offered(client.get(path, {"q": "sprzontanie szkół"})) == {}


def test_only_a_few_words_are_offered_the_fullest_first(client, path):
    trades = ["stolarnia", "kuźnia", "tkalnia", "piekarnia"]
    for missing, cards in zip(trades, (1, 3, 4, 2), strict=True):
        for _ in range(cards):
            fill("Firma", " ".join(trade for trade in trades if trade != missing))
    refresh()
    response = client.get(path, {"q": " ".join(trades)})
    assert list(offered(response)) == [
        "bez słowa „tkalnia”: 4 wyniki",
        "bez słowa „kuźnia”: 3 wyniki",
        "bez słowa „piekarnia”: 2 wyniki",
    ]


def test_much_is_not_counted_to_the_end(client, region, path, monkeypatch):
    monkeypatch.setattr(looser, "MOST", 1)
    assert list(offered(client.get(path, {"q": "sprzątanie betoniarnia"}))) == [
        "bez słowa „betoniarnia”: ponad 1 wyników"
    ]


@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("?q=sprzątanie+catering+betoniarnia&powiat=0264&kind=ngo", 1),
        ("?q=betoniarnia", 0),
        ("?q=sprzątanie", 0),
        ("?q=sprzątanie+betoniarnia&powiat=9999", 0),
    ],
)
def test_all_that_may_be_left_out_is_counted_in_one_statement(client, region, path, query, statements):
    with CaptureQueriesContext(connection) as queries:
        client.get(path + query)
    assert len([query for query in queries if ") few" in query["sql"]]) == statements


QUERIES = [
    *("sprzątanie betoniarnia", "sprzontanie betoniarnia", "Blask NIP 8990000000 sprzontanie", "9091", "617106"),
    "sprzątanie betoniarnia wroclwa",
    *("90910000", "90910000-8", "CPV 99999999", "posprzątać biuro", "sprzontanie biur 8990000000"),
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_number_of_queries_stays_small_and_the_same(client, path, query):
    numbers = []
    for cards in (2, 25):
        for number in range(cards):
            fill(f"Firma {number}", "Sprzątanie biur, betoniarki", codes=["90919200"])
        for folded, word in [("sprzatanie", "sprzątanie"), ("betoniarki", "betoniarki"), ("wroclaw", "wrocław")]:
            SearchWord.objects.get_or_create(folded=folded, display=word)
        refresh()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path, {"q": query, "powiat": "0264"}).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 8


# Codes


@pytest.mark.parametrize(
    ("typed", "code"), [("9091", "90910000-9"), ("909192", "90919200-4"), ("90919200", "90919200-4")]
)
def test_the_code_that_was_understood_is_said_and_leads_to_its_filter(client, region, path, typed, code):
    response = client.get(path, {"q": typed, "powiat": "0264"})
    label, url = next((label, url) for label, url in links(response).items() if label.startswith("CPV "))
    assert label.startswith(f"CPV {code} Usługi")
    assert url == f"?powiat=0264&cpv={code}"
    assert count(response) == count(client.get(path + url)) > 0


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ({"q": "90910000-8"}, "?q=90910000-9"),
        ({"q": "CPV 90.91.00.00-1 sprzątanie", "powiat": "0264"}, "?powiat=0264&q=90910000-9"),
        ({"cpv": "90910000-8"}, "?cpv=90910000-9"),
        ({"q": "biuro", "cpv": ["90919200-4", "9091-8"]}, "?q=biuro&cpv=90919200-4&cpv=90910000-9"),
    ],
)
def test_a_wrong_control_digit_finds_nothing_and_leads_to_the_right_code(client, region, path, query, url):
    response = client.get(path, query)
    assert (response.status_code, count(response)) == (200, 0)
    assert "Kod CPV 90910000 ma cyfrę kontrolną 9, nie " in text(response)
    right = links(response)["Szukaj 90910000-9 Usługi sprzątania"]
    assert sorted(right[1:].split("&")) == sorted(url[1:].split("&"))
    assert "kontroln" not in text(client.get(path + right))
    assert "Usuń filtr: 90910000-9" not in response.content.decode()


@pytest.mark.parametrize("query", [{"q": "CPV 99999999"}, {"q": "99999999-9"}, {"q": "CPV 99"}, {"cpv": "99999999"}])
def test_a_code_that_does_not_exist_is_refused(client, region, path, query):
    response = client.get(path, query)
    assert (response.status_code, count(response)) == (200, 0)
    assert "Nie ma kodu CPV „" in text(response)


def test_an_export_refuses_what_the_list_refuses(client, region, path):
    for query in ("q=90910000-8", "cpv=90910000-8", "q=CPV+99999999"):
        response = client.get(f"/katalog/eksport.json?{query}")
        assert response.status_code == 400
        assert "CPV" in response.content.decode()


# Numbers of the registers


def test_a_number_that_is_a_code_and_a_krs_too_gives_the_branch_and_a_link(client, region, path):
    card = fill("Spółka z Numerem", "Obiady")
    card.institution.krs = "0000909100"
    card.institution.save()
    refresh()
    response = client.get(path, {"q": "909100"})
    assert count(response) == 2
    assert links(response)["Spółka z Numerem"] == card.get_absolute_url()
    assert "Rozumiemy to jako kod CPV 90910000-9 Usługi sprzątania" in text(response)


def test_a_number_of_a_card_leads_to_it(client, region, path):
    card = Organisation.objects.get(institution__name="Blask")
    for typed in (card.institution.nip, f"Blask NIP: {card.institution.nip}", f"REGON {card.institution.regon}00000"):
        response = client.get(path, {"q": typed})
        if path == "/katalog/":
            assert (response.status_code, response["Location"]) == (302, card.get_absolute_url())
        else:
            assert links(response)["Blask"] == card.get_absolute_url()
            assert count(response) == 1


def test_a_card_without_offers_is_still_told(client, path):
    card = OrganisationFactory(published=True, institution__name="Bez Ofert", institution__nip="8990000110")
    response = client.get(path, {"q": "8990000110"})
    if path == "/oferty/":
        assert links(response)["Bez Ofert"] == card.get_absolute_url()
        assert "Ten podmiot nie ma opublikowanych ofert." in text(response)


# Words as people write them


def test_the_suggestion_is_the_whole_query_with_one_word_put_right(client, region, path):
    response = client.get(path, {"q": "Szybkie sprzontanie szkół", "powiat": "0264"})
    assert count(response) == 0
    response = client.get(path, {"q": "sprzontanie w szkołach", "powiat": "0264"})
    assert count(response) == 1
    assert links(response)["„sprzątanie w szkołach”"] == "?powiat=0264&q=sprz%C4%85tanie+w+szko%C5%82ach"


def test_work_done_is_found_under_the_work(client, region, path):
    assert count(client.get(path, {"q": "posprzątać szkołę"})) == 1
