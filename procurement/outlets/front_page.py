"""What orders give to the front page: how many there are, and which offers are due next."""

from django.utils import timezone

from core.templatetags.portal import plural
from procurement.choices import EntryType
from procurement.models import PostingEntry
from procurement.outlets.when import left_words

SHOWN = 6


def order_sections():
    """For core.front_page.contribute: the nearest last days for offers; nothing when no offers are asked for."""
    now = timezone.now()
    open_now = PostingEntry.objects.filter(type=EntryType.NOTICE, due_at__gt=now)
    nearest = list(open_now.only("subject", "buyer_name", "due_at").order_by("due_at", "pk")[: SHOWN + 1])
    if not nearest:
        return {}
    count = open_now.count() if len(nearest) > SHOWN else len(nearest)
    words = plural(count, "zamówienie czeka,zamówienia czekają,zamówień czeka")
    return {
        "figures": [{"value": count, "label": f"{words} na oferty", "url": "/zamowienia/?open=1"}],
        "sections": [
            {
                "title": "Zamówienia, które czekają na oferty",
                "url": "/zamowienia/?open=1&sort=termin",
                "more": "Wszystkie otwarte zamówienia",
                "items": [
                    {
                        "label": entry.subject,
                        "url": entry.get_absolute_url(),
                        "meta": f"{entry.buyer_name} · {left_words(entry.due_at, now)}",
                    }
                    for entry in nearest[:SHOWN]
                ],
            }
        ],
    }
