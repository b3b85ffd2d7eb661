"""/api/v1/zmiany/ as a program reads it."""

import json
from datetime import timedelta
from itertools import repeat

import pytest
from django.utils import timezone

from core import commit_order
from open_data.changes import reading
from open_data.use_cases.changes import forget
from registry.fields import MOST_VALUES
from registry.use_cases.organisations import withdraw
from tests.events.factories import EventFactory
from tests.open_data.following import FEED, Follower, path_of, settle, told
from tests.procurement.orders import notice
from tests.procurement.orders import refresh as refresh_orders
from tests.quality_mark.marks import marked
from tests.registry.factories import (
    NOW,
    OfferFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    refresh,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards():
    made = [OrganisationFactory(published=True) for _ in range(5)]
    settle()
    return made


def test_a_change_has_the_promised_shape(client, cards):
    first = client.get(FEED).json()["results"][0]

    assert list(first) == ["dataset", "id", "change", "at", "url", "page"]
    assert first["url"].endswith(f"/api/v1/organisations/{cards[0].pk}/")
    assert first["page"].endswith(f"/katalog/{cards[0].slug}/")
    assert first["at"][19:] in ("+01:00", "+02:00")


@pytest.mark.parametrize("size", [1, 2, 5, 6])
def test_pages_hold_everything_once_and_lead_on(client, cards, size):
    address, seen = f"{FEED}?limit={size}", []
    while address:
        answer = client.get(address)
        page = answer.json()
        assert answer["Link"] == f'<{page["next"]}>; rel="next"'
        assert len(page["results"]) == size or not page["more"]
        seen += [one["id"] for one in page["results"]]
        address = page["more"] and path_of(page["next"])

    assert seen == [card.pk for card in cards]


def test_an_empty_page_gives_the_same_place_back(client, cards):
    cursor = client.get(FEED).json()["cursor"]
    again = client.get(f"{FEED}?cursor={cursor}").json()

    assert (again["results"], again["cursor"], again["more"]) == ([], cursor, False)


def test_now_is_the_place_where_the_feed_ends(client, cards):
    now = client.get(f"{FEED}?cursor=teraz").json()

    assert now["results"] == []
    assert now["cursor"] == client.get(FEED).json()["cursor"] == reading.current_cursor()


def test_of_all_data_sets_those_are_told_that_were_asked_for(client, cards):
    OrganisationFactory(of_unit=True, published=True)
    EventFactory()
    settle()
    asked = client.get(f"{FEED}?dataset=units&dataset=events&limit=1").json()

    assert [one["dataset"] for one in asked["results"]] == ["units"]
    assert path_of(asked["next"]).endswith("limit=1&dataset=units&dataset=events")
    rest = client.get(path_of(asked["next"])).json()
    assert [one["dataset"] for one in rest["results"]] == ["events"]


def test_what_was_withdrawn_stays_as_a_line_without_a_page(client, cards):
    withdraw(organisation_id=cards[2].pk, now=NOW)

    assert ("organisations", cards[2].pk, "withdrawn") in told(client)
    [line] = [one for one in client.get(FEED).json()["results"] if one["change"] == "withdrawn"]
    assert line["page"] is None


def test_every_data_set_is_told_with_the_page_of_the_object(client):
    made = marked()
    status = SocialEnterpriseStatusFactory(institution=made.offer.organisation.institution)
    unit = OrganisationFactory(of_unit=True, published=True)
    event, order = EventFactory(), notice()
    refresh()
    refresh_orders()
    settle()
    lines = client.get(FEED, {"include": "row"}).json()["results"]
    found = {(one["dataset"], one["id"]): one["page"] for one in lines}

    card = f"/katalog/{made.offer.organisation.slug}/"
    expected = {
        ("organisations", made.offer.organisation_id): card,
        ("organisations", unit.pk): f"/katalog/{unit.slug}/",
        ("units", unit.pk): f"/katalog/{unit.slug}/",
        ("statuses", status.pk): card,
        ("offers", made.offer_id): made.offer.get_absolute_url(),
        ("mark-holders", made.number.replace("/", "-")): f"/znak/weryfikacja/{made.number.replace('/', '-')}/",
        ("events", event.pk): event.get_absolute_url(),
        ("procurement", order.posting_id): order.posting.entry.get_absolute_url(),
    }
    assert {key: path_of(page) for key, page in found.items()} == expected
    assert all(client.get(page).status_code == 200 for page in expected.values())
    for one in lines:
        assert one["row"] == client.get(path_of(one["url"])).json()
        assert one["row"]["id"] == one["id"]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_asks_the_same_number_of_times(client, rows, django_assert_num_queries):
    for _ in range(rows):
        organisation = OrganisationFactory(of_unit=True, published=True)
        OfferFactory(organisation=organisation)
        EventFactory()
    refresh()
    settle()
    # Which version it is, which server asks, the changes, what was dropped, and a page of each of four data sets.
    with django_assert_num_queries(10):
        client.get(FEED)


def test_an_unchanged_feed_is_told_in_two_queries_and_a_changed_one_anew(client, cards, django_assert_num_queries):
    first = client.get(FEED)
    assert first["Cache-Control"] == "public, max-age=60"
    assert int(first["RateLimit-Remaining"]) < int(first["RateLimit-Limit"])
    assert first["Access-Control-Allow-Origin"] == "*"
    with django_assert_num_queries(3):
        assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 304
    OrganisationFactory(published=True)
    settle()
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("cursor=x", "cursor"),
        ("cursor=1-1", "cursor"),
        ("cursor=-1", "cursor"),
        (f"cursor={'9' * 10_000}", "cursor"),
        ("cursor=12345678-1-١-0", "cursor"),
        ("cursor=%ff%fe", "cursor"),
        ("cursor=teraz&cursor=teraz", "cursor"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("limit=1.5", "limit"),
        ("limit=%D9%A1", "limit"),
        (f"limit={'1' * 5000}", "limit"),
        ("dataset=units&dataset=people", "dataset"),
        ("dataset=units&" * (MOST_VALUES + 1), "dataset"),
        ("cursor=00000000-1-1-0&dataset=people", "dataset"),
        (f"dataset={'x' * 10_000}", "dataset"),
        ("od=1", "od"),
        ("cursor=", "cursor"),
        ("limit=", "limit"),
        ("limit=1&limit=1", "limit"),
        ("include=people", "include"),
        (f"{'y' * 5000}=1", "y" * 40),
    ],
)
def test_a_question_that_makes_no_sense_is_a_problem_in_polish(client, cards, query, parameter):
    answer = client.get(f"{FEED}?{query}")
    problem = json.loads(answer.content)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert (problem["status"], [one["parameter"] for one in problem["errors"]]) == (400, [parameter])
    assert problem["errors"][0]["detail"].endswith(".")
    assert len(answer.content) < 1_000


