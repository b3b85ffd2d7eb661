"""One page of the feed as it is sent."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from open_data.changes import reading
from open_data.changes.addresses import api_address, pages_of

PATH = "/api/v1/zmiany/"


def page(asked):
    """{"changes", "next", "cursor", "more"}; `cursor` is the place behind the last change, `next` the page from it."""
    if asked.is_now:
        return _sheet(asked, [], reading.current_cursor(), more=False)
    # One more than is given out tells whether there is a next page.
    found = reading.after(asked.mark, asked.limit + 1, asked.datasets)
    changes, more = found[: asked.limit], found[asked.limit :]
    reached = changes[-1].mark if changes else asked.mark
    return _sheet(asked, changes, reading.written(reached), more=bool(more))


def _sheet(asked, changes, cursor, *, more):
    site, pages = settings.SITE_URL.rstrip("/"), pages_of(changes)
    query = [("od", cursor), ("limit", asked.limit), *(("dataset", dataset.label) for dataset in asked.datasets)]
    return {
        "changes": [_line(one, site, pages.get((one.dataset, one.object_id))) for one in changes],
        "next": f"{site}{PATH}?{urlencode(query)}",
        "cursor": cursor,
        "more": more,
    }


def _line(told, site, page):
    return {
        "dataset": told.dataset.label,
        "id": told.object_id,
        "change": "withdrawn" if told.is_withdrawn else "upsert",
        "at": timezone.localtime(told.at).isoformat(timespec="seconds"),
        "url": f"{site}{api_address(told)}",
        "page": page and f"{site}{page}",
    }
