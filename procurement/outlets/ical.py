"""Coming procedures and last days for offers, as calendars of people and programs get them."""

from datetime import timedelta

from icalendar import Event

from core.ical import host, page_url, plain
from core.templatetags.portal import money
from procurement.choices import EntryType
from procurement.opening import opening_words

# What is further away or further down is of no use in a calendar; the exports have all of it.
MOST = 1_000
NAME = "Zamówienia: terminy ofert i planowane wszczęcia"
COLUMNS = (
    "type", "subject", "buyer_name", "unit_name", "value", "opens_on", "opens_precision", "due_at", "published_at",
    "changed_at", "mode_label",
)  # fmt: skip


def coming(found):
    """The nearest of what is ahead in a queryset of PostingEntry, in the order of time, at `found.now`."""
    return found.qs.filter(due_at__gt=found.now).only(*COLUMNS).order_by("due_at", "pk")[:MOST]


def vevent(entry):
    """A moment for the last offers, a whole day for the first day of the time in which a procedure begins."""
    component = Event()
    component.add("uid", f"zamowienie-{entry.pk}@{host()}")
    component.add("dtstamp", entry.changed_at)
    component.add("last-modified", entry.changed_at)
    component.add("created", entry.published_at)
    component.add("url", page_url(entry))
    if entry.type == EntryType.PLAN:
        opening = opening_words(entry.opens_on, entry.opens_precision)
        component.add("summary", plain(f"Planowane wszczęcie ({opening}): {entry.subject}"))
        component.add("dtstart", entry.opens_on)
        component.add("dtend", entry.opens_on + timedelta(days=1))
        component.add("transp", "TRANSPARENT")
    else:
        component.add("summary", plain(f"Termin ofert: {entry.subject}"))
        component.add("dtstart", entry.due_at)
    component.add("description", plain(_description(entry)))
    return component.to_ical().decode()


def _description(entry):
    who = f"{entry.buyer_name}, {entry.unit_name}" if entry.unit_name else entry.buyer_name
    value = f"Wartość netto: {money(entry.value)}" if entry.value is not None else ""
    return "\n\n".join(filter(None, [who, entry.mode_label, value, f"Szczegóły: {page_url(entry)}"]))
