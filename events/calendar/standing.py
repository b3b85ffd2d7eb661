"""Whether one can sign up for an event now: the one answer, and how the calendar, the page of sign-up and a refusal
say it."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.urls import reverse

from core.templatetags.portal import number, plural
from events.calendar.when import moment_words
from events.choices import EventState


class SignUp(StrEnum):
    OPEN = "open"
    RESERVE = "reserve"  # full, but one may queue
    FULL = "full"
    LATER = "later"
    CLOSED = "closed"
    ELSEWHERE = "elsewhere"
    NONE = "none"  # no sign-up is held
    OFF = "off"  # cancelled
    OVER = "over"


@dataclass(frozen=True)
class Standing:
    """`words` in full, `short` for a line of a list; `url` and `label` of where one signs up, empty when nowhere."""

    code: SignUp
    words: str
    short: str = ""
    url: str = ""
    label: str = ""
    kind: str = ""


def closes_at(event):
    """Nobody signs up for what has begun, whatever was left out of the form."""
    return min(filter(None, [event.signup_closes_at, event.starts_at]), default=None)


def gate(event, now):
    """The SignUp at a moment but for places: OPEN also of a full event. Reads the row of the event only."""
    closing = closes_at(event)
    is_closed = closing is not None and closing <= now
    if event.state == EventState.CANCELLED:
        return SignUp.OFF
    if event.state in EventState.over() or (event.ends_at and event.ends_at <= now):
        return SignUp.OVER
    if event.signup_url:
        return SignUp.CLOSED if is_closed else SignUp.ELSEWHERE
    if not event.takes_signups:
        return SignUp.NONE
    if is_closed:
        return SignUp.CLOSED
    if event.signup_opens_at and event.signup_opens_at > now:
        return SignUp.LATER
    return SignUp.OPEN


# Why nobody is signed up through the portal now, as the page of sign-up and a refusal say it.
WHY_NOT = {
    SignUp.OFF: "Wydarzenie jest odwołane.",
    SignUp.OVER: "To wydarzenie już się odbyło.",
    SignUp.ELSEWHERE: "Na to wydarzenie zapisuje organizator na swojej stronie.",
    SignUp.NONE: "Na to wydarzenie nie zapisujemy przez portal.",
    SignUp.LATER: "Zapisy jeszcze się nie zaczęły.",
    SignUp.CLOSED: "Zapisy już się skończyły.",
}


def standing(event, now):
    """The Standing of a sign-up at a moment. Reads the row of the event only."""
    closing = closes_at(event)
    match gate(event, now):
        case SignUp.OFF:
            return Standing(SignUp.OFF, WHY_NOT[SignUp.OFF])
        case SignUp.OVER:
            return Standing(SignUp.OVER, "Wydarzenie już się odbyło.")
        case SignUp.ELSEWHERE:
            return _elsewhere(event, closing)
        case SignUp.NONE:
            return Standing(SignUp.NONE, "Przez portal nie trzeba się zapisywać.", "bez zapisów")
        case SignUp.CLOSED:
            return Standing(SignUp.CLOSED, f"Zapisy zakończyły się {moment_words(closing)}.", "zapisy zakończone")
        case SignUp.LATER:
            opening = moment_words(event.signup_opens_at)
            return Standing(SignUp.LATER, f"Zapisy zaczną się {opening}.", f"zapisy od {opening}")
    return _open(event, closing)


def _open(event, closing):
    until = f" Zapisy do {moment_words(closing)}." if closing else ""
    url = reverse("events:signup", args=[event.slug])
    free = event.free_places
    if free is None:
        return Standing(SignUp.OPEN, f"Można się zapisać.{until}", "zapisy otwarte", url, "Zapisz się", "good")
    if free:
        places = f"{number(free)} {plural(free, 'wolne miejsce,wolne miejsca,wolnych miejsc')}"
        words = f"{places} z {number(event.capacity)}.{until}"
        return Standing(SignUp.OPEN, words, places, url, "Zapisz się", "good")
    if event.has_reserve:
        words = f"Wszystkie miejsca są zajęte. Można zapisać się na listę rezerwową.{until}"
        return Standing(SignUp.RESERVE, words, "lista rezerwowa", url, "Zapisz się na listę rezerwową", "warn")
    return Standing(SignUp.FULL, "Wszystkie miejsca są zajęte.", "brak miejsc", kind="warn")


def _elsewhere(event, closing):
    site = urlsplit(event.signup_url).hostname or "inna strona"
    until = f" Zapisy do {moment_words(closing)}." if event.signup_closes_at else ""
    words = f"Zapisy prowadzi {site}.{until}"
    return Standing(SignUp.ELSEWHERE, words, "zapisy na innej stronie", event.signup_url, f"Zapisy na {site}")
