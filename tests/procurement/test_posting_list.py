"""/zamowienia/: what each parameter finds, what stands beside the filters, and what is said when nothing is found."""

import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from html import unescape
from random import Random

import pytest
from django.core.cache import cache
from django.utils import timezone

from core.navigation import BESIDE
from procurement.filters import PostingFilter
from procurement.models import PostingEntry
from procurement.outlets.results import PostingResult
from procurement.use_cases import entries
from tests.procurement.factories import PlanFactory, PlanVersionFactory
from tests.procurement.orders import NOW, SOON, concluded, notice, plan_item, refresh

pytestmark = pytest.mark.django_db


def found(query, now=None):
    return set(PostingFilter(query, now=now or timezone.now()).qs.values_list("subject", flat=True))


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def count_of(response):
    return int(re.search(r'<data id="result-count" value="(\d+)"', response.content.decode())[1])


@pytest.fixture
def orders():
    plan = PlanFactory()
    item = plan_item(
        version=PlanVersionFactory(plan=plan), subject="Sprzątanie urzędu", clauses=["art96"], cpv=["90910000"]
    )
    roof = notice(subject="Remont dachu", nature="roboty", county_id="0208", value=Decimal("400000"), deadline_at=SOON)
    late = notice(subject="Dostawa mebli", nature="dostawy", deadline_at=NOW - timedelta(days=9), clauses=["art94"])
    meal = notice(subject="Obiady dla szkół", value=Decimal("50000"), cpv=["55520000"], clauses=["art94", "art95"])
    concluded(meal, supplier_name="Spółdzielnia Żuraw")
    refresh()
    return {"item": item, "roof": roof, "late": late, "meal": meal}


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("", {"Sprzątanie urzędu", "Remont dachu", "Dostawa mebli", "Obiady dla szkół"}),
        ("type=plan", {"Sprzątanie urzędu"}),
        ("type=wynik&type=ogloszenie", {"Remont dachu", "Dostawa mebli", "Obiady dla szkół"}),
        ("powiat=0208", {"Remont dachu"}),
        ("kind=roboty&kind=dostawy", {"Remont dachu", "Dostawa mebli"}),
        ("clause=art94", {"Dostawa mebli", "Obiady dla szkół"}),
        ("clause=art96&type=plan", {"Sprzątanie urzędu"}),
        ("art=95", {"Obiady dla szkół"}),
        ("art=94&kind=dostawy", {"Dostawa mebli"}),
        ("cpv=9091", {"Sprzątanie urzędu"}),
        ("cpv=55520000-1", {"Obiady dla szkół"}),
        ("value_from=100 000&value_to=200000,00", {"Sprzątanie urzędu"}),
        ("value_to=90000", {"Obiady dla szkół"}),
        ("open=1", {"Remont dachu"}),
        ("year=2027", {"Sprzątanie urzędu"}),
        ("year=2026", {"Remont dachu", "Dostawa mebli", "Obiady dla szkół"}),
        ("q=dachy", {"Remont dachu"}),
        ("q=stołówka", set()),
        ("q=żuraw", {"Obiady dla szkół"}),
        ("q=90910000-9", {"Sprzątanie urzędu"}),
        ("q=zastrzeżone", {"Dostawa mebli", "Obiady dla szkół"}),
    ],
)
def test_each_parameter_finds_what_it_says(orders, query, subjects):
    assert found(query) == subjects


def test_a_buyer_is_found_by_its_address_and_by_its_nip(orders):
    buyer = orders["roof"].authority
    assert found(f"buyer={buyer.slug}") == {"Remont dachu"}
    assert found(f"buyer={buyer.institution.nip}") == {"Remont dachu"}
    nip = buyer.institution.nip
    assert found(f"q={nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}") == {"Remont dachu"}


