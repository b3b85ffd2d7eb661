"""How fast the catalogue answers: twelve fixed queries, the weight of a first visit, the memory of exports."""

import gzip
import re
import statistics
import time
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client

from registry.models import CatalogueEntry, Organisation
from registry.search import Search

RUNS = 15
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def run(size):
    settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
    settings.STORAGES["staticfiles"] = PLAIN_STATIC
    print(f"\nCatalogue, {size:,} organisations, {RUNS} runs each; times in ms, bytes gzipped / plain HTML")
    print(
        f"{'query':<22}{'found':>8}{'median':>9}{'p95':>8}{'sql':>8}{'bare':>8}{'ratio':>7}{'queries':>9}{'bytes':>15}"
    )
    for name, query in queries().items():
        print(measure(name, query))
    print_first_visit()
    print_conditional()


def queries():
    town = Organisation.objects.order_by("pk").values_list("institution__municipality_id", flat=True)[0]
    return {
        "none": {},
        "common word": {"q": "usługi"},
        "rare word": {"q": rare_word()},
        "two words": {"q": "sprzątanie biur"},
        "typing error": {"q": "sprzontanie"},
        "county": {"powiat": "0208"},
        "municipality + kind": {"powiat": town[:4], "gmina": town, "kind": "spoldzielnia_socjalna"},
        "category + PS": {"category": "catering", "ps": "1"},
        "mark": {"mark": "1"},
        "map": {"view": "mapa"},
        "page 50": {"page": "50"},
        "no result": {"q": "usługi", "powiat": "0208", "kind": "zaz", "form": "kgw"},
    }


def rare_word():
    """The rarest long word of the descriptions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(word, 2) FROM ts_stat('SELECT search FROM registry_catalogueentry')"
            " WHERE word ~ '^d[a-z]{6,}$' ORDER BY ndoc, word LIMIT 20"
        )
        rare = [word for (word,) in cursor.fetchall()]
    return next(word for word in rare if CatalogueEntry.objects.filter(Search(word).condition).exists())


class Statements:
    """An execute wrapper that keeps what was sent and how long the database took."""

    def __init__(self):
        self.sent, self.seconds = [], 0.0

    def __call__(self, execute, sql, params, many, context):
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - started
            self.sent.append((sql, params))


def visited(client, url, runs=RUNS):
    """(milliseconds of each of so many visits, milliseconds of its SQL, what the last one sent, its answer)."""
    walls, times = [], []
    for _ in range(runs):
        statements = Statements()
        with connection.execute_wrapper(statements):
            started = time.perf_counter()
            response = client.get(url)
            walls.append(1000 * (time.perf_counter() - started))
        times.append(1000 * statements.seconds)
    return walls, times, statements.sent, response


def measure(name, query):
    client, url = Client(headers={"accept-encoding": "gzip"}), f"/katalog/?{urlencode(query)}"
    for _ in range(3):
        client.get(url)
    walls, times, sent, response = visited(client, url)
    body = gzip.decompress(response.content)
    found = re.search(rb'id="result-count" value="(\d+)"', body)[1].decode()
    wall, bare = statistics.median(walls), bare_sql(sent)
    return (
        f"{name:<22}{int(found):>8,}{wall:>9.1f}{percentile(walls):>8.1f}{statistics.median(times):>8.1f}"
        f"{bare:>8.1f}{wall / bare:>7.1f}{len(sent):>9}{len(response.content):>8,}/{len(body):,}"
    )


def bare_sql(sent):
    """Median milliseconds of the same statements through a cursor of psycopg alone, rows fetched."""
    totals = []
    factory = psycopg.ClientCursor
    with psycopg.connect(**bare_parameters(), autocommit=True, cursor_factory=factory) as connected:
        bare = connected.cursor()
        for _ in range(RUNS):
            started = time.perf_counter()
            for sql, params in sent:
                bare.execute(sql, params)
                while not bare.description:  # what a statement set before it asked
                    bare.nextset()
                bare.fetchall()
            totals.append(1000 * (time.perf_counter() - started))
    return statistics.median(totals)


def bare_parameters():
    connection.ensure_connection()
    info = connection.connection.info
    return {"host": info.host, "port": info.port, "user": info.user, "password": info.password, "dbname": info.dbname}


def percentile(values, share=0.95):
    return sorted(values)[min(len(values) - 1, round(share * len(values)))]


def print_first_visit():
    page = Client().get("/katalog/").content
    parts = {"/katalog/": page} | dict(assets(page.decode()))
    sizes = {name: len(gzip.compress(content)) for name, content in parts.items()}
    print(f"\nFirst visit to /katalog/: {sum(sizes.values()):,} bytes gzipped in {len(sizes)} requests")
    for name, size in sizes.items():
        print(f"  {size:>8,}  {name}")


def assets(text):
    """(name, content) of every style sheet and script a page names, and of what they import."""
    named = re.findall(r'(?:href|src)="/static/([^"?]+\.(?:css|js|svg))"', text)
    for name in named:
        content = Path(finders.find(name)).read_bytes()
        yield name, content
        for imported in re.findall(rb'@import url\("([^"]+)"\)', content):
            part = f"css/{imported.decode()}"
            yield part, Path(finders.find(part)).read_bytes()


def print_conditional():
    client = Client()
    etag = client.get("/katalog/").headers["ETag"]
    walls = []
    for _ in range(RUNS):
        started = time.perf_counter()
        response = client.get("/katalog/", headers={"if-none-match": etag})
        walls.append(1000 * (time.perf_counter() - started))
    print(f"\nNot modified: {response.status_code} in {statistics.median(walls):.1f} ms")
