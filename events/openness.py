"""Whether one can sign up for an event now, and how that is said to a visitor."""

from dataclasses import dataclass

from core.templatetags.portal import moment_words, plural
from events.choices import EventState

OPEN, FULL = "open", "full"


@dataclass(frozen=True, slots=True)
class Openness:
    """`takes`: a form may be shown. `kind` is that of components/_notice.html, empty when nothing has to be said."""

    takes: bool
    title: str = ""
    words: str = ""
    kind: str = ""


def openness(event, now):
    """One query, for a full event with a reserve."""
    return _closed(event, now) or _full(event) or Openness(True)


def _closed(event, now):
    if event.state == EventState.CANCELLED:
        return Openness(False, "Wydarzenie odwołane.", event.cancel_reason, "bad")
    if event.state not in EventState.coming() or event.ends_at <= now:
        return Openness(False, "To wydarzenie już się odbyło.", "", "info")
    if event.signup_url:
        return Openness(False, "Zapisy na innej stronie.", "Na to wydarzenie zapisuje organizator.", "info")
    if not event.takes_signups:
        return Openness(False, "Na to wydarzenie nie zapisujemy przez portal.", _contact(event), "info")
    if event.signup_opens_at and now < event.signup_opens_at:
        return Openness(False, "Zapisy zaczną się", f"{moment_words(event.signup_opens_at)}.", "info")
    closes = event.signup_closes_at or event.starts_at
    if now >= closes:
        return Openness(False, "Zapisy już się skończyły.", _contact(event), "warn")
    return None


def _full(event):
    if event.capacity is None or event.taken < event.capacity and not _waiting(event):
        return None
    if not event.has_reserve:
        return Openness(False, "Nie ma już wolnych miejsc.", "Na to wydarzenie nie ma listy rezerwowej.", "warn")
    waiting = _waiting(event)
    words = "Możesz zapisać się na listę rezerwową. Gdy zwolni się miejsce, napiszemy."
    if waiting:
        people = plural(waiting, "osoba,osoby,osób")
        words += f" Przed Tobą {plural(waiting, 'czeka,czekają,czeka')} {waiting} {people}."
    return Openness(True, "Wszystkie miejsca są zajęte.", words, "warn")


def _waiting(event):
    return event.registrations.in_reserve().count()


def _contact(event):
    reach = " ".join(filter(None, [event.contact_name, event.contact_phone, event.contact_email]))
    return f"Pytania: {reach}." if reach else ""