def test_nul_and_other_methods_are_refused(client, cards):
    assert client.get(f"{FEED}?cursor=%00").status_code == 400
    assert client.post(FEED).status_code == 405


@pytest.mark.parametrize("cursor", ["00000000-1-1-0", "{server}-999999999999999-1-0"])
def test_a_cursor_of_another_database_says_to_start_afresh(client, cards, cursor):
    answer = client.get(f"{FEED}?cursor={cursor.format(server=commit_order.server())}")

    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    problem = answer.json()
    assert "zacznij od nowa" in problem["detail"]
    afresh = client.get(f"{FEED}?cursor={problem['cursor']}").json()
    assert [one["id"] for one in afresh["results"]] == [card.pk for card in cards]


def test_lines_of_what_was_withdrawn_long_ago_are_dropped_and_older_cursors_with_them(client, cards, settings):
    early = client.get(f"{FEED}?limit=1").json()["cursor"]
    for card in cards[-2:]:
        withdraw(organisation_id=card.pk, now=NOW)
        settle()
    late = client.get(FEED).json()["cursor"]
    soon, far = (timezone.now() + timedelta(days=settings.CHANGES_KEPT_DAYS + days) for days in (-1, 1))

    assert (forget(now=soon), forget(now=far), forget(now=far)) == (0, 2, 0)
    assert client.get(f"{FEED}?cursor={early}").status_code == 410
    assert client.get(f"{FEED}?cursor={late}").status_code == 200
    # Whoever begins now walks past that place unharmed, page by page, and so does who comes from `teraz`.
    follower = Follower(client, repeat(1))
    follower.catch_up()
    assert follower.state == {("organisations", card.pk) for card in cards[:-2]}
    assert all(one["change"] == "upsert" for one in follower.lines)
    now = client.get(f"{FEED}?cursor=teraz").json()["cursor"]
    assert client.get(f"{FEED}?cursor={now}").json()["results"] == []


def test_a_follower_comes_to_the_same_as_the_tables(client, cards):
    follower = Follower(client, repeat(2))
    follower.catch_up()

    assert follower.state == {("organisations", card.pk) for card in cards}
    assert follower.catch_up() == []
