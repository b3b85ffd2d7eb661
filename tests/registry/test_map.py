import json

import pytest
from django.test import RequestFactory

from registry import facets
from registry.filters import CatalogueFilter
from registry.models import County
from registry.results import Result
from registry.views.map import map_context
from tests.registry.factories import OrganisationFactory, refresh

pytestmark = pytest.mark.django_db
WROCLAW, KLODZKO_TOWN, KLODZKO_RURAL = "0264011", "0208021", "0208072"


def card(municipality=WROCLAW, **fields):
    return OrganisationFactory(institution__municipality_id=municipality, published=True, **fields)


def figures(client, query="", status=200):
    response = client.get(f"/katalog/mapa.json{query}")
    assert response.status_code == status
    return response.json()


def counted(places):
    return {place["id"]: place["count"] for place in places if place["count"]}


def test_every_county_has_a_count_and_municipalities_only_where_something_is(client):
    card(WROCLAW, latitude=51.1, longitude=17.03)
    card(WROCLAW)
    card(KLODZKO_TOWN)
    OrganisationFactory(institution__municipality_id=WROCLAW)
    found = figures(client)
    assert len(found["counties"]) == 30
    assert counted(found["counties"]) == {"0264": 2, "0208": 1}
    names = [county["name"] for county in found["counties"]]
    assert names[:2] + names[-2:] == ["powiat bolesławiecki", "powiat dzierżoniowski"] + names[-2:]
    assert [(place["id"], place["name"], place["count"], place["exact"]) for place in found["municipalities"]] == [
        (KLODZKO_TOWN, "Kłodzko (gmina miejska)", 1, 0),
        (WROCLAW, "Wrocław", 2, 1),
    ]
    assert all(49 < place["lat"] < 52 and 14 < place["lon"] < 19 for place in found["municipalities"])


@pytest.mark.parametrize(
    ("query", "counts"),
    [
        ("?powiat=0208", {"0208": 2}),
        ("?gmina=0208021", {"0208": 1}),
        ("?kind=ngo", {"0208": 1}),
        ("?powiat=0208&powiat=0264&kind=spoldzielnia_socjalna", {"0208": 1, "0264": 1}),
        ("?q=catering&view=mapa&page=3", {"0264": 1}),
        ("?ps=1", {}),
    ],
)
def test_map_counts_what_the_filters_find(client, query, counts):
    card(WROCLAW, description="Catering.")
    card(KLODZKO_TOWN, description="Druk.")
    card(KLODZKO_RURAL, description="Druk.", kind_id="ngo")
    assert counted(figures(client, query)["counties"]) == counts


def test_typing_error_puts_on_the_map_what_the_list_shows(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        card(WROCLAW, description="Catering.")
        card(KLODZKO_TOWN, description="Druk.")
    assert counted(figures(client, "?q=cateringg")["counties"]) == {"0264": 1}
    assert counted(figures(client, "?q=cateringg&powiat=0208")["counties"]) == {}


@pytest.mark.parametrize("query", ["?powiat=9999", "?kind=nie-ma", "?ps=tak", "?sort=x", "?powiat=0208&gmina=1"])
def test_unknown_filter_value_is_refused_with_the_reason(client, query):
    card()
    answer = figures(client, query, status=400)
    assert list(answer) == ["error"]
    assert query.rpartition("&")[2].strip("?").partition("=")[0] in answer["error"]


def test_points_are_those_with_coordinates_inside_the_frame(client):
    here = card(latitude=51.1, longitude=17.03, slug="tutaj")
    card(latitude=51.2, longitude=17.04, slug="obok-a", institution__name="Arka")
    card(latitude=51.2, longitude=17.04, slug="obok-b", institution__name="Barka")
    card(latitude=50.4, longitude=16.6)
    card()
    assert figures(client, "?ramka=17,51,17.1,51.3") == {
        "points": [
            {"lat": 51.2, "lon": 17.04, "count": 2, "name": "Arka", "slug": "obok-a", "gmina": WROCLAW},
            {"lat": 51.1, "lon": 17.03, "count": 1, "name": str(here), "slug": "tutaj", "gmina": WROCLAW},
        ]
    }
    assert figures(client, "?ramka=17,51,17.1,51.3&kind=ngo") == {"points": []}


@pytest.mark.parametrize(
    "frame",
    ["", "1,2,3", "a,b,c,d", "17,51,16,52", "17,52,18,51", "-181,0,1,1", "nan,0,1,1", "0,0,inf,1", "1,2,3,4,5"],
)
def test_impossible_frame_is_refused(client, frame):
    assert "ramka" in figures(client, f"?ramka={frame}", status=400)["error"]


def test_number_of_queries_does_not_grow_with_the_result(client, django_assert_num_queries):
    card()
    with django_assert_num_queries(5):
        figures(client)
    for municipality in (KLODZKO_TOWN, KLODZKO_RURAL, WROCLAW):
        card(municipality)
    with django_assert_num_queries(5):
        figures(client)


@pytest.mark.parametrize(("query", "features"), [("", 30), ("?poziom=powiat", 30), ("?poziom=gmina", 169)])
def test_boundaries_are_small_and_may_be_kept(client, query, features):
    response = client.get(f"/katalog/granice.json{query}", headers={"Accept-Encoding": "gzip"})
    assert response["Cache-Control"] == "max-age=86400"
    assert len(response.content) < 60_000
    again = client.get(f"/katalog/granice.json{query}", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    shapes = client.get(f"/katalog/granice.json{query}").json()
    assert shapes["type"] == "FeatureCollection"
    assert len(shapes["features"]) == features
    assert len({shape["id"] for shape in shapes["features"]}) == features


def test_boundaries_of_an_unknown_level_are_refused(client):
    assert client.get("/katalog/granice.json?poziom=wies").status_code == 400


def test_boundaries_name_the_county_as_people_do(client):
    shapes = client.get("/katalog/granice.json").json()["features"]
    assert {shape["id"]: shape["properties"]["name"] for shape in shapes} == {
        county.teryt: str(county) for county in County.objects.all()
    }


def test_list_of_counties_narrows_the_same_query():
    card(WROCLAW)
    card(KLODZKO_TOWN)
    request = RequestFactory().get("/katalog/?q=catering&gmina=0208021&powiat=0264&page=2&view=mapa")
    context = map_context(request, Result(CatalogueFilter("q=catering"), facets.CATALOGUE))
    assert context["query"] == "q=catering&gmina=0208021&powiat=0264"
    wroclaw = next(county for county in context["counties"] if county["id"] == "0264")
    assert (wroclaw["count"], wroclaw["url"]) == (1, "?q=catering&powiat=0264&view=mapa")
    assert context["elsewhere"] == 0


def test_organisations_without_a_county_are_counted_apart():
    card()
    nowhere = OrganisationFactory(institution__municipality_id=None, institution__county_id=None, published=True)
    refresh(nowhere)
    result = Result(CatalogueFilter(""), facets.CATALOGUE)
    assert map_context(RequestFactory().get("/katalog/"), result)["elsewhere"] == 1


def test_hostile_name_stays_data(client):
    card(latitude=51.1, longitude=17.03, institution__name="</script><img src=x onerror=alert(1)>")
    response = client.get("/katalog/mapa.json?ramka=17,51,18,52")
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["points"][0]["name"] == "</script><img src=x onerror=alert(1)>"
