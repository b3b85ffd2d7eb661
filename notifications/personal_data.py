"""What saved searches know of people. Letters and choices of letters stand in accounts.personal_data."""

from django.conf import settings

from core.personal_data import DataClass, days_words
from notifications import forgetting


def _days(setting):
    return days_words(getattr(settings, setting))


CLASSES = (
    DataClass(
        code="notifications.searches",
        label="Obserwowane wyszukiwania",
        what="adres e-mail albo konto, lista i filtry, jak często pisać",
        purpose="wysyłanie tej osobie listów o nowościach, o które poprosiła",
        basis="zgoda tej osoby (art. 6 ust. 1 lit. a RODO), potwierdzona odsyłaczem z listu",
        seen_by="ta osoba",
        kept=lambda: (
            f"do rezygnacji i {_days('SEARCHES_ENDED_KEPT_DAYS')} po niej; bez potwierdzenia "
            f"{_days('SEARCHES_WAITING_KEPT_DAYS')}; gdy filtr nic już nie znaczy, "
            f"{_days('SEARCHES_BROKEN_KEPT_DAYS')}"
        ),
        holds={"notifications.SavedSearch": "user email query title"},
        is_protected=True,
        collect=forgetting.held_on,
        erase=forgetting.erase,
        forget=lambda now: forgetting.forget(now=now),
    ),
)
