"""The event because of which an institution enrols: whom it sends there, and what is held for them."""

from django.utils import timezone

from core.templatetags.portal import moment_words, plural
from events.choices import RegistrationState as State
from events.models import Event, Registration
from events.signing_up import roster as event_roster


def event_of(slug, edition, now):
    """The event that an address names, or None: it has to be one of this edition and still to come."""
    return Event.objects.coming(now).filter(slug=slug[:100], edition=edition).first() if slug else None


def choice(enrolment, now):
    """Lines of the roster (event_roster.Line) to choose from; those who fit stand ticked as far as the limit of the
    institution goes. Empty when there is no event or it is over."""
    event = enrolment.on_the_way_to
    if event is None or event.starts_at is None or event.ends_at <= now:
        return []
    lines = event_roster.lines(event, enrolment)
    left = len(lines)
    if event.per_institution is not None:
        left = max(event.per_institution - sum(bool(line.state) for line in lines), 0)
    for line in [one for one in lines if one.may_be_chosen][:left]:
        line.checked = True
    return lines


def held(enrolment):
    """Sign-ups that this institution has for the event, in the order of arrival."""
    rows = Registration.objects.active().filter(event=enrolment.on_the_way_to_id, enrolment=enrolment)
    return list(rows.order_by("pk")) if enrolment.on_the_way_to_id else []


def held_words(rows):
    """ "Miejsca na wydarzeniu czekają: 2 do 3 grudnia 2026, godz. 9.00. Lista rezerwowa: 1." """
    waiting = [one for one in rows if one.state == State.AWAITING_DOCUMENTS]
    reserve = sum(one.state == State.RESERVE for one in rows)
    words = []
    if waiting:
        count, until = len(waiting), moment_words(min(one.hold_until for one in waiting))
        words.append(f"{count} {plural(count, 'miejsce czeka,miejsca czekają,miejsc czeka')} na dokumenty do {until}.")
    if sure := len(rows) - len(waiting) - reserve:
        words.append(
            f"{sure} {plural(sure, 'miejsce jest potwierdzone,miejsca są potwierdzone,miejsc jest potwierdzonych')}."
        )
    if reserve:
        words.append(f"{reserve} {plural(reserve, 'osoba jest,osoby są,osób jest')} na liście rezerwowej.")
    return " ".join(words)


def is_ahead(event):
    return event is not None and event.ends_at is not None and event.ends_at > timezone.now()
