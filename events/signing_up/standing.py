"""What a sign-up means for the person whose it is, in words: for their own page and for the panel."""

from dataclasses import dataclass

from core.templatetags.portal import moment_words
from events.choices import EventState
from events.choices import RegistrationState as State

# What was done, in the history of a sign-up.
STEPS = {
    "sign_up": "Zapis",
    "walk_in": "Zapis na miejscu",
    "confirm": "Potwierdzenie udziału",
    "complete": "Dokumenty są kompletne",
    "offer": "Zwolniło się miejsce",
    "jump": "Przyjęcie przez koordynatora",
    "await": "Czeka na dokumenty",
    "resign": "Rezygnacja",
    "lapse": "Termin minął",
    "reject": "Zgłoszenie odrzucone",
    "attend": "Obecność",
    "miss": "Nieobecność",
    "unmark": "Cofnięto obecność",
}


# The reason of these was told to the person; that of letting somebody in before others stays in the office.
_TOLD = ("reject", "resign", "lapse")


def history(steps):
    """[(what was done, in which words, when)] of rows of RegistrationStep."""
    return [(STEPS.get(step.name, step.name), step.note if step.name in _TOLD else "", step.made_at) for step in steps]


@dataclass(frozen=True, slots=True)
class Standing:
    """`kind` is that of a notice or a badge; what can be done now: `may_confirm`, `may_resign`."""

    title: str
    words: str
    kind: str
    may_confirm: bool = False
    may_resign: bool = False


def standing(registration, event, now, *, place_in_line=None):
    """`place_in_line` is the number of somebody in reserve, from 1."""
    if event.state == EventState.CANCELLED:
        return Standing("Wydarzenie odwołane", event.cancel_reason, "bad")
    coming = event.state in EventState.coming() and event.ends_at > now
    return _WORDS[registration.state](registration, coming, now, place_in_line)


def _received(registration, coming, now, _):
    if _too_late(registration, coming, now):
        return _lapsed()
    until = moment_words(registration.hold_until)
    words = f"Miejsce czeka do {until}. Naciśnij „Potwierdzam udział”. Potem dostanie je ktoś inny."
    return Standing("Potwierdź udział", words, "warn", True, True)


def _offered(registration, coming, now, _):
    if _too_late(registration, coming, now):
        return _lapsed()
    until = moment_words(registration.hold_until)
    words = f"Zwolniło się miejsce i teraz Twoja kolej. Potwierdź do {until}. Potem dostanie je następna osoba."
    return Standing("Jest miejsce, potwierdź udział", words, "warn", True, True)


def _awaiting(registration, coming, now, _):
    if registration.event.starts_at <= now:
        return Standing("Brakuje dokumentów", "Uzupełnij je: bez nich udziału nie można zaliczyć.", "warn")
    if _too_late(registration, coming, now):
        return _lapsed()
    until = moment_words(registration.hold_until)
    words = f"Miejsce czeka do {until}. Jeżeli do tego czasu dokumenty nie będą kompletne, dostanie je następna osoba."
    return Standing("Miejsce czeka na dokumenty", words, "warn", False, coming)


def _confirmed(registration, coming, now, _):
    if not coming:
        return Standing("Miejsce było potwierdzone", "Wydarzenie już się odbyło.", "info")
    words = "Czekamy na Ciebie. Nie możesz przyjść? Zrezygnuj jak najwcześniej: na miejsce może ktoś czekać."
    return Standing("Miejsce potwierdzone", words, "good", False, True)


def _reserve(registration, coming, now, place):
    if not coming:
        return Standing("Lista rezerwowa", "Wydarzenie już się odbyło.", "info")
    which = f"Jesteś na {place}. miejscu listy. " if place else ""
    words = f"{which}Gdy zwolni się miejsce, napiszemy i będzie czas, żeby je potwierdzić."
    return Standing("Lista rezerwowa", words, "info", False, True)


def _present(*_):
    return Standing("Obecność zaznaczona", "Dziękujemy za udział.", "good")


def _absent(*_):
    return Standing(
        "Nieobecność", "Na liście obecności nie ma tej osoby. Jeżeli to pomyłka, napisz do organizatora.", "info"
    )


def _resigned(*_):
    return Standing("Nie ma już tego zapisu", "Miejsce zostało oddane albo termin minął.", "info")


def _rejected(*_):
    return Standing("Zgłoszenie nie zostało przyjęte", "Powód był w liście i jest w historii poniżej.", "bad")


def _too_late(registration, coming, now):
    return not coming or registration.hold_until <= now


def _lapsed():
    return Standing("Termin minął", "Miejsce przeszło na następną osobę.", "info")


_WORDS = {
    State.RECEIVED: _received,
    State.OFFERED: _offered,
    State.AWAITING_DOCUMENTS: _awaiting,
    State.CONFIRMED: _confirmed,
    State.RESERVE: _reserve,
    State.PRESENT: _present,
    State.ABSENT: _absent,
    State.RESIGNED: _resigned,
    State.REJECTED: _rejected,
}
# Of each state, the look of its badge in lists.
BADGES = {
    State.CONFIRMED: "good",
    State.PRESENT: "good",
    State.RECEIVED: "warn",
    State.OFFERED: "warn",
    State.AWAITING_DOCUMENTS: "warn",
    State.REJECTED: "bad",
}
