"""The lists of the API: what a row holds, which rows are found, what is refused."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.filters import CatalogueFilter
from registry.models import CatalogueEntry, Closing, Organisation
from registry.use_cases import catalogue
from tests.open_data.filled import LISTS, cards, fill
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db


def get(client, name, query="", status=200, **headers):
    answer = client.get(f"/api/v1/{name}/{query}", headers=headers)
    assert answer.status_code == status, answer.content.decode()
    return answer


@pytest.mark.parametrize("name", LISTS)
def test_a_list_leads_to_each_of_its_rows(client, name):
    fill(2)
    page = get(client, name, "?limit=1&count=1").json()
    row = page["results"][0]
    assert page["count"] > 1
    assert page["next"].startswith(f"http://testserver/api/v1/{name}/?limit=1&count=1&cursor=")
    assert get(client, name, f"{row['id']}/").json() == row


@pytest.mark.parametrize(
    ("name", "export"),
    [("organisations", "/katalog/eksport.json"), ("procurement", "/zamowienia/eksport.json")],
)
def test_rows_are_those_of_the_export(client, name, export):
    fill(2)
    exported = {row["id"]: row for row in streamed(client.get(export))}
    rows = {row["id"]: row for row in get(client, name).json()["results"]}
    assert rows == exported
    assert [list(row) for row in rows.values()] == [list(exported[key]) for key in rows]


def streamed(response):
    return json.loads(b"".join(response.streaming_content))


@pytest.mark.parametrize(
    "query", ["q=catering", "powiat=0264", "kind=wtz&kind=ngo", "ps=1", "mark=1", "cpv=55520000-1"]
)
def test_the_filters_are_those_of_the_catalogue(client, query):
    fill(3)
    found = CatalogueFilter(query, queryset=CatalogueEntry.objects.all()).qs
    page = get(client, "organisations", f"?count=1&{query}").json()
    assert {row["id"] for row in page["results"]} == set(found.values_list("pk", flat=True))
    assert page["count"] == found.count() > 0


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=smok", "kind"),
        ("powiat=9999", "powiat"),
        ("powiet=0264", "powiet"),
        ("page=2", "page"),
        ("view=mapa", "view"),
        ("sort=wiek", "sort"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=", "limit"),
        ("limit=%D9%A3", "limit"),
        ("count=2", "count"),
        ("fields=nip,pesel", "fields"),
        ("fields=", "fields"),
        ("include=people", "include"),
        ("cursor=abc", "cursor"),
        ("cursor=", "cursor"),
        (f"q={'a' * 300}", "q"),
        (f"{'x' * 9000}=1", "x" * 40),
    ],
)
def test_what_cannot_be_used_is_named_with_its_reason(client, query, parameter):
    answer = get(client, "organisations", f"?{query}", 400)
    problem = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (problem["status"], problem["title"]) == (400, "Nieprawidłowe zapytanie")
    assert [one["parameter"] for one in problem["errors"]] == [parameter]
    assert len(problem["errors"][0]["detail"]) > 10


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query",
    ["?q=%00", "?q=%FF%FE", "?powiat=%00&limit=%00", "?cursor=%F0%9F%A6%86", "99999999999999999999999/", "%00/"],
)
def test_nothing_that_one_can_type_breaks_it(client, name, query):
    answer = client.get(f"/api/v1/{name}/{query}")
    assert answer.status_code in (200, 400, 404)
    assert answer.status_code == 200 or answer.json()["status"] == answer.status_code


def test_only_the_columns_asked_for_are_sent(client):
    fill(1)
    rows = get(client, "organisations", "?fields=nip,id,name").json()["results"]
    assert [list(row) for row in rows] == [["id", "name", "nip"]] * len(rows)


def test_what_belongs_to_a_row_comes_along(client):
    fill(1)
    row = get(
        client, "organisations", "?kind=spoldzielnia_socjalna&include=offers,statuses,marks&fields=id,offers"
    ).json()
    card = row["results"][0]
    assert [one["name"] for one in card["included"]["offers"]] == card["offers"]
    assert {one["organisation_id"] for one in card["included"]["statuses"]} == {card["id"]}
    assert {one["organisation_id"] for one in card["included"]["marks"]} == {card["id"]}
    offer = get(client, "offers", "?include=organisation&limit=1").json()["results"][0]
    assert offer["included"]["organisation"][0]["id"] == offer["organisation_id"]


@pytest.mark.parametrize("name", LISTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(client, name):
    fill(1)
    query = "?include=offers,statuses,marks" if name == "organisations" else ""
    get(client, name, query)
    with CaptureQueriesContext(
        connection,
    ) as few:
        get(client, name, query)
    fill(6)
    with CaptureQueriesContext(connection) as many:
        get(client, name, query)
    assert len(many) == len(few)


def test_a_card_that_went_into_another_is_gone_and_says_where(client):
    gone, target = cards(2)
    Organisation.objects.filter(pk=gone.pk).update(
        published_at=None, removed_at="2026-11-23T12:00Z", merged_into=target.pk
    )
    CatalogueEntry.objects.filter(pk=gone.pk).delete()
    problem = get(client, "organisations", f"{gone.pk}/", 410).json()
    assert problem["successor"] == f"/api/v1/organisations/{target.pk}/"


def test_a_card_that_was_removed_is_gone(client):
    (card,) = cards(1)
    Organisation.objects.filter(pk=card.pk).update(published_at=None, removed_at="2026-11-23T12:00Z")
    CatalogueEntry.objects.filter(pk=card.pk).delete()
    assert get(client, "organisations", f"{card.pk}/", 410).json()["detail"] == "Tę kartę usunięto z katalogu."


def test_a_card_that_was_removed_before_anybody_saw_it_was_never_there(client):
    card = OrganisationFactory()
    Organisation.objects.filter(pk=card.pk).update(removed_at="2026-11-23T12:00Z")
    get(client, "organisations", f"{card.pk}/", 404)


def test_an_organisation_that_ended_its_work_is_gone_and_says_when(client):
    (card,) = cards(1)
    Closing.objects.create(organisation_id=card.pk, ended_on=date(2026, 11, 1), reason="Likwidacja.", noted_at=NOW)
    catalogue.refresh([card.pk], now=NOW)
    problem = get(client, "organisations", f"{card.pk}/", 410).json()
    assert problem["ended_on"] == "2026-11-01"
    assert problem["page"] == Organisation.objects.get(pk=card.pk).get_absolute_url()


def test_people_are_in_no_list(client):
    fill(1)
    Organisation.objects.update(contact_person="Anna Kontaktowa", contact_consent_on="2026-01-01")
    for name in LISTS:
        assert "Kontaktowa" not in get(client, name).content.decode()


def test_what_is_not_public_is_not_there(client):
    (card,) = cards(1)
    hidden = type(card).objects.get(pk=card.pk)
    CatalogueEntry.objects.filter(pk=card.pk).delete()
    Organisation.objects.filter(pk=hidden.pk).update(published_at=None)
    get(client, "organisations", f"{hidden.pk}/", 404)
    assert get(client, "organisations").json()["results"] == []
