"""/api/v1/zmiany/ as a program reads it."""

import json
from itertools import repeat

import pytest

from core import commit_order
from open_data.changes import reading
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
    first = client.get(FEED).json()["changes"][0]

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
        assert len(page["changes"]) == size or not page["more"]
        seen += [one["id"] for one in page["changes"]]
        address = page["more"] and path_of(page["next"])

    assert seen == [card.pk for card in cards]


def test_an_empty_page_gives_the_same_place_back(client, cards):
    cursor = client.get(FEED).json()["cursor"]
    again = client.get(f"{FEED}?od={cursor}").json()

    assert (again["changes"], again["cursor"], again["more"]) == ([], cursor, False)


def test_now_is_the_place_where_the_feed_ends(client, cards):
    now = client.get(f"{FEED}?od=teraz").json()

    assert now["changes"] == []
    assert now["cursor"] == client.get(FEED).json()["cursor"] == reading.current_cursor()


def test_of_all_data_sets_those_are_told_that_were_asked_for(client, cards):
    OrganisationFactory(of_unit=True, published=True)
    EventFactory()
    settle()
    asked = client.get(f"{FEED}?dataset=units&dataset=events&limit=1").json()

    assert [one["dataset"] for one in asked["changes"]] == ["units"]
    assert path_of(asked["next"]).endswith("limit=1&dataset=units&dataset=events")
    rest = client.get(path_of(asked["next"])).json()
    assert [one["dataset"] for one in rest["changes"]] == ["events"]


def test_what_was_withdrawn_stays_as_a_line_without_a_page(client, cards):
    withdraw(organisation_id=cards[2].pk, now=NOW)

    assert ("organisations", cards[2].pk, "withdrawn") in told(client)
    [line] = [one for one in client.get(FEED).json()["changes"] if one["change"] == "withdrawn"]
    assert line["page"] is None


def test_every_data_set_is_told_with_the_page_of_the_object(client):
    made = marked()
    status = SocialEnterpriseStatusFactory(institution=made.offer.organisation.institution)
    unit = OrganisationFactory(of_unit=True, published=True)
    event, order = EventFactory(), notice()
    refresh()
    refresh_orders()
    settle()
    found = {(one["dataset"], one["id"]): one["page"] for one in client.get(FEED).json()["changes"]}

    card = f"/katalog/{made.offer.organisation.slug}/"
    expected = {
        ("organisations", made.offer.organisation_id): card,
        ("organisations", unit.pk): f"/katalog/{unit.slug}/",
        ("units", unit.unit_id): f"/katalog/{unit.slug}/",
        ("statuses", status.pk): card,
        ("offers", made.offer_id): made.offer.get_absolute_url(),
        ("mark-holders", made.pk): f"/znak/weryfikacja/{made.number.replace('/', '-')}/",
        ("events", event.pk): event.get_absolute_url(),
        ("procurement", order.posting_id): order.posting.entry.get_absolute_url(),
    }
    assert {key: path_of(page) for key, page in found.items()} == expected
    assert all(client.get(page).status_code == 200 for page in expected.values())


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_asks_the_same_number_of_times(client, rows, django_assert_num_queries):
    for _ in range(rows):
        organisation = OrganisationFactory(of_unit=True, published=True)
        OfferFactory(organisation=organisation)
        EventFactory()
    refresh()
    settle()
    # Who is asked, the changes, and a page of each of four data sets.
    with django_assert_num_queries(6):
        client.get(FEED)


def test_a_full_page_may_be_kept_and_the_last_one_is_asked_for_again(client, cards):
    full, last = client.get(f"{FEED}?limit=2"), client.get(FEED)

    assert full["Cache-Control"] == "public, max-age=3600"
    assert last["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(FEED, headers={"if-none-match": last["ETag"]}).status_code == 304
    OrganisationFactory(published=True)
    settle()
    assert client.get(FEED, headers={"if-none-match": last["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("od=x", "od"),
        ("od=1-1", "od"),
        ("od=-1", "od"),
        (f"od={'9' * 10_000}", "od"),
        ("od=12345678-1-١", "od"),
        ("od=%ff%fe", "od"),
        ("od=teraz&od=teraz", "od"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("limit=1.5", "limit"),
        ("limit=%D9%A1", "limit"),
        (f"limit={'1' * 5000}", "limit"),
        ("dataset=", "dataset"),
        ("dataset=units&dataset=people", "dataset"),
        (f"dataset={'x' * 10_000}", "dataset"),
        ("cursor=1", "cursor"),
        (f"{'y' * 5000}=1", "y" * 40),
    ],
)
def test_a_question_that_makes_no_sense_is_a_problem_in_polish(client, cards, query, parameter):
    answer = client.get(f"{FEED}?{query}")
    problem = json.loads(answer.content)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert (problem["status"], list(problem["errors"])) == (400, [parameter])
    assert problem["errors"][parameter].endswith(".")
    assert len(answer.content) < 1_000


def test_nul_and_other_methods_are_refused(client, cards):
    assert client.get(f"{FEED}?od=%00").status_code == 400
    assert client.post(FEED).status_code == 405


@pytest.mark.parametrize("cursor", ["00000000-1-1", "{server}-999999999999999-1"])
def test_a_cursor_of_another_database_says_to_start_afresh(client, cards, cursor):
    answer = client.get(f"{FEED}?od={cursor.format(server=commit_order.server())}")

    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert "Zacznij od nowa od pełnego zrzutu" in answer.json()["detail"]


def test_a_follower_comes_to_the_same_as_the_tables(client, cards):
    follower = Follower(client, repeat(2))
    follower.catch_up()

    assert follower.state == {("organisations", card.pk) for card in cards}
    assert follower.catch_up() == []
