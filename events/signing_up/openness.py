"""Whether one can sign up for an event now, and how that is said to a visitor."""

from dataclasses import dataclass

from core.templatetags.portal import moment_words, plural
from events.calendar.standing import WHY_NOT, SignUp, gate
from events.use_cases.signups.entering import NO_PLACES
from events.use_cases.signups.places import free_for_newcomers


@dataclass(frozen=True, slots=True)
class Openness:
    """`takes`: a form may be shown. `kind` is that of components/_notice.html, empty when nothing has to be said."""

    takes: bool
    title: str = ""
    words: str = ""
    kind: str = ""


# Kind of the notice where "info" would not do.
_KINDS = {SignUp.OFF: "bad", SignUp.CLOSED: "warn"}


def openness(event, now):
    """events.calendar.standing.gate() as the page of sign-up says it, with the line in front of a newcomer. One query,
    for an event with a limit."""
    code = gate(event, now)
    if code == SignUp.OPEN:
        return _full(event) or Openness(True)
    return Openness(False, WHY_NOT[code], _more(event, code), _KINDS.get(code, "info"))


def _more(event, code):
    match code:
        case SignUp.OFF:
            return event.cancel_reason
        case SignUp.LATER:
            return f"Zaczną się {moment_words(event.signup_opens_at)}."
        case SignUp.NONE | SignUp.CLOSED:
            return _contact(event)
    return ""


def _full(event):
    if free_for_newcomers(event) != 0:
        return None
    if not event.has_reserve:
        return Openness(False, NO_PLACES, "Na to wydarzenie nie ma listy rezerwowej.", "warn")
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
