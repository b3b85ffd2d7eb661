"""Matching at the size of the register: "kto to zrobi", one notice against all suppliers, a whole plan."""

import gzip
import statistics
import time
from itertools import cycle, islice

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.catalogue import PLAIN_STATIC, RUNS, Statements, percentile
from core.memory import no_collecting
from core.settling import WARM
from procurement.matching.found import ranked, who_can
from procurement.matching.needs import Need
from procurement.matching.shelf import Shelf
from registry.models import CatalogueEntry, CpvCode, OfferEntry

PAGE_LIMIT, NOTICE_LIMIT, PLAN_LIMIT = 60, 100, 20_000  # milliseconds
PLAN = 2_000
# Orders as officers write them: subject, CPV, county.
ORDERS = (
    ("Kompleksowe sprzątanie budynku urzędu", "90910000", "0264"),
    ("Bieżące utrzymanie zieleni na terenie gminy", "", "0219"),
    ("Usługa cateringowa podczas konferencji", "55520000", ""),
    ("Świadczenie usług opiekuńczych w miejscu zamieszkania", "85312000", "0208"),
    ("Druk materiałów informacyjnych i plakatów", "79810000", ""),
    ("Zimowe utrzymanie chodników i placów", "90620000", "0265"),
    ("Remont lokali mieszkalnych i malowanie klatek schodowych", "45453000", "0203"),
    ("Dowożenie uczniów z niepełnosprawnościami do szkół", "60130000", "0219"),
    ("Budowa mostu nad rzeką", "45221100", "0264"),
    ("Organizacja pikniku rodzinnego z animacjami dla dzieci", "79952000", ""),
    ("Zakup upominków i wyrobów rękodzielniczych", "", "0202"),
    ("Digitalizacja zasobu archiwalnego", "79999100", ""),
)


def run(size):
    settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
    settings.STORAGES["staticfiles"] = PLAIN_STATIC
    with connection.cursor() as cursor:
        for model in (CatalogueEntry, OfferEntry):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
    print(f"\nMatching, {size:,} organisations, {OfferEntry.objects.count():,} offers; times in ms")
    print(f"{'what':<64}{'found':>7}{'median':>9}{'p95':>8}{'sql':>8}{'queries':>9}{'limit':>7}")
    # As in a server that has been up for a while: words and kinds of work are loaded.
    for order in islice(cycle(ORDERS), WARM):
        Client().get("/zamowienia/kto-to-zrobi/", _query(*order))
    for order in ORDERS:
        print_page(*order)
    for order in ORDERS:
        print_notice(*order)
    print_plan()


def print_page(subject, cpv, county):
    client, query = Client(headers={"accept-encoding": "gzip"}), _query(subject, cpv, county)
    for _ in range(2):
        response = client.get("/zamowienia/kto-to-zrobi/", query)
    walls, statements = [], Statements()
    with connection.execute_wrapper(statements):
        for _ in range(RUNS):
            started = time.perf_counter()
            response = client.get("/zamowienia/kto-to-zrobi/", query)
            walls.append(1000 * (time.perf_counter() - started))
    found = gzip.decompress(response.content).count(b'class="row"')
    _print(f"page: {subject}", found, walls, statements, PAGE_LIMIT)


def _query(subject, cpv, county):
    return {"q": subject, "cpv": cpv, "powiat": county}


def print_notice(subject, cpv, county):
    """All suppliers that a new notice fits; the understanding of its words is not kept from the run before."""
    walls, statements, matches = [], Statements(), []
    least = settings.MATCHING["least_alert"]
    with connection.execute_wrapper(statements):
        for number in range(RUNS):
            need = _need(f"{subject} {number}", cpv, county)
            started = time.perf_counter()
            matches = who_can(
                need, today=timezone.localdate(), least=least, most=settings.MATCHING_TOLD, served_only=True
            )
            walls.append(1000 * (time.perf_counter() - started))
    _print(f"notice: {subject}", len(matches), walls, statements, NOTICE_LIMIT)


def print_plan():
    started = time.perf_counter()
    shelf, read = Shelf(), time.perf_counter()
    found, least = 0, settings.MATCHING["least_alert"]
    with no_collecting():
        for number, order in enumerate(islice(cycle(ORDERS), PLAN)):
            # An item of a plan is done where its authority sits.
            need = _need(f"{order[0]} pozycja {number}", order[1], order[2] or "0264")
            found += len(ranked(need, shelf.find(need), today=timezone.localdate(), least=least))
    done = time.perf_counter()
    print(
        f"plan of {PLAN:,} items: offers read in {read - started:.1f} s, matched in {done - read:.1f} s, together "
        f"{done - started:.1f} s (limit {PLAN_LIMIT / 1000:.0f} s), {found:,} fits"
    )


def _need(subject, cpv, county):
    codes = (cpv,) if cpv else ()
    words = " ".join(CpvCode.objects.filter(pk__in=codes).values_list("label_pl", flat=True)) if codes else ""
    return Need(text=subject, cpv=codes, cpv_words=words, area=county)


def _print(name, found, walls, statements, limit):
    count = len(statements.sent) / len(walls)
    print(
        f"{name:<64}{found:>7}{statistics.median(walls):>9.1f}{percentile(walls):>8.1f}"
        f"{1000 * statements.seconds / len(walls):>8.1f}{count:>9.1f}{limit:>7}"
    )
