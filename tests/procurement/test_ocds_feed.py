"""Reading on from where one was: nothing is missed, whoever commits when."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from procurement.models import Release
from procurement.ocds import feed
from procurement.use_cases import entries
from procurement.views import ocds
from tests.events.threads import apart, held, until_given_out
from tests.notifications.site import PATIENCE
from tests.procurement.factories import PlanVersionFactory
from tests.procurement.orders import NOW, notice, plan_item, refresh

RELEASES, RECORDS = "/zamowienia/ocds/releases.json", "/zamowienia/ocds/records.json"


def package(client, address):
    return json.loads(b"".join(client.get(address).streaming_content))


def path_of(address):
    return "/" + address.split("/", 3)[3]


def walk(client, address, name):
    """[ocids of each page], and where to come back to."""
    pages = []
    while True:
        page = package(client, address)
        pages.append([one["ocid"] for one in page[name]])
        if "next" not in page["links"]:
            return pages, path_of(page["links"]["later"])
        address = path_of(page["links"]["next"])


@pytest.fixture
def seven(db):
    made = [notice(subject=f"Zamówienie {number}") for number in range(7)]
    refresh()
    return [one.posting.ocid for one in made]


@pytest.mark.parametrize("size", [1, 3, 7, 8])
def test_pages_hold_everything_once(client, seven, monkeypatch, size):
    monkeypatch.setattr(ocds, "RELEASES", size)
    monkeypatch.setattr(ocds, "RECORDS", size)
    for address, name in ((RELEASES, "releases"), (RECORDS, "records")):
        pages, later = walk(client, address, name)
        assert sum(pages, []) == seven
        assert {len(page) for page in pages[:-1]} <= {size}
        assert package(client, later)[name] == []


def test_chunks_of_the_database_are_put_together(client, seven, monkeypatch):
    monkeypatch.setattr(feed, "CHUNK", 3)
    assert walk(client, RELEASES, "releases")[0] == [seven]
    lines = b"".join(client.get("/zamowienia/ocds/releases.jsonl").streaming_content).splitlines()
    assert [json.loads(line)["ocid"] for line in lines] == seven


def test_what_is_told_later_comes_after_the_mark(client, seven):
    _, later = walk(client, RELEASES, "releases")
    made = notice(subject="Nowe")
    refresh()
    assert walk(client, later, "releases")[0] == [[made.posting.ocid]]


def test_a_record_that_has_changed_comes_again(client, seven):
    _, later = walk(client, RECORDS, "records")
    first = Release.objects.select_related("posting__notice").order_by("pk")[0].posting.notice
    first.subject = "Zmienione"
    first.save()
    refresh()
    assert walk(client, later, "records")[0] == [[first.posting.ocid]]
    everything, _ = walk(client, RECORDS, "records")
    assert sorted(sum(everything, [])) == sorted(seven)


@pytest.mark.parametrize(
    "query",
    ["after=x", "after=1", "after=-1-1", "after=9999999999999-1", f"after={'9' * 400}-1", "after=1-1&page=2", "x=1"],
)
def test_a_mark_that_is_none_is_refused_with_the_reason(client, seven, query):
    for address in (RELEASES, RECORDS):
        response = client.get(f"{address}?{query}")
        assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert response.content.decode().strip()


@pytest.mark.parametrize("ocid", ["ocds-000000-nie-ma", "x", "a" * 3000, "..%5c"])
def test_an_unknown_process_is_not_there(client, db, ocid):
    assert client.get(f"/zamowienia/ocds/{ocid}.json").status_code == 404


@pytest.mark.parametrize("rows", [1, 25])
def test_pages_ask_the_same_number_of_times(client, db, django_assert_num_queries, rows):
    version = PlanVersionFactory()
    for number in range(rows):
        notice(clauses=["art94"], cpv=["55520000"])
        plan_item(version=version, publish=number == rows - 1, clauses=["art94"], cpv=["55520000"])
    refresh()
    for address, count in ((RELEASES, 7), (RECORDS, 8)):
        with django_assert_num_queries(count):
            package(client, address)


def test_an_unchanged_page_is_not_sent_twice(client, seven):
    first = client.get(RELEASES)
    assert client.get(RELEASES, headers={"if-none-match": first["ETag"]}).status_code == 304
    notice()
    refresh()
    assert client.get(RELEASES, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_row_that_commits_late_is_not_missed(client):
    early, late = notice(subject="Wcześniejsze"), notice(subject="Późniejsze")

    def publish(pk, now):
        with transaction.atomic():
            entries.refresh([pk], now=now)

    go = Signal()
    slow = held(publish, go)
    with ThreadPoolExecutor(max_workers=2) as threads:
        running = threads.submit(apart, slow, pk=early.pk)
        assert slow.ready.wait(PATIENCE)
        # The other one begins later and is done before.
        threads.submit(apart, publish, pk=late.pk).result(PATIENCE)
        pages, later = walk(client, RELEASES, "releases")
        # It is there, but what may still come before it is waited for.
        assert Release.objects.count() == 1
        assert pages == [[]]
        assert package(client, RECORDS)["records"] == []
        go.set()
        running.result(PATIENCE)
    until_given_out()
    assert walk(client, later, "releases")[0] == [[early.posting.ocid, late.posting.ocid]]


@pytest.mark.django_db(transaction=True)
def test_of_two_refreshes_at_once_one_release_is_told():
    made = notice()
    with ThreadPoolExecutor(max_workers=2) as threads:
        both = [threads.submit(apart, lambda now: entries.refresh([made.pk], now=NOW)) for _ in range(2)]
        for one in both:
            one.result(PATIENCE)
    assert Release.objects.count() == 1


@pytest.fixture
def elsewhere(db):
    """A transaction that runs in another database of the server, older than what the test writes."""
    settings = connection.get_connection_params() | {"dbname": "postgres"}
    wanted = {name: settings[name] for name in ("host", "port", "user", "password", "dbname") if name in settings}
    with psycopg.connect(**wanted) as other:
        other.execute("SELECT pg_current_xact_id()")
        yield


@pytest.mark.django_db(transaction=True)
def test_what_runs_in_another_database_of_the_server_is_not_waited_for(client, elsewhere):
    made = notice()
    refresh()
    until_given_out()
    assert walk(client, RELEASES, "releases")[0] == [[made.posting.ocid]]


def test_a_place_that_was_just_given_out_is_no_place_of_the_future(client, elsewhere, seven):
    _, later = walk(client, RELEASES, "releases")
    assert package(client, later)["releases"] == []


@pytest.mark.django_db(transaction=True)
def test_rows_of_another_server_come_first_after_a_restoration(client):
    notice()
    refresh()
    Release.objects.update(transaction=10**15)
    made = notice()
    refresh()
    until_given_out()
    assert walk(client, RELEASES, "releases")[0] == [[made.posting.ocid]]
    call_command("rebuild_orders", stdout=io.StringIO())
    first, second = walk(client, RELEASES, "releases")[0][0]
    assert (first != made.posting.ocid, second) == (True, made.posting.ocid)
