"""Every way out of a list for one query string: a door gives the ids behind it, in any order, or None when it refuses.

A door is a function of (client, list, query string). Whoever builds another way out adds it to DOORS below.
"""

import csv
import io
import json
import re

from django.http import QueryDict
from django.utils import timezone

from core.commit_order import horizon
from events.models import Event
from notifications import alerts, counting, searches
from notifications.models import SavedSearch
from quality_mark.models import Mark
from registry.models import CatalogueEntry

PER_PAGE = {"mark-holders": 30}
PATHS = {
    "organisations": "/katalog/",
    "offers": "/oferty/",
    "events": "/wydarzenia/",
    "procurement": "/zamowienia/",
    "mark-holders": "/znak/rejestr/",
}
# Where a row leads: what stands in it tells one from another.
_LINKS = {
    "organisations": r"/katalog/([a-z0-9-]+)/",
    "offers": r"/oferty/(\d+)-[a-z0-9-]+/",
    "events": r"/wydarzenia/([a-z0-9-]+)/",
    "procurement": r"/zamowienia/(\d+)-[a-z0-9-]+/",
    "mark-holders": r"/znak/weryfikacja/([A-Z0-9-]+)/",
}
_SLUGS = {"organisations": CatalogueEntry, "events": Event}


def page(client, name, query):
    """Every page that people turn."""
    found, number = [], 1
    while True:
        ids, count = _page(client, name, f"{query}&page={number}")
        found += ids
        if number * PER_PAGE.get(name, 20) >= count:
            return found
        number += 1


def counted(client, name, query):
    """What the page says it has found."""
    return _page(client, name, query)[1]


def api(client, name, query):
    """Every page of the API, in small ones, with the number that it counts."""
    found, address = [], f"/api/v1/{name}/?limit=7&count=1&{query}"
    while address:
        told = _got(client, address)
        if told is None:
            return None
        answer = json.loads(told)
        found += [row["id"] for row in answer["results"]]
        address = answer["next"]
    assert answer["count"] == len(found), f"{name}?{query}: the API counts {answer['count']}"
    return found


def csv_file(client, name, query):
    text = _got(client, f"{PATHS[name]}eksport.csv?{query}")
    return text and [
        _id(name, row) for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=_comma(text))
    ]


def json_file(client, name, query):
    text = _got(client, f"{PATHS[name]}eksport.json?{query}")
    return text and [_id(name, row) for row in json.loads(text)]


def geojson_file(client, name, query):
    """Cards have a place or null, so none is left out."""
    text = _got(client, f"{PATHS[name]}eksport.geojson?{query}")
    return text and [one["properties"]["id"] for one in json.loads(text)["features"]]


def feed(client, name, query):
    """The newest fifty: lists in tests are shorter."""
    text = _got(client, f"{PATHS[name]}atom.xml?{query}")
    return text and _ids(name, re.findall(f'<entry>.*?<link href="[^"]*?{_LINKS[name]}"', text, re.DOTALL))


def calendar(client, name, query):
    text = _got(client, f"{PATHS[name]}kalendarz.ics?{query}")
    uids = set(re.findall(r"^UID:([0-9a-f]{32})", text, re.MULTILINE)) if text else set()
    return text and list(Event.objects.filter(uid__in=uids).values_list("pk", flat=True))


def alert(client, name, query):
    """What a letter would tell whoever saved this search before anything was there."""
    [search] = [one for one in searches.all_searches() if one.url() == PATHS[name]]
    row = SavedSearch(search=search.name, query=searches.normalised(search, QueryDict(query)))
    now = timezone.now()
    [finding] = alerts.look([row], alerts.Run(since=0, until=horizon(), now=now), shown=10**6)
    if finding.why:
        return None
    page_says = counting.counted([searches.run(row.search, row.query, now=now)], now)
    assert [finding.count] == [len(finding.keys)] == page_says
    if name == "mark-holders":
        numbers = Mark.objects.filter(pk__in=finding.keys).values_list("number", flat=True)
        return [number.replace("/", "-") for number in numbers]
    return finding.keys


DOORS = {
    "organisations": (page, api, csv_file, json_file, geojson_file, feed, alert),
    "offers": (page, api, feed, alert),
    "events": (page, api, csv_file, feed, calendar, alert),
    "procurement": (page, api, csv_file, json_file, feed, alert),
    "mark-holders": (page, api, csv_file, json_file, feed, alert),
}


def _page(client, name, query):
    text = _got(client, f"{PATHS[name]}?{query}")
    main = text[text.index("<main") : text.index("</main>")]
    [count] = re.findall(r'<data id="result-count" value="(\d+)"', main)
    return _ids(name, dict.fromkeys(re.findall(f'href="{_LINKS[name]}"', main))), int(count)


def _ids(name, found):
    """Of what stands in links; what leads to something else than a row is left out."""
    if name in _SLUGS:
        known = dict(_SLUGS[name].objects.filter(slug__in=found).values_list("slug", "pk"))
        return [known[slug] for slug in found if slug in known]
    return list(found) if name == "mark-holders" else [int(one) for one in found]


def _id(name, row):
    return row["number"].replace("/", "-") if name == "mark-holders" else int(row["id"])


def _comma(text):
    return max(",;", key=text.partition("\n")[0].count)


def _got(client, address):
    response = client.get(address)
    assert response.status_code in (200, 400), f"{address}: {response.status_code}"
    if response.status_code == 400:
        return None
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()
