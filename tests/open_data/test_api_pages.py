"""Pages by cursor: every row that stands all along is met once, whatever comes and goes."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from procurement.models import PostingEntry
from registry.models import CatalogueEntry, Organisation
from tests.open_data.filled import cards
from tests.procurement.orders import notice
from tests.procurement.orders import refresh as refresh_orders
from tests.registry.factories import OrganisationFactory, refresh

pytestmark = pytest.mark.django_db


def walk(client, address, step="next"):
    """The pages from an address on, each as its ids."""
    while address:
        page = client.get(address).json()
        yield [row["id"] for row in page["results"]]
        address = page[step]


@pytest.mark.parametrize("sort", ["nazwa", "nowe", "zmiana"])
def test_rows_that_stand_are_neither_doubled_nor_missed_while_others_come_and_go(client, sort):
    standing, leaving = cards(15), cards(10)
    random, met = Random(3), Counter()
    for ids in walk(client, f"/api/v1/organisations/?limit=4&sort={sort}"):
        met.update(ids)
        if leaving:
            CatalogueEntry.objects.filter(pk=leaving.pop(random.randrange(len(leaving))).pk).delete()
        new = OrganisationFactory(institution__name=f"Podmiot {random.randrange(20):03}", source=standing[0].source)
        Organisation.objects.filter(pk=new.pk).update(published_at="2026-11-22T12:00Z")
        if sum(met.values()) < 40:
            refresh(new)
    assert [met[card.pk] for card in standing] == [1] * len(standing)
    assert max(met.values()) == 1


def test_the_way_back_is_the_way_there(client):
    cards(11)
    there = list(walk(client, "/api/v1/organisations/?limit=3"))
    address = "/api/v1/organisations/?limit=3"
    for _ in there[1:]:
        address = client.get(address).json()["next"]
    back = list(walk(client, address, "previous"))
    assert back == there[::-1]
    assert sum(there, []) == list(CatalogueEntry.objects.order_by("sort_key", "pk").values_list("pk", flat=True))


@pytest.mark.parametrize("sort", ["nowe", "termin", "wartosc", "nazwa", "trafnosc"])
def test_every_order_of_orders_is_whole(client, sort):
    now = timezone.now()
    for number in range(9):
        due = [None, now + timedelta(days=number + 1), now - timedelta(days=number + 1)][number % 3]
        notice(subject=f"Obiady {number % 2}", deadline_at=due, value=[None, 500, 900][number % 3])
    refresh_orders()
    query = f"sort={sort}&q=obiady&limit=2"
    pages = list(walk(client, f"/api/v1/procurement/?{query}"))
    assert sorted(sum(pages, [])) == sorted(PostingEntry.objects.values_list("pk", flat=True))
    assert [len(page) for page in pages] == [2, 2, 2, 2, 1]
    ends = client.get("/api/v1/procurement/?sort=wartosc&limit=9").json()["results"]
    assert [row["value"] for row in ends] == [900.0] * 3 + [500.0] * 3 + [None] * 3


def test_many_rows_are_walked_by_their_index_and_few_are_sorted(client, monkeypatch):
    from open_data.api import walking

    cards(9)
    few = list(walk(client, "/api/v1/organisations/?limit=2&powiat=0264"))
    monkeypatch.setattr(walking, "FEW", 5)
    assert list(walk(client, "/api/v1/organisations/?limit=2&powiat=0264")) == few
    assert len(sum(few, [])) == 9


def test_the_links_stand_in_the_header_too(client):
    cards(3)
    answer = client.get("/api/v1/organisations/?limit=2&q=podmiot")
    following = answer.json()["next"]
    first = "http://testserver/api/v1/organisations/?limit=2&q=podmiot"
    assert answer.headers["Link"] == f'<{following}>; rel="next", <{first}>; rel="first"'


@pytest.mark.parametrize("change", ["sort=nowe", "cut", "flip", "list"])
def test_a_cursor_that_was_changed_or_is_from_elsewhere_is_refused(client, change):
    cards(3)
    following = client.get("/api/v1/organisations/?limit=2").json()["next"]
    if change == "cut":
        following = following[:-3]
    elif change == "flip":
        following = following.replace("cursor=", "cursor=A")
    elif change == "list":  # sorted alike, by names
        following = following.replace("/organisations/", "/offers/")
    else:
        following = f"{following}&{change}"
    answer = client.get(following)
    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == ["cursor"]


def test_a_page_whose_rows_are_gone_by_now_leads_back_to_what_stands(client):
    cards(3)
    following = client.get("/api/v1/organisations/?limit=2").json()["next"]
    CatalogueEntry.objects.order_by("sort_key", "pk").last().delete()
    page = client.get(following).json()
    assert (page["results"], page["next"]) == ([], None)
    assert page["previous"] == "http://testserver/api/v1/organisations/?limit=2"
