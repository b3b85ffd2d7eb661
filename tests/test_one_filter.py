"""One query string means the same at every door: page, count, files, API, feed, calendar (tests.doors)."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from tests.doors import DOORS, counted
from tests.procurement.orders import SOON
from tests.varied import PLACES, world

CASES = int(os.environ.get("ONE_FILTER_CASES", "20"))
UNKNOWN = "smok"
_WORDS = ["catering", "żuraw", "sprzatanie biur", "numer", "gęśl", "spotkanie", "obiady", "1"]
_COUNTIES = ["0264", "0208", "0201", "0203", "9999"]
POOL = {
    "organisations": {
        "q": _WORDS,
        "powiat": _COUNTIES,
        "gmina": [*PLACES, "0264"],
        "kind": ["spoldzielnia_socjalna", "wtz", "ngo", UNKNOWN],
        "category": ["sprzatanie", "catering", UNKNOWN],
        "ps": ["1"],
        "mark": ["1"],
        "opp": ["1"],
        "art94": ["1"],
        "form": ["spoldzielnia", "fundacja"],
        "cpv": ["55520000", "90900000", "90910000-9", "12345678"],
        "area": ["0264", "PL"],
        "sort": ["nazwa", "zmiana", "trafnosc"],
    },
    "offers": {
        "q": _WORDS,
        "category": ["sprzatanie", "catering", UNKNOWN],
        "cpv": ["55520000", "90900000", "90910000"],
        "powiat": _COUNTIES,
        "mark": ["1"],
        "kind": ["spoldzielnia_socjalna", "wtz", "ngo"],
        "sort": ["nazwa", "nowe"],
    },
    "events": {
        "q": ["spotkanie", "obiady", "1", "nie ma takiego"],
        "kind": ["sieciowanie", "szkolenie", UNKNOWN],
        "powiat": ["0264", "0208", "0201", "9999"],
        "online": ["1"],
        "from": [f"{SOON + timedelta(days=days):%Y-%m-%d}" for days in (-90, 3)],
        "to": [f"{SOON + timedelta(days=days):%Y-%m-%d}" for days in (6, 12, 40)],
    },
    "procurement": {
        "q": _WORDS,
        "type": ["plan", "ogloszenie", "wynik", UNKNOWN],
        "kind": ["uslugi", "dostawy"],
        "cpv": ["55520000", "55000000"],
        "clause": ["art94", "art96"],
        "art": ["94", "96"],
        "value_from": ["20000", "60000"],
        "value_to": ["50000", "70000,50"],
        "open": ["1"],
        "sort": ["nowe", "wartosc", "termin", "nazwa"],
    },
    "mark-holders": {
        "q": ["znakiem", "żuraw", "numer 1", "ZP/2026/002", "nie ma takiego"],
        "powiat": ["0264", "0208", "0201", "9999"],
        "category": ["sprzatanie", "catering"],
        "status": ["wazny", "wygasl", UNKNOWN],
        "gmina": [*PLACES, "9999999"],
        "podmiot": ["karta-0", "karta-3", "karta-6", "karta-9"],
    },
}


@st.composite
def queries(draw, name):
    """A query string of up to two filters with up to two values each."""
    names = draw(st.lists(st.sampled_from(sorted(POOL[name])), max_size=2, unique=True))
    pairs = [
        f"{one}={value}"
        for one in names
        for value in draw(st.lists(st.sampled_from(POOL[name][one]), min_size=1, max_size=2, unique=True))
    ]
    return "&".join(pairs)


def opened(client, name, query):
    """{door: sorted ids, or None of a refusal}, and what the page counts."""
    behind = {door.__name__: door(client, name, query) for door in DOORS[name]}
    return {door: ids if ids is None else sorted(ids) for door, ids in behind.items()}, counted(client, name, query)


def results_of(client, name):
    """[ids of the page, None of a refusal] of each query string that was drawn."""
    met = []

    @seed(5)
    @hypothesis(
        max_examples=CASES,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(query=queries(name))
    def same(query):
        behind, count = opened(client, name, query)
        page, refused = behind.pop("page"), behind["api"] is None
        assert behind == dict.fromkeys(behind, None if refused else page), f"{name}?{query}: page {page}"
        assert (len(page), len(set(page))) == (count, count), f"{name}?{query}"
        assert not (refused and page), f"{name}?{query}: refused elsewhere"
        met.append(None if refused else tuple(page))

    same()
    return met


@pytest.mark.django_db
def test_every_door_of_a_list_speaks_of_the_same_rows(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 10**9
    world()
    for name in DOORS:
        met = results_of(client, name)
        # Filters that find nothing, or all the same, would agree whatever they mean.
        assert sum(map(bool, met)) >= len(met) / 3, f"{name}: {met}"
        assert len(set(met) - {None, ()}) >= 4, f"{name}: {met}"
