"""/zamowienia/atom.xml: what is new and what changed in any result of the list."""

from django.utils import timezone

from core.feeds import ListFeed, writable
from core.templatetags.portal import money
from procurement.choices import EntryType, UpdateKind
from procurement.filters import PostingFilter
from procurement.outlets.when import when_words

NEWEST = 50


class PostingFeed(ListFeed):
    heading, page = "Zamówienia", "procurement:posting_list"
    subtitle = "Pozycje planów postępowań, ogłoszenia i wyniki: nowe i zmienione."

    def find(self, request):
        return PostingFilter(request.GET, now=timezone.now())

    def items(self, request):
        rows = request.found.qs.defer("search", "cpv", "cell")
        return rows.order_by("-changed_at", "-posting")[:NEWEST]

    def item_title(self, entry):
        changed = entry.type == EntryType.PLAN and entry.state == UpdateKind.CHANGED
        told = "Zmiana w planie: " if changed else {"plan": "Plan: ", "wynik": "Wynik: "}.get(entry.type, "")
        return writable(told + entry.subject)

    def parts(self, entry):
        value = money(entry.value) if entry.value is not None else ""
        return [entry.buyer_name, entry.unit_name, when_words(entry, timezone.now()), value, entry.summary]

    def item_pubdate(self, entry):
        return entry.published_at

    def item_updateddate(self, entry):
        return entry.changed_at