@pytest.mark.parametrize(
    "query",
    [
        "type=oferta", "powiat=9999", "kind=inne", "clause=art1", "art=7", "cpv=99999999", "cpv=90910000-1",
        "value_from=dużo", "value_to=-5", "value_from=1e999", "value_from=NaN", "value_from=9&value_to=3", "open=tak",
        "year=1999", "year=9999999999999", "buyer=nikt", "sort=los", "page=0", "q=" + "a" * 10_000,
        "buyer=%00", "year=%00", "q=%00",
    ],
)  # fmt: skip
def test_an_unknown_value_is_a_fault_beside_the_filter_and_finds_nothing(client, orders, query):
    response = client.get(f"/zamowienia/?{query}")
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert "Nie można tak szukać." in text_of(response)
        assert count_of(response) == 0
    for address in ("eksport.csv", "eksport.xlsx", "eksport.json", "atom.xml", "kalendarz.ics"):
        assert client.get(f"/zamowienia/{address}?{query}").status_code == 400, address


def test_what_was_typed_stays(client, orders):
    page = client.get("/zamowienia/?value_from=dużo").content.decode()
    assert 'value="dużo"' in page
    assert "Podaj kwotę w złotych" in page


@pytest.mark.parametrize(
    ("sort", "first"),
    [("nazwa", "Dostawa mebli"), ("wartosc", "Remont dachu"), ("termin", "Remont dachu")],
)
def test_the_order_is_the_one_asked_for(client, orders, sort, first):
    page = client.get(f"/zamowienia/?sort={sort}").content.decode()
    assert re.findall(r"<h3><a[^>]*>([^<]+)", page)[0] == first
    assert len(re.findall(r"<h3>", page)) == 4


def test_by_relevance_a_word_of_the_subject_comes_first(client):
    notice(subject="Remont szkoły", description="Malowanie ścian")
    notice(subject="Malowanie płotu")
    refresh()
    page = client.get("/zamowienia/?q=malowanie").content.decode()
    subjects = [re.sub("<[^>]+>", "", one) for one in re.findall(r"<h3><a[^>]*>(.+?)</a>", page)]
    assert subjects == ["Malowanie płotu", "Remont szkoły"]


def test_a_line_tells_who_what_for_how_much_and_until_when(client, orders):
    text = text_of(client.get("/zamowienia/?open=1"))
    assert "1 zamówienie" in text
    assert "400 000 zł" in text.replace("\xa0", " ")
    assert "zostało 5 dni" in text.replace("\xa0", " ")
    assert "Planowane wszczęcie: II kwartał 2027" in text_of(client.get("/zamowienia/?type=plan")).replace("\xa0", " ")


def test_a_value_that_is_not_public_is_told_nowhere(client):
    notice(subject="Tajna wartość", value=Decimal("123456"), value_is_public=False)
    refresh()
    for address in ("", "eksport.csv", "eksport.json", "atom.xml"):
        response = client.get(f"/zamowienia/{address}")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"Tajna" in content
        assert b"123456" not in content
        assert b"123 456" not in content.replace("\xa0".encode(), b" ")
    assert found("value_from=1") == set()


def test_a_typing_error_leads_to_the_right_word(client, at_once, orders):
    refresh()
    text = text_of(client.get("/zamowienia/?q=sprzontanie"))
    assert "Czy chodziło o „sprzątanie”" in text
    assert "Sprzątanie urzędu" in text.replace("Sprzątanie  urzędu", "Sprzątanie urzędu")


def test_when_nothing_is_found_looser_searches_are_offered(client, orders):
    text = text_of(client.get("/zamowienia/?q=remont&powiat=0264"))
    assert "bez filtrów: 1 wynik" in text


