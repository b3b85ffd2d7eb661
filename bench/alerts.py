"""The morning's run of alerts: 20,000 saved searches, most of them unlike any other, after 500 cards have changed."""

import time
from datetime import timedelta
from itertools import product
from random import Random

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.memory import Memory
from core.commit_order import horizon
from notifications import alerts
from notifications.choices import AlertFrequency, SearchState
from notifications.models import News, OutgoingEmail, SavedSearch
from registry.models import County, OfferCategory, Organisation, OrganisationKind
from registry.use_cases import catalogue

LIMIT = 120  # seconds, of 20,000 searches
SEARCHES, CHANGED = (1_000, 5_000, 20_000), 500
WORDS = (
    "catering sprzątanie ogrody druk szycie remonty opieka transport pranie meble rękodzieło szkolenia gastronomia "
    "zieleń montaż pakowanie archiwizacja strony świąteczne przedszkole"
).split()


def run(size):
    settings.DEBUG = False
    print(f"\nAlerts, {size:,} organisations, {CHANGED} changed cards; limit {LIMIT} s for {SEARCHES[-1]:,} searches")
    print(f"{'searches':>9}{'distinct':>10}{'people':>8}{'seconds':>9}{'queries':>9}{'letters':>9}{'memory MB':>11}")
    for count in SEARCHES:
        print_run(count)
    print_writing()


def print_run(count):
    now = timezone.now()
    OutgoingEmail.objects.all().delete()
    SavedSearch.objects.all().delete()
    distinct = save(count, now)
    change(now)
    sent = Count()
    with Memory() as memory, connection.execute_wrapper(sent):
        began = time.perf_counter()
        looked, letters = alerts.tell(now=now + timedelta(days=1))
        took = time.perf_counter() - began
    people = -(-count // 2)
    print(
        f"{looked:>9,}{distinct:>10,}{people:>8,}{took:>9.1f}{sent.number:>9,}{letters:>9,}{memory.most:>11.0f}",
        "  OVER" if took > LIMIT else "",
        flush=True,
    )


def save(count, now):
    """Searches of words, places and sorts, two for each person; returns how many of them are unlike one another."""
    random, seen = Random(20261129), horizon()  # noqa: S311 - nothing secret
    counties = list(County.objects.values_list("teryt", flat=True))
    kinds = list(OrganisationKind.objects.values_list("code", flat=True))
    categories = list(OfferCategory.objects.values_list("code", flat=True))
    words = [f"q={word}" for word in [*WORDS, *map(" ".join, product(WORDS, WORDS[:8]))]]
    whats = [*words, *(f"category={code}" for code in categories), *(f"kind={code}" for code in kinds), "ps=1", ""]
    queries = [f"{what}&powiat={random.choice(counties)}".lstrip("&") for what in random.choices(whats, k=count)]
    SavedSearch.objects.bulk_create(
        SavedSearch(
            email=f"osoba{number // 2}@example.pl",
            search=random.choice(["katalog", "katalog", "oferty"]) if "ps=" not in query else "katalog",
            query=query.replace(" ", "+") + ("" if number % 2 else "&mark=1" * (number % 7 == 0)),
            title="Katalog podmiotów",
            frequency=AlertFrequency.DAILY,
            state=SearchState.ACTIVE,
            created_at=now,
            confirmed_at=now,
            looked_at=now - timedelta(days=1),
            seen_until=seen,
        )
        for number, query in enumerate(queries)
        if not number % 2 or query != queries[number - 1]
    )
    return SavedSearch.objects.values("search", "query").distinct().count()


class Count:
    """An execute wrapper that counts and keeps nothing."""

    number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


def change(now):
    ids = list(Organisation.objects.published().order_by("?").values_list("pk", flat=True)[:CHANGED])
    Organisation.objects.filter(pk__in=ids).update(updated_at=now)
    catalogue.refresh(ids, now=now)


def print_writing():
    """What it costs to note news: everything written anew and nothing of it news, as every Sunday."""
    noted = News.objects.order_by("-transaction").values_list("transaction", flat=True).first()
    began = time.perf_counter()
    cards = catalogue.rebuild(now=timezone.now())
    took = time.perf_counter() - began
    news = News.objects.filter(transaction__gt=noted).count()
    print(f"all {cards:,} cards written anew in {took:.1f} s, of which are news: {news}")
