"""Participants of an event as rows of a sheet. Nothing sensitive: needs and diets have a page of their own."""

from django.utils import timezone

from events.choices import RegistrationState
from events.coordination import people

HEADINGS = [
    "Nazwisko", "Imię", "Instytucja", "Stan", "Nr na liście rezerwowej", "Miejsce czeka do", "E-mail", "Telefon",
    "Jak się zapisano", "Udział", "Zgłoszono", "Brakuje", "Uwagi",
]  # fmt: skip


def participants(event):
    """The heading and a row for each sign-up that was not given up, in Polish order."""
    rows = people.narrowed(people.rows_of(event), state="aktywne")
    yield HEADINGS
    for line in people.lines(rows):
        one = line.registration
        yield [
            one.last_name,
            one.first_name,
            one.institution_name,
            str(RegistrationState(one.state).label),
            line.number,
            _moment(one.hold_until),
            one.email,
            one.phone,
            str(one.get_channel_display()),
            "on-line" if one.joins_online else "na miejscu",
            _moment(one.registered_at),
            "; ".join(line.missing),
            one.remarks,
        ]


def _moment(at):
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
