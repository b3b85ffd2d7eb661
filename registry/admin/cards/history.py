"""The last changes of a card for its tab; the whole story, and any day of it, has a page of its own."""

from django.template.loader import render_to_string
from django.urls import reverse

from registry.history.events import events_of
from registry.history.story import changes

SHOWN = 10


def last_changes(card):
    told = changes(events_of(card))
    context = {
        "changes": told[:SHOWN],
        "more": max(0, len(told) - SHOWN),
        "address": reverse("registry:organisation_history", args=[card.slug]),
    }
    return render_to_string("admin/registry/last_changes.html", context)
