"""Letters that coordinators cause: an event changed or called off, a message to participants."""

from datetime import UTC, datetime

from django.conf import settings

from events.models import Event, Registration
from notifications.letters import Letter


def signup_example():
    event = Event(
        title="Spotkanie sieciujące podmiotów reintegracyjnych",
        starts_at=datetime(2026, 12, 10, 8, tzinfo=UTC),
        ends_at=datetime(2026, 12, 10, 13, tzinfo=UTC),
        place_name="Dom Spotkań",
        street="ul. Przykładowa",
        house_number="1",
        postal_code="50-000",
        town="Wrocław",
    )
    registration = Registration(event=event, first_name="Osoba", last_name="Przykładowa")
    return {"registration": registration, "event": event, "link": f"{settings.SITE_URL}/zapis/przyklad/"}


def _message():
    return signup_example() | {
        "subject": "Parking przy sali",
        "words": "Parking od strony ulicy Przykładowej jest zamknięty.\n\nZapraszamy na parking przy szkole.",
    }


LETTERS = (
    Letter("events/email/signup_link", "Odsyłacz do zapisu jeszcze raz", signup_example, secrets=("link",)),
    Letter("events/email/event_message", "Wiadomość do uczestników wydarzenia", _message, secrets=("link",)),
)
