"""Counts beside the filters, compared with counting one by one in Python."""

from collections import Counter
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import facets
from registry.filters import CatalogueFilter, OfferFilter
from registry.models import CatalogueEntry, Organisation
from registry.results import Result
from tests.registry.factories import (
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    refresh,
)

pytestmark = pytest.mark.django_db

MUNICIPALITIES = ["0264011", "0208021", "0208072", "0219011", "0219072", None]
KINDS = ["spoldzielnia_socjalna", "ngo", "spoldzielnia_pracy"]
FORMS = ["spoldzielnia", "fundacja", "stowarzyszenie", None]
CATEGORIES = ["sprzatanie", "catering", "zielen", None]
WORDS = ["pranie pościeli", "catering", "koszenie trawników", "druk ulotek"]


@pytest.fixture
def region():
    """Sixty cards of all sorts; the same ones each time."""
    random = Random(7)
    source = None
    for _ in range(60):
        municipality = random.choice(MUNICIPALITIES)
        card = OrganisationFactory(
            kind_id=random.choice(KINDS),
            institution=InstitutionFactory(
                municipality_id=municipality, legal_form_id=random.choice(FORMS), is_opp=random.random() < 0.3
            ),
            activity=random.choice(["aktywny", "aktywny", "do-potwierdzenia", "nieaktywny"]),
            art94_declared=random.random() < 0.2,
            description=random.choice(WORDS),
            serves=random.choice([["0264"], ["02"], ["PL"], ["0208021"], []]),
            **({"source": source} if source else {}),
        )
        source = card.source
        if random.random() < 0.3:
            SocialEnterpriseStatusFactory(institution=card.institution)
        for category in random.sample(CATEGORIES, random.randrange(4)):
            offer = OfferFactory(organisation=card, category_id=category, codes=random.choice([["90910000"], []]))
            if random.random() < 0.2:
                OfferMarkFactory(offer=offer)
    Organisation.objects.update(published_at="2026-11-22T12:00Z")
    refresh()


# filter → the values that an entry has in it
VALUES = {
    "powiat": lambda entry: [entry.county_id],
    "gmina": lambda entry: [entry.municipality_id],
    "kind": lambda entry: [entry.kind_id],
    "form": lambda entry: [entry.form_id],
    "status": lambda entry: [entry.activity],
    "category": lambda entry: entry.categories,
    "ps": lambda entry: ["1"] * entry.ps,
    "mark": lambda entry: ["1"] * entry.mark,
    "art94": lambda entry: ["1"] * entry.art94,
    "opp": lambda entry: ["1"] * entry.opp,
}
CHOICES = {
    "powiat": ["0264", "0208", "0219"],
    "gmina": ["0208021", "0208072"],
    "kind": KINDS,
    "form": ["fundacja", "stowarzyszenie"],
    "status": ["aktywny", "nieaktywny"],
    "category": ["sprzatanie", "catering", "zielen"],
    "ps": ["1"],
    "mark": ["1"],
    "art94": ["1"],
    "opp": ["1"],
}


def brute(chosen, entries):
    """The total, and the counts of each filter: entries that meet all the other filters."""

    def meets(entry, name):
        return bool(set(VALUES[name](entry)) & set(chosen[name]))

    counts = {}
    for name, values in VALUES.items():
        left = [entry for entry in entries if all(meets(entry, other) for other in chosen if other != name)]
        counts[name] = dict(Counter(value for entry in left for value in values(entry) if value is not None))
    return sum(all(meets(entry, name) for name in chosen) for entry in entries), counts


@pytest.mark.parametrize("seed", range(40))
def test_counts_equal_counting_one_by_one(region, seed):
    random = Random(seed)
    names = random.sample(list(CHOICES), random.randrange(5))
    chosen = {name: random.sample(CHOICES[name], random.randint(1, len(CHOICES[name]))) for name in names}
    extra = random.choice(["", "q=pranie&", "area=0264&", "cpv=9091&", "q=catering&area=0208&"])
    query = extra + "&".join(f"{name}={value}" for name, values in chosen.items() for value in values)

    result = Result(CatalogueFilter(query), facets.CATALOGUE)

    entries = list(CatalogueFilter(extra.rstrip("&")).qs)
    total, counts = brute(chosen, entries)
    if not {"powiat", "gmina"} & set(chosen):
        del counts["gmina"]
    expected = {name: values for name, values in counts.items() if values}
    assert (result.total, result.counts.by_facet) == (total, expected)
    assert CatalogueFilter(query).qs.count() == total


def test_counts_of_offers_equal_counting_one_by_one(region):
    result = Result(OfferFilter("category=catering&category=zielen&powiat=0264"), facets.OFFERS)
    entries = list(OfferFilter("").qs)
    catering_or_green = [entry for entry in entries if entry.category_id in ("catering", "zielen")]
    in_town = [entry for entry in entries if entry.county_id == "0264"]
    both = [entry for entry in catering_or_green if entry in in_town]
    assert result.total == len(both)
    assert result.counts.of("category") == Counter(entry.category_id for entry in in_town if entry.category_id)
    assert result.counts.of("powiat") == Counter(entry.county_id for entry in catering_or_green if entry.county_id)
    assert result.counts.of("kind") == Counter(entry.kind_id for entry in both)


def test_municipalities_are_counted_only_once_a_county_is_chosen(region):
    assert "gmina" not in Result(CatalogueFilter(""), facets.CATALOGUE).counts.by_facet
    assert set(Result(CatalogueFilter("powiat=0208"), facets.CATALOGUE).counts.of("gmina")) == {"0208021", "0208072"}


def test_counting_takes_one_query(region):
    found = CatalogueFilter("powiat=0208&category=catering&q=pranie&ps=1")
    conditions = found.conditions
    with CaptureQueriesContext(
        connection,
    ) as queries:
        facets.count(facets.CATALOGUE, conditions, rows=True)
    assert len(queries) == 1


def test_an_empty_catalogue_counts_nothing():
    result = Result(CatalogueFilter("powiat=0264"), facets.CATALOGUE)
    assert (result.total, result.counts.by_facet) == (0, {})


def test_a_card_without_offers_municipality_or_form_is_counted_where_it_can_be():
    OrganisationFactory(
        published=True, institution__municipality_id=None, institution__legal_form_id=None, kind_id="ngo"
    )
    counts = Result(CatalogueFilter(""), facets.CATALOGUE).counts
    assert counts.total == 1
    assert counts.by_facet == {"kind": {"ngo": 1}, "status": {"aktywny": 1}}
    assert CatalogueEntry.objects.get().category_bits == 0
