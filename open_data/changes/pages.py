"""One page of the feed as it is sent."""

from urllib.parse import urlencode

from django.utils import timezone

from open_data.api.collections.listed import LISTS
from open_data.changes import reading
from open_data.changes.addresses import PATH, api_address, pages_of
from open_data.changes.asking import ROW
from open_data.changes.reading import Place
from open_data.choices import Dataset


def page(asked, site):
    """{"results", "next", "cursor", "more"}; `cursor` is the place behind the last change, `next` the page from it.

    Raises reading.CursorGone.
    """
    if asked.place is None:
        return _sheet(asked, site, [], reading.current_cursor(), more=False)
    # One more than is given out tells whether there is a next page.
    found, age = reading.after(asked.place, asked.limit + 1, asked.datasets)
    changes, more = found[: asked.limit], found[asked.limit :]
    reached = Place(changes[-1].mark if changes else asked.place.mark, age)
    return _sheet(asked, site, changes, reading.written(reached), more=bool(more))


def _sheet(asked, site, changes, cursor, *, more):
    pages, rows = pages_of(changes), _rows(changes, site) if asked.with_rows else {}
    query = [("cursor", cursor), ("limit", asked.limit), *(("dataset", one.label) for one in asked.datasets)]
    query += [("include", ROW)] if asked.with_rows else []
    return {
        "results": [
            _line(one, site, pages.get((one.dataset, one.object_id)))
            | ({"row": rows.get((one.dataset, one.object_id))} if asked.with_rows else {})
            for one in changes
        ],
        "next": f"{site}{PATH}?{urlencode(query)}",
        "cursor": cursor,
        "more": more,
    }


def _rows(changes, site):
    """{(data set, id): row of the list} as it is now: it may be newer than the line, never older."""
    found = {}
    for dataset in Dataset:
        ids = [one.object_id for one in changes if one.dataset == dataset and not one.is_withdrawn]
        if ids:
            rows = LISTS[dataset.label].read_by_key(ids, site)
            found |= {(dataset, pk): row for pk, row in rows.items()}
    return found


def _line(told, site, page):
    return {
        "dataset": told.dataset.label,
        "id": api_key(told),
        "change": "withdrawn" if told.is_withdrawn else "upsert",
        "at": timezone.localtime(told.at).isoformat(timespec="seconds"),
        "url": f"{site}{api_address(told)}",
        "page": page and f"{site}{page}",
    }


def api_key(told):
    """As the column `id` of the list has it: a number, or the number of a mark with hyphens."""
    return told.key if told.dataset == Dataset.MARK_HOLDERS else told.object_id
