"""What a program can read of the portal holds nothing of people that they have not agreed to, and nothing unpublished.

Everything that could leak stands in the database (tests/open_data/private.py), and every address of the URL table is
asked for: files, feeds, packages and interfaces that are written tomorrow are walked too.
"""

import json
import re
from datetime import datetime

import pytest
from django.utils import timezone

from config.urls import SITEMAPS
from events.models import Edition, Event
from open_data.api.collections.listed import LISTS
from open_data.choices import Format
from open_data.datasets import all_datasets
from procurement.models import ContractingAuthority, Notice, Posting
from registry.models import Offer, Organisation, SocialEnterpriseStatus
from tests.open_data.private import CANARY, SECRET, SHOWN, listed, people_around, personal_fields, stain, unpublished
from tests.open_data.region import make, region
from tests.open_data.walk import addresses, is_page, text_of
from tests.procurement import orders
from tests.registry.factories import refresh

NIGHT = datetime(2026, 11, 23, 0, 35, tzinfo=timezone.get_default_timezone())
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-23 12:00 +0100", tick=False)]
AGREED, ASKED, HOST = "Osoba Zgodna", "Osoba Pytana", "Osoba Goszcząca"


@pytest.fixture
def everything(settings):
    # The walk asks more often than a visitor may.
    settings.API_REQUESTS_PER_MINUTE = 10**9
    card = region()
    people_around(card)
    hidden = unpublished()
    written = stain()
    # With consent recorded: the card shows it, and nothing that is copied for ever.
    Organisation.objects.filter(pk=card.pk).update(contact_person=AGREED, contact_consent_on=NIGHT.date())
    Notice.objects.filter(subject="Catering").update(contact_name=ASKED, contact_email="pytana@example.pl")
    Event.objects.public().update(contact_name=HOST, contact_email="gospodarz@example.pl")
    refresh(card, *hidden)
    orders.refresh()
    make(NIGHT)
    return written


def values():
    def of(rows):
        return list(rows.values_list("slug", flat=True)[:3])

    def keys_of(*models):
        return sorted({key for model in models for key in model.objects.values_list("pk", flat=True)})

    keys = keys_of(Offer, Posting, Event)
    slugs = [
        *of(Organisation.objects.published()),
        *of(Organisation.objects.filter(slug__startswith=CANARY)),
        *of(Event.objects.order_by("-pk")),
        *of(ContractingAuthority.objects.order_by("-plans", "pk").distinct()),
        *of(Edition.objects),
    ]
    return Anything(
        slug=slugs,
        pk=keys,
        number=["ZP-2026-001", *keys],
        # Of rows of the API.
        id=["ZP-2026-001", "0264", *keys_of(Offer, Posting, Event, Organisation, SocialEnterpriseStatus)],
        extension=["csv", "xlsx", "json", "geojson", "jsonl"],
        ocid=[f"ocds-000000-{one}" for one in keys],
        dataset=[one.slug for one in all_datasets()],
        day=["2026-11-23"],
        year_month=["2026-11"],
        schema=["schema", "geojson.schema", "tableschema"],
        year=["2026", "2027"],
        month=["12"],
        section=list(SITEMAPS),
        name=["extension.json", "release-schema.json", "nie-ma"],
    )


class Anything(dict):
    """Parts that only open with a key of a letter, or lead to what a person alone may see, get one that fits none."""

    def __missing__(self, name):
        return [1 if name.endswith(("id", "position", "run", "version")) else "nieznany"]


def test_every_table_that_could_leak_is_in_the_walk():
    # A new one goes into SECRET, with a row in people_around, or into SHOWN with a reason.
    assert set(personal_fields()) - listed(SECRET) - listed(SHOWN) == set()


def test_nothing_that_is_secret_can_be_read(client, everything):
    assert everything >= {"registry.ErrorReport.message", "events.Participant.email", "procurement.Reply.text"}
    assert {one.partition(".")[0] for one in everything} == {one.partition(".")[0] for one in SECRET}
    read, asked, leaked, named = {}, set(), [], set()
    waiting = [address for address in addresses(values()) if not address.endswith(".pdf")]
    # Of the API also what goes along with its rows, and what is over.
    waiting += [f"/api/v1/{one.name}/?include={','.join(one.includes)}" for one in LISTS.values() if one.includes]
    waiting += ["/api/v1/events/?from=2000-01-01", "/api/v1/schema/?format=yaml"]
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        # Each address once, however many lead to it.
        if response.status_code in (301, 302) and response.url not in asked and response.url.startswith("/"):
            waiting.append(response.url)
        asked |= {address, response.headers.get("Location")}
        assert response.status_code in (200, 301, 302, 304, 400, 403, 404, 405, 410), (address, response.status_code)
        if response.status_code != 200:
            continue
        text = text_of(response)
        # What was asked for is said again by some pages.
        found = re.findall(rf"{CANARY}\w*|\+?48987654\d\d\d", text)
        leaked += [(address, one) for one in found if one not in address]
        read[address] = text
        for name in (AGREED, ASKED, HOST, "pytana@example.pl", "gospodarz@example.pl"):
            if name in text:
                named.add((name, address if is_page(response) else f"file {address}"))
    assert leaked == []
    assert_walked(read)
    # The person of the card has agreed to the card, the one of the notice to be asked about it: pages, never files.
    agreed = {address for name, address in named if name == AGREED}
    assert "/katalog/lad/" in agreed
    assert {address for address in agreed if not address.startswith("/oferty/")} == {"/katalog/lad/"}
    assert not [one for one in named if one[1].startswith("file ")]
    assert {name for name, _ in named} == {AGREED, ASKED, HOST, "pytana@example.pl", "gospodarz@example.pl"}


def assert_walked(read):
    """The walk has seen what it is there for, with rows in it."""
    name = "Spółdzielnia „Ład”, Wrocław"
    wanted = [f"/katalog/eksport.{ending}" for ending in ("csv", "xlsx", "json", "geojson")]
    wanted += [f"/otwarte-dane/pliki/2026-11-23/podmioty.{form}" for form in Format.values]
    wanted += ["/katalog/atom.xml", "/znak/rejestr/eksport.csv", "/znak/weryfikacja/ZP-2026-001.json"]
    assert [one for one in wanted if name not in read.get(one, "")] == []
    wanted = {one.name: read[f"/api/v1/{one.name}/"] for one in LISTS.values()}
    assert all(json.loads(page)["results"] for page in wanted.values())
    for key in Organisation.objects.published().values_list("pk", flat=True):
        assert f"/api/v1/organisations/{key}/" in read
    assert {"/api/v1/territory/0264/", "/api/v1/mark-holders/ZP-2026-001/"} <= set(read)
    assert name in read["/api/v1/offers/?include=organisation"]
    assert "ocds-000000-" in read["/zamowienia/ocds/releases.json"]
    assert "Catering" in read["/zamowienia/atom.xml"]
    assert "/katalog/lad/" in read["/sitemap-podmioty.xml"]
    for one in all_datasets():
        for form in one.formats:
            assert f"/otwarte-dane/pliki/2026-11-23/{one.slug}.{form}" in read
