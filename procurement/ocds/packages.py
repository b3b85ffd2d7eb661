"""Packages of releases and of records, as pieces of JSON: nobody holds a whole one in memory."""

import json

from django.conf import settings

from procurement.ocds.values import moment

_PUBLISHED = "https://raw.githubusercontent.com/open-contracting-extensions"
LOTS = f"{_PUBLISHED}/ocds_lots_extension/master/extension.json"
SUSTAINABILITY = f"{_PUBLISHED}/ocds_sustainability_extension/master/extension.json"
OWN = "/zamowienia/ocds/rozszerzenie/extension.json"


def encoded(thing):
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


def site():
    return settings.SITE_URL.rstrip("/")


def head(uri, *, published_at):
    """What every package says of itself."""
    return {
        "uri": uri,
        "version": "1.1",
        "extensions": [LOTS, SUSTAINABILITY, f"{site()}{OWN}"],
        "publishedDate": moment(published_at),
        "publisher": {"name": settings.OPERATOR["name"], "uri": site()},
    }


def package(opening, name, texts, links):
    """Pieces of a package: `opening` from head(), an array called `name` of JSON texts, and what links() gives when
    all texts have been sent."""
    yield f'{encoded(opening)[:-1]},"{name}":['.encode()
    separator = ""
    for text in texts:
        yield f"{separator}\n{text}".encode()
        separator = ","
    yield f'],"links":{encoded(links())}}}\n'.encode()
