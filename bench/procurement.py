"""How fast orders answer with 200,000 items and notices of 500 authorities: the same at each of SIZES.

ORDERS=20000 makes fewer. The organisations are those of the region: some of them win.
"""

import gzip
import os
import re
import statistics
import time
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from bench.catalogue import PLAIN_STATIC, RUNS, percentile, visited
from bench.memory import Memory
from bench.orders import fill
from bench.unkept import nothing_kept
from core.settling import settle
from procurement.models import ContractingAuthority, EntryChange, PostingEntry, Release
from procurement.outlets import counting
from procurement.use_cases import entries

COUNT = int(os.environ.get("ORDERS", "200000"))
LIMIT, MOST_QUERIES, RATE = 60, 8, 2_000
TABLES = (
    "procurement_posting procurement_contractingauthority procurement_plan procurement_postingword "
    "procurement_entrycell procurement_entrybuyer"
)


def run(size):
    settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
    settings.STORAGES["staticfiles"] = PLAIN_STATIC
    made()
    # What was needed to make them is no server's burden.
    settle()
    print(f"\nOrders, {PostingEntry.objects.count():,} entries, {RUNS} runs each; times in ms")
    print_list()
    print_conditional()
    print_export()
    print_dump("releases.json", follow)
    print_dump("releases.jsonl", lines)
    print_refresh()


def made():
    """The orders, once for this database."""
    if Release.objects.count() >= COUNT:
        return
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES.split())} CASCADE")
    fill(COUNT)
    filled = time.perf_counter()
    entries.rebuild(now=timezone.now())
    rebuilt = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{COUNT:,} orders invented in {filled - started:.1f} s, entries and releases in {rebuilt - filled:.1f} s")


def queries():
    buyer = ContractingAuthority.objects.order_by("pk")[0].slug
    return {
        "none": {},
        "common word": {"q": "usługi"},
        "two words": {"q": "sprzątanie budynków"},
        "typing error": {"q": "sprzontanie"},
        "type": {"type": "ogloszenie"},
        "county + kind": {"powiat": "0208", "kind": "uslugi"},
        "clause": {"clause": "art94"},
        "article + year": {"art": "96", "year": "2026"},
        "buyer": {"buyer": buyer},
        "CPV": {"cpv": "90910000-9"},
        "value": {"value_from": "100000", "value_to": "200000"},
        "open, by deadline": {"open": "1", "sort": "termin"},
        "by value": {"sort": "wartosc"},
        "page 50": {"page": "50"},
        "no result": {"q": "betoniarnia", "powiat": "0208"},
    }


def print_list():
    """p95 of three visits: with nothing counted, as if nobody had ever asked; the first after a change, when the
    worker has counted; and of who asks the same again.
    """
    names = {name: f"/zamowienia/?{urlencode(query)}" for name, query in queries().items()}
    again = {name: measured(url, RUNS) for name, url in names.items()}
    changed = after_changes(names)
    print(f"{'query':<26}{'found':>9}{'uncounted':>11}{'sql':>8}{'queries':>9}{'changed':>9}{'again':>8}{'limit':>7}")
    for name, url in names.items():
        with nothing_kept():
            walls, sql, sent, found = measured(url, RUNS)
        if sent <= again[name].sent:
            raise SystemExit(f"{name}: counts of a first visit were read from the cache")
        late = "" if percentile(changed[name]) <= LIMIT and sent <= MOST_QUERIES else "  LATE"
        print(
            f"{name:<26}{found:>9,}{percentile(walls):>11.1f}{sql:>8.1f}{sent:>9}"
            f"{percentile(changed[name]):>9.1f}{percentile(again[name].walls):>8.1f}{LIMIT:>7}{late}"
        )


class Visits(NamedTuple):
    walls: list
    sql: float
    sent: int
    found: int


def measured(url, runs):
    """Milliseconds of each of so many visits after one that is not counted; the median of the SQL's."""
    client = Client(headers={"accept-encoding": "gzip"})
    client.get(url)
    walls, sql, sent, response = visited(client, url, runs)
    found = int(re.search(rb'id="result-count" value="(\d+)"', gzip.decompress(response.content))[1])
    return Visits(walls, statistics.median(sql), len(sent), found)


def after_changes(names):
    """{name: milliseconds of the first visit after each of RUNS changes}, of which the worker has heard."""
    walls, client = {name: [] for name in names}, Client(headers={"accept-encoding": "gzip"})
    for _ in range(RUNS):
        EntryChange.objects.create()
        counting.count_ahead(timezone.now())
        for name, url in names.items():
            started = time.perf_counter()
            client.get(url)
            walls[name].append(1000 * (time.perf_counter() - started))
    return walls


def print_conditional():
    client = Client()
    etag = client.get("/zamowienia/").headers["ETag"]
    walls = []
    for _ in range(RUNS):
        started = time.perf_counter()
        status = client.get("/zamowienia/", headers={"if-none-match": etag}).status_code
        walls.append(1000 * (time.perf_counter() - started))
    print(f"\nNot modified: {status} in {statistics.median(walls):.1f} ms")


def print_export():
    for extension in ("csv", "json"):
        with Memory() as memory:
            started = time.perf_counter()
            length = sum(map(len, Client().get(f"/zamowienia/eksport.{extension}").streaming_content))
            seconds = time.perf_counter() - started
        print(f"export {extension}: {length / 1e6:.1f} MB in {seconds:.1f} s, at most {memory.most:.0f} MB of memory")


def print_dump(name, read):
    with Memory() as memory:
        started = time.perf_counter()
        length = read(f"/zamowienia/ocds/{name}")
        seconds = time.perf_counter() - started
    count = Release.objects.count()
    rate = count / seconds
    late = "" if rate >= RATE else "  LATE"
    print(
        f"OCDS {name}: {count:,} releases, {length / 1e6:.1f} MB in {seconds:.1f} s: {rate:,.0f} a second"
        f" (at least {RATE:,}), at most {memory.most:.0f} MB of memory{late}"
    )


def lines(address):
    return sum(map(len, Client().get(address).streaming_content))


def follow(address):
    """All pages by their links; how many bytes. Of a page only its end is kept."""
    client, length = Client(), 0
    while address:
        end = b""
        for piece in client.get(address).streaming_content:
            length += len(piece)
            end = (end + piece)[-500:]
        _, found, rest = end.partition(b'"next":"')
        address = "/" + rest.split(b'"')[0].decode().split("/", 3)[3] if found else ""
    return length


def print_refresh():
    """What one change and a plan of 2,000 items cost those who write."""
    ids = list(PostingEntry.objects.filter(type="plan").order_by("pk").values_list("pk", flat=True)[:2_000])
    for some in (ids[:1], ids):
        started = time.perf_counter()
        with transaction.atomic():
            entries.refresh(some, now=timezone.now() + timedelta(days=1))
        print(f"refreshing {len(some):,}: {1000 * (time.perf_counter() - started):,.0f} ms")
