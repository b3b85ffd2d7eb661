"""/otwarte-dane/ for people and files for programs."""

import gzip
import json
import re
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from open_data import datasets
from open_data.models import Dump
from tests.open_data.region import make, region

DAY = timedelta(days=1)
NIGHT = datetime(2026, 11, 23, 0, 35, tzinfo=timezone.get_default_timezone())
FILE = "/otwarte-dane/pliki/2026-11-23/podmioty.csv"
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-23 12:00 +0100", tick=False)]


@pytest.fixture
def night():
    region()
    make(NIGHT)


def body(response):
    return b"".join(response.streaming_content)


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_first_page_names_every_data_set_with_rows_formats_and_terms(client, night):
    html = text(client, "/otwarte-dane/")
    for one in datasets.all_datasets():
        assert f'href="/otwarte-dane/{one.slug}/"' in html
        for form in one.formats:
            assert f'href="/otwarte-dane/pliki/2026-11-23/{one.slug}.{form}"' in html
    assert "2 podmioty" in html
    assert "200 jednostek" in html
    assert "stan na 23\xa0listopada\xa02026, godz.\xa00.35" in html
    assert "https://creativecommons.org/licenses/by/4.0/" in html


def test_before_the_first_night_the_pages_say_so(client):
    assert "Nie ma jeszcze plików" in text(client, "/otwarte-dane/")
    html = text(client, "/otwarte-dane/podmioty/")
    assert "Nie ma jeszcze plików" in html
    assert "Jak cytować" not in html
    assert "Ten zbiór nie ma jeszcze żadnych plików" in text(client, "/otwarte-dane/podmioty/2026-11-23/", 404)
    json.loads(text(client, "/otwarte-dane/katalog.jsonld"))


def test_the_page_of_a_data_set_describes_every_column_and_how_to_cite(client, night):
    for one in datasets.all_datasets():
        html = text(client, f"/otwarte-dane/{one.slug}/")
        assert re.findall(r'data-label="Nazwa"><code>(\w+)</code>', html) == one.names
        assert f"http://testserver/otwarte-dane/{one.slug}/2026-11-23/ (CC BY 4.0)" in html
        for dump in Dump.objects.of(one.slug, NIGHT.date()):
            assert dump.content.sha256 in html


def test_every_column_has_words_and_an_example_of_its_type():
    for one in datasets.all_datasets():
        assert set(one.words) == set(one.names), one.slug
        assert len(one.names) == len(set(one.names))
        for column in one.columns:
            words = column.words
            assert words.title, column.name
            if words.pattern and words.example:
                assert re.search(words.pattern, words.example), column.name
            if column.type == "boolean":
                assert words.example in ("tak", "nie"), column.name
            if column.type == "date" and words.example:
                datetime.fromisoformat(words.example)


def test_the_page_of_a_past_day_keeps_its_files_and_other_days_are_near(client, night):
    make(NIGHT + 2 * DAY)
    assert FILE in text(client, "/otwarte-dane/podmioty/2026-11-23/")
    html = text(client, "/otwarte-dane/podmioty/2026-11-24/", 404)
    assert "Z dnia 24\xa0listopada\xa02026 nie ma plików" in html
    assert "/otwarte-dane/podmioty/2026-11-23/" in html
    assert "/otwarte-dane/podmioty/2026-11-25/" in html
    month = text(client, "/otwarte-dane/podmioty/2026-11/")
    assert month.index("2026-11-25") < month.index("2026-11-23")
    assert "/otwarte-dane/podmioty/2026-11/" in text(client, "/otwarte-dane/podmioty/")


