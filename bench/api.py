"""A page of the API beside the SQL that the catalogue's own page sends for the same query string."""

import statistics
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.test import Client

from bench.catalogue import PLAIN_STATIC, percentile, visited

RUNS = 60
AIM = 1.5
QUERIES = {
    "none": {},
    "words": {"q": "sprzątanie biur"},
    "common word": {"q": "usługi"},
    "county + kind": {"powiat": "0264", "kind": "ngo"},
    "CPV": {"cpv": "90910000-9"},
}


def run(size):
    settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
    settings.STORAGES["staticfiles"] = PLAIN_STATIC
    settings.API_REQUESTS_PER_MINUTE = 10**9
    cache.clear()
    print(f"\nAPI, {size:,} organisations, a page of 50, {RUNS} runs each; times in ms; aim: ratio of p95 <= {AIM}")
    print(
        f"{'query':<16}{'rows':>6}{'median':>9}{'p95':>8}{'its sql':>9}{'queries':>9}"
        f"{'catalogue sql p95':>19}{'queries':>9}{'ratio':>7}"
    )
    measured = {name: measure(name, query) for name, query in QUERIES.items()}
    together = [sum((one[part] for one in measured.values()), []) for part in range(3)]
    for name, (*times, more) in (measured | {"all together": (*together, {})}).items():
        print(line(name, *times, **more))
    print_other_ways()


def measure(name, query):
    """Both by turns, so that a busy machine is busy for both."""
    client, text = Client(), urlencode(query)
    api, page = f"/api/v1/organisations/?{text}", f"/katalog/?{text}"
    for address in (api, page) * 3:
        client.get(address)
    walls, own, catalogue = [], [], []
    for _ in range(RUNS):
        wall, sql, sent, answer = visited(client, api, 1)
        _, beside, shown, _ = visited(client, page, 1)
        walls += wall
        own += sql
        catalogue += beside
    more = {"rows": len(answer.json()["results"]), "queries": len(sent), "of_catalogue": len(shown)}
    return walls, own, catalogue, more


def line(name, walls, own, catalogue, rows="", queries="", of_catalogue=""):
    limit = percentile(catalogue)
    return (
        f"{name:<16}{rows:>6}{statistics.median(walls):>9.1f}{percentile(walls):>8.1f}{percentile(own):>9.1f}"
        f"{queries:>9}{limit:>19.1f}{of_catalogue:>9}{percentile(walls) / limit:>7.2f}"
    )


def print_other_ways():
    client = Client()
    first = client.get("/api/v1/organisations/")
    ways = {
        "not modified": ("/api/v1/organisations/", {"if-none-match": first.headers["ETag"]}),
        "with count": ("/api/v1/organisations/?count=1", {}),
        "three columns": ("/api/v1/organisations/?fields=id,name,nip", {}),
        "with offers": ("/api/v1/organisations/?include=offers", {}),
        "behind a cursor": (first.json()["next"].removeprefix("http://testserver"), {}),
        "200 rows": ("/api/v1/organisations/?limit=200", {}),
    }
    print(f"\n{'way':<16}{'status':>8}{'median':>9}")
    for name, (address, headers) in ways.items():
        with_headers = Client(headers=headers)
        walls, _, _, answer = visited(with_headers, address)
        print(f"{name:<16}{answer.status_code:>8}{statistics.median(walls):>9.1f}")