def test_htmx_gets_the_result_alone(client, orders):
    part = client.get("/zamowienia/?type=plan", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="result-count" value="1"' in part


def test_an_empty_list_says_so(client):
    assert "Nie ma jeszcze zamówień" in text_of(client.get("/zamowienia/"))


VALUES = {
    "type": lambda entry: [entry.type],
    "powiat": lambda entry: [entry.county_id],
    "kind": lambda entry: [entry.nature],
    "year": lambda entry: [str(entry.year)],
    "clause": lambda entry: entry.clauses,
    "art": lambda entry: entry.articles,
}
CHOICES = {
    "type": ["plan", "ogloszenie", "wynik"],
    "powiat": ["0208", "0264", "0219"],
    "kind": ["roboty", "dostawy", "uslugi"],
    "year": ["2026", "2027"],
    "clause": ["art94", "art95", "art96", "podprogowe"],
    "art": ["94", "96"],
}


@pytest.fixture
def many():
    random = Random(5)
    version = PlanVersionFactory()
    for number in range(40):
        given = {
            "nature": random.choice(CHOICES["kind"]),
            "clauses": random.sample(CHOICES["clause"], random.randrange(3)),
            "value": random.choice([None, Decimal(1000), Decimal(90000)]),
        }
        if number % 3 == 0:
            plan_item(version=version, publish=number == 39, **given)
        else:
            made = notice(county_id=random.choice(CHOICES["powiat"]), **given)
            if random.random() < 0.3:
                concluded(made, value=None)
    refresh()


@pytest.mark.parametrize("seed", range(15))
def test_counts_beside_the_filters_equal_counting_one_by_one(many, seed):
    random = Random(seed)
    names = random.sample(list(CHOICES), random.randrange(5))
    chosen = {name: random.sample(CHOICES[name], random.randint(1, len(CHOICES[name]))) for name in names}
    extra = random.choice(["", "value_to=5000&", "q=cateringowe&"])
    query = extra + "&".join(f"{name}={value}" for name, values in chosen.items() for value in values)

    result = PostingResult(PostingFilter(query, now=NOW))

    rows = list(PostingFilter(extra.rstrip("&"), now=NOW).qs)

    def meets(entry, name):
        return bool(set(VALUES[name](entry)) & set(chosen[name]))

    for name, values in VALUES.items():
        left = [entry for entry in rows if all(meets(entry, other) for other in chosen if other != name)]
        assert result.counts.of(name) == Counter(value for entry in left for value in values(entry) if value), name
    assert result.total == sum(all(meets(entry, name) for name in chosen) for entry in rows)
    assert sum(result.counts.of("buyer").values()) <= result.total
    assert result.counts.of("open") == {}


def test_what_is_still_open_is_counted_with_the_other_filters_on(orders):
    for query, count in (("", {"1": 1}), ("open=1", {"1": 1}), ("kind=roboty", {"1": 1}), ("kind=dostawy", {})):
        assert PostingResult(PostingFilter(query, now=NOW)).counts.of("open") == count, query


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("query", ["", "?q=catering&type=ogloszenie&open=1", "?sort=termin", "?buyer={}"])
def test_the_list_asks_the_same_number_of_times(client, django_assert_num_queries, rows, query):
    made = [notice(clauses=["art94"], cpv=["55520000"], deadline_at=SOON) for _ in range(rows)]
    refresh()
    path = "/zamowienia/" + query.format(made[0].authority.slug)
    client.get(path)
    cache.clear()
    # The first one since something has changed, and the next: what was counted is kept.
    for queries in (5, 4):
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200


def test_a_page_is_not_sent_twice_and_a_change_makes_a_new_one(client, orders):
    first = client.get("/zamowienia/")
    again = client.get("/zamowienia/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    PostingEntry.objects.filter(subject="Remont dachu").update(subject="Remont drogi")
    assert client.get("/zamowienia/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_no_entry_is_asked_of_a_posting_that_is_gone(orders):
    entries.refresh([10**9], now=NOW)
    assert PostingEntry.objects.count() == 4


@pytest.mark.parametrize("page", ["/zamowienia/", "/mapa-strony/"])
def test_pages_beside_the_list_are_one_step_away(client, page):
    shown = client.get(page).text
    assert [beside.path for beside in BESIDE if beside.path.startswith("/zamowienia/")]
    for beside in BESIDE:
        if page == "/zamowienia/" and not beside.path.startswith(page):
            continue
        assert f'href="{beside.path}"' in shown
        assert client.get(beside.path).status_code == 200
