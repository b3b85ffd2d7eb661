"""Pages of a list by cursor, with links in the body and in the header Link (RFC 8288)."""

import re
from dataclasses import replace

from django.http import QueryDict
from django.utils import timezone
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from open_data.api import keyset
from open_data.api.keyset import Position
from open_data.api.parameters import MOST, USUAL
from open_data.api.problems import Invalid

WRONG_CURSOR = "To nie jest miejsce na tej liście. Zacznij od początku, bez „cursor”."
WRONG_LIMIT = f"Liczba od 1 do {MOST}."
WRONG_COUNT = "Przyjmuje tylko wartość 1."


class KeysetPages(BasePagination):
    """`keys` and links of one page of what a collection found."""

    def paginate_queryset(self, found, request, view=None):
        """The primary keys of the page."""
        collection, params = view.collection, request.GET
        self.request, self.limit = request, _limit(params)
        self.count = collection.count(found) if _counted(params) else None
        sort = collection.sort_of(found)
        order = f"{collection.name}:{sort}"
        position = _position(params, order)
        at = position.at if position else timezone.now()
        segments = collection.orders(found, at)[sort]
        if position and not _fits(position, segments):
            raise Invalid({"cursor": WRONG_CURSOR})
        rows, more = keyset.walk(segments, position, self.limit, collection.fetch(found))
        self._link(rows, more, position, order, at)
        return [keys[-1] for _, keys in rows]

    def get_paginated_response(self, data):
        links = {"next": self.next, "prev": self.previous, "first": self._address(None)}
        told = {"next": self.next, "previous": self.previous, "results": data}
        if self.count is not None:
            told = {"count": self.count} | told
        named = ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items() if address)
        return Response(told, headers={"Link": named})

    def _link(self, rows, more, position, order, at):
        backwards = bool(position and position.backwards)
        self.next = self.previous = None
        if rows:
            first, last = (Position(*rows[end], False, at) for end in (0, -1))
            if more or backwards:
                self.next = self._address(keyset.cursor(order, last))
            if more if backwards else position:
                self.previous = self._address(keyset.cursor(order, replace(first, backwards=True)))
        elif position:
            # Nothing is left on this side of the cursor: what there is begins with the first page.
            self.next, self.previous = (self._address(None), None) if backwards else (None, self._address(None))

    def _address(self, cursor):
        query = QueryDict(mutable=True)
        for name, values in self.request.GET.lists():
            if name != "cursor":
                query.setlist(name, values)
        if cursor:
            query["cursor"] = cursor
        address = self.request.build_absolute_uri(self.request.path)
        return f"{address}?{query.urlencode()}" if query else address


def _limit(params):
    text = params.get("limit", str(USUAL))
    if not re.fullmatch(r"[0-9]{1,3}", text, re.ASCII) or not 1 <= int(text) <= MOST:
        raise Invalid({"limit": WRONG_LIMIT})
    return int(text)


def _counted(params):
    if params.get("count", "1") != "1":
        raise Invalid({"count": WRONG_COUNT})
    return "count" in params


def _position(params, order):
    if "cursor" not in params:
        return None
    try:
        of_order, position = keyset.read(params["cursor"])
    except ValueError as error:
        raise Invalid({"cursor": WRONG_CURSOR}) from error
    if of_order != order:
        raise Invalid({"cursor": "Ten „cursor” jest z innej listy albo z listy w innej kolejności."})
    return position


def _fits(position, segments):
    """Not when it is from a list with other words, or from an earlier version of the portal."""
    return position.segment < len(segments) and len(position.values) == len(segments[position.segment].keys)
