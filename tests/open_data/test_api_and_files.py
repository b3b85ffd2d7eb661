"""The API and the files of a day say the same of the same rows."""

import json
from datetime import datetime

import pytest
from django.utils import timezone

from open_data import datasets
from open_data.api.collections.listed import LISTS
from open_data.models import Dump
from tests.open_data.region import make, region

NIGHT = datetime(2026, 11, 23, 0, 35, tzinfo=timezone.get_default_timezone())
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-23 12:00 +0100", tick=False)]


def of_file(client, slug):
    path = Dump.objects.get(dataset=slug, format="jsonl").path
    lines = b"".join(client.get(path).streaming_content).splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def of_api(client, name):
    # Without a day the calendar tells only of what is to come.
    address = f"/api/v1/{name}/?limit=200" + ("&from=2000-01-01" if name == "events" else "")
    rows = {}
    while address:
        page = client.get(address).json()
        rows |= {row["id"]: row for row in page["results"]}
        address = page["next"]
    return rows


def test_every_list_of_the_api_is_a_file_with_the_same_rows(client):
    region()
    make(NIGHT)
    told = {one.api: one.slug for one in datasets.all_datasets() if one.api}
    assert set(told) == set(LISTS)
    for name, slug in told.items():
        rows = of_api(client, name)
        assert rows, name
        assert rows == of_file(client, slug), name


def test_the_page_of_a_data_set_names_its_list(client):
    for one in datasets.all_datasets():
        html = client.get(f"/otwarte-dane/{one.slug}/").content.decode()
        assert ("/api/v1/" in html) == bool(one.api), one.slug
        if one.api:
            assert f'<a href="/api/v1/{one.api}/">' in html
            assert f'<a href="/api/v1/docs/#{one.api}">' in html
    docs = client.get("/api/v1/docs/").content.decode()
    assert all(f'id="{name}"' in docs for name in LISTS)
    assert 'href="/otwarte-dane/"' in docs
