"""The buttons of an event: which steps the workflow has from here, and where each is taken."""

from dataclasses import dataclass

from django.urls import reverse

from events.workflow import STAFF, events

# Step → the last part of its page's address under /panel/wydarzenia/<slug>/. A step without a page has no button.
PAGES = {
    "publish": "krok/publish",
    "move": "krok/move",
    "cancel": "krok/cancel",
    "hold": "rozliczenie",
    "settle": "rozliczenie",
    "reopen": "rozliczenie",
}
DANGEROUS = {"cancel", "reopen"}


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    url: str
    is_dangerous: bool
    # What a draft waits for; everything else is an exception.
    is_first: bool


def buttons(event):
    """In the order of the workflow."""
    desk = reverse("events:desk", args=[event.slug])
    return [
        Button(step.label, f"{desk}{PAGES[step.name]}/", step.name in DANGEROUS, step.name == "publish")
        for step in events.available(state=event.state, actor=STAFF)
        if step.name in PAGES
    ]
