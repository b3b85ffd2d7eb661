"""The API as HTTP: versions, limits, other sites, and what is said when something is wrong."""

import gzip

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import RedisError

from tests.open_data.filled import LISTS, cards, fill

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/organisations/"


@pytest.mark.parametrize("name", LISTS)
def test_an_unchanged_list_is_told_in_one_query(client, name):
    fill(1)
    answer = client.get(f"/api/v1/{name}/")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    with CaptureQueriesContext(connection) as asked:
        again = client.get(f"/api/v1/{name}/", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content, len(asked)) == (304, b"", 1)
    assert again.headers["ETag"] == answer.headers["ETag"]
    assert "RateLimit-Remaining" in again.headers


def test_a_changed_list_is_sent_anew(client):
    cards(1)
    etag = client.get(ROOT).headers["ETag"]
    cards(1)
    assert client.get(ROOT, headers={"if-none-match": etag}).status_code == 200


def test_nothing_of_a_person_is_asked_for_or_left_behind(coordinator):
    cards(1)
    own, others = coordinator.get(ROOT), Client().get(ROOT)
    assert own.content == others.content
    assert not own.cookies
    assert own.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in others.headers["Vary"]


def test_an_answer_is_packed_and_a_head_is_empty(client):
    cards(20)
    packed = client.get(ROOT, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == client.get(ROOT).content
    head = client.head(ROOT)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == client.get(ROOT).headers["ETag"]


def test_too_many_requests_are_told_how_long_to_wait(client, settings):
    settings.API_REQUESTS_PER_MINUTE, settings.PROXIES = 2, 1
    cards(1)
    left = [client.get(ROOT, headers={"x-forwarded-for": "203.0.113.7"}) for _ in range(3)]
    assert [one.headers["RateLimit-Remaining"] for one in left] == ["1", "0", "0"]
    assert [one.status_code for one in left] == [200, 200, 429]
    refused = left[2]
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["RateLimit-Limit"] == "2"
    assert 1 <= int(refused.headers["Retry-After"]) == int(refused.headers["RateLimit-Reset"]) <= 60
    # Another address has its own.
    assert client.get(ROOT, headers={"x-forwarded-for": "203.0.113.8"}).status_code == 200


def test_without_the_cache_nobody_is_stopped(client, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 1

    def away(*args, **kwargs):
        raise RedisError("away")

    monkeypatch.setattr(cache, "incr", away)
    assert [client.get(ROOT).status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize(
    ("address", "status"),
    [(ROOT, 200), (f"{ROOT}999999/", 404), ("/api/nie-ma/", 404), (f"{ROOT}?kind=smok", 400), (f"{ROOT}?q=%00", 400)],
)
def test_pages_of_other_sites_may_read_every_answer(client, address, status):
    answer = client.get(address, headers={"origin": "https://inna.example"})
    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_browser_may_ask_first(client):
    asked = {"origin": "https://inna.example", "access-control-request-method": "GET"}
    answer = client.options(ROOT, headers=asked | {"access-control-request-headers": "if-none-match"})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    # Pages for people stay closed.
    assert client.options("/katalog/", headers=asked).status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/katalog/").headers


@pytest.mark.parametrize(
    ("method", "address", "headers", "status"),
    [
        ("GET", "/api/", {}, 404),
        ("GET", "/api/v1/smoki/", {}, 404),
        ("GET", f"{ROOT}smok/", {}, 404),
        ("POST", ROOT, {}, 405),
        ("DELETE", f"{ROOT}1/", {}, 405),
        ("GET", ROOT, {"accept": "application/xml"}, 406),
        ("GET", f"{ROOT}%00/", {}, 400),
    ],
)
def test_whatever_is_wrong_is_a_problem_in_polish(client, method, address, headers, status):
    answer = client.generic(method, address, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert list(problem)[:5] == ["type", "title", "status", "detail", "instance"]
    assert (problem["status"], problem["type"]) == (status, f"/api/v1/docs/#problem-{status}")
    assert answer.headers["Cache-Control"] == "no-store"


def test_our_own_fault_is_a_problem_too(client, monkeypatch):
    from open_data.api.collections.organisations import Organisations

    monkeypatch.setattr(Organisations, "version", lambda self: 1 / 0)
    client.raise_request_exception = False
    answer = client.get(ROOT)
    assert (answer.status_code, answer.json()["title"]) == (500, "Błąd portalu")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_root_leads_to_every_list(client):
    told = client.get("/api/v1/").json()
    assert [one["name"] for one in told["lists"]] == list(LISTS)
    for address in [told["schema"], told["docs"], told["changes"], *(one["url"] for one in told["lists"])]:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("", "*/*", "application/json"),
        ("?format=yaml", "text/html", "application/yaml"),
        ("", "application/yaml", "application/yaml"),
    ],
)
def test_the_schema_comes_as_json_and_as_yaml(client, query, accept, kind):
    answer = client.get(f"/api/v1/schema/{query}", headers={"accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, kind)
    assert b"3.1.0" in answer.content[:40]
    assert client.get("/api/v1/schema/?format=xml").status_code == 400


def test_the_page_for_people_tells_every_list_and_parameter(client):
    page = client.get("/api/v1/docs/").content.decode()
    schema = client.get("/api/v1/schema/").json()
    for name in LISTS:
        assert f'<section id="{name}">' in page
        for parameter in schema["paths"][f"/api/v1/{name}/"]["get"]["parameters"]:
            assert f">{parameter['name']}</th>" in page
    assert 'id="problem-429"' in page
    assert '<section id="zmiany">' in page
    assert "<script>" not in page
    assert "style=" not in page