@pytest.mark.parametrize(
    "address",
    [
        "/otwarte-dane/nie-ma/", "/otwarte-dane/nie-ma.csv", "/otwarte-dane/nie-ma.schema.json",
        "/otwarte-dane/podmioty/2026-02-30/", "/otwarte-dane/podmioty/2026-13/", "/otwarte-dane/podmioty/0000-01/",
        "/otwarte-dane/podmioty/2025-01/", "/otwarte-dane/pliki/2026-11-22/podmioty.csv",
        "/otwarte-dane/pliki/2026-11-23/oferty.geojson", "/otwarte-dane/oferty.geojson", "/otwarte-dane/podmioty.pdf",
        "/otwarte-dane/oferty.geojson.schema.json", "/otwarte-dane/pliki/2026-11-22/datapackage.json",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, night, address):
    text(client, address, 404)


def test_a_file_is_what_its_sum_says_and_never_asked_for_twice(client, night):
    dump = Dump.objects.get(dataset="podmioty", format="csv")
    response = client.get(FILE)
    content = body(response)
    assert sha256(content).hexdigest() == dump.content.sha256
    assert response.headers["Content-Length"] == str(len(content)) == str(dump.content.size)
    assert response.headers["ETag"] == f'"{dump.content.sha256}"'
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="podmioty-2026-11-23.csv"'
    assert response.cookies == {}
    again = client.get(FILE, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, "*")


def test_who_takes_gzip_gets_it_as_it_lies_on_the_disk(client, night):
    dump = Dump.objects.get(dataset="podmioty", format="xlsx")
    response = client.get(dump.path, headers={"Accept-Encoding": "br, gzip"})
    sent = body(response)
    assert (response.headers["Content-Encoding"], len(sent)) == ("gzip", dump.content.stored_size)
    assert sha256(gzip.decompress(sent)).hexdigest() == dump.content.sha256
    assert response.headers["ETag"] == f'"{dump.content.sha256}-gzip"'
    assert "Accept-Encoding" in response.headers["Vary"]


def test_the_stable_address_leads_to_the_newest_file(client, night):
    make(NIGHT + DAY)
    response = client.get("/otwarte-dane/podmioty.csv")
    assert (response.status_code, response.url) == (302, "/otwarte-dane/pliki/2026-11-24/podmioty.csv")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "no-cache"


def test_a_file_that_was_lost_is_not_found(client, night):
    default_storage.delete(Dump.objects.get(dataset="podmioty", format="csv").content.file.name)
    text(client, FILE, 404)


def test_pages_are_not_drawn_twice_for_one_reader_until_the_next_night(client, night):
    etag = client.get("/otwarte-dane/").headers["ETag"]
    assert client.get("/otwarte-dane/", headers={"If-None-Match": etag}).status_code == 304
    make(NIGHT + DAY)
    assert client.get("/otwarte-dane/", headers={"If-None-Match": etag}).status_code == 200


def test_pages_ask_as_little_after_a_year_as_after_a_day(client, night, django_assert_max_num_queries):
    newest = list(Dump.objects.all())
    Dump.objects.bulk_create(
        Dump(
            dataset=one.dataset,
            day=one.day - days * DAY,
            format=one.format,
            content_id=one.content_id,
            rows=one.rows,
            made_at=one.made_at - days * DAY,
            cursor=one.cursor,
        )
        for days in range(1, 366)
        for one in newest
        if one.dataset == "podmioty"
    )
    for address, most in (("", 3), ("podmioty/", 5), ("podmioty/2026-11-01/", 3), ("podmioty/2026-10/", 3)):
        with django_assert_max_num_queries(most):
            text(client, f"/otwarte-dane/{address}")
    assert text(client, "/otwarte-dane/podmioty/").count("/otwarte-dane/podmioty/2026-") <= 13


def test_search_engines_read_that_it_is_a_data_set(client, night):
    html = text(client, "/otwarte-dane/podmioty/")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    dump = Dump.objects.get(dataset="podmioty", format="csv")
    assert (data["@type"], data["name"]) == ("Dataset", "Podmioty ekonomii społecznej")
    assert data["distribution"][0]["contentUrl"] == f"http://testserver{FILE}"
    assert data["distribution"][0]["sha256"] == dump.content.sha256
    assert [one["name"] for one in data["variableMeasured"]] == datasets.find("podmioty").names


@pytest.mark.parametrize(
    ("page", "slug"),
    [("/katalog/", "podmioty"), ("/oferty/", "oferty"), ("/zamowienia/", "zamowienia"),
     ("/wydarzenia/", "wydarzenia"), ("/znak/rejestr/", "znaki")],
)  # fmt: skip
def test_lists_lead_to_the_whole(client, night, page, slug):
    assert f'<a href="/otwarte-dane/{slug}/">Całość jako otwarte dane</a>' in text(client, page)


def test_the_site_map_for_machines_lists_the_pages(client, night):
    xml = text(client, "/sitemap-otwarte-dane.xml")
    assert xml.count("<loc>") == 1 + len(datasets.all_datasets())
    assert "<lastmod>2026-11-22</lastmod>" in xml or "<lastmod>2026-11-23</lastmod>" in xml
    assert "sitemap-otwarte-dane.xml" in text(client, "/sitemap.xml")


def test_a_day_leads_to_what_has_changed_since(client, night):
    page = text(client, "/otwarte-dane/podmioty/2026-11-23/")
    address = re.search(r'href="(/api/v1/zmiany/[^"]*)"', page)[1].replace("&amp;", "&")
    assert address.endswith("&dataset=organisations")
    assert client.get(address).json()["results"] == []
    assert "/api/v1/zmiany/" not in text(client, "/otwarte-dane/terytorium/2026-11-23/")


def test_the_package_of_a_day_leads_to_what_has_changed_since(client, night):
    package = client.get("/otwarte-dane/pliki/2026-11-23/datapackage.json").json()
    assert client.get(package["changes"]).json()["more"] is False
