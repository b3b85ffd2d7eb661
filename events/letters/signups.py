"""Letters about a place at an event, with invented values for the preview."""

from datetime import UTC, datetime

from django.conf import settings

from events.choices import RegistrationState
from events.models import Event, Registration
from notifications.letters import Letter

START = datetime(2026, 12, 3, 8, tzinfo=UTC)


def _example():
    event = Event(
        title="Spotkanie sieciujące podmiotów reintegracyjnych",
        starts_at=START,
        ends_at=datetime(2026, 12, 3, 13, tzinfo=UTC),
        place_name="Dom Spotkań",
        street="ul. Przykładowa",
        house_number="1",
        postal_code="50-000",
        town="Wrocław",
    )
    registration = Registration(
        event=event,
        state=RegistrationState.OFFERED,
        first_name="Osoba",
        last_name="Przykładowa",
        hold_until=datetime(2026, 12, 1, 11, tzinfo=UTC),
    )
    return {
        "registration": registration,
        "event": event,
        "note": "Wydarzenie jest dla innej grupy.",
        "link": f"{settings.SITE_URL}/zapis/przyklad/",
        "is_sure": False,
        "certificate": "12/2026",
    }


def _links_example():
    link = f"{settings.SITE_URL}/zapis/przyklad/"
    blocks = [f"Osoba Przykładowa, Fundacja Przykładowa:\n{link}", f"Anna Przykładowa, Fundacja Przykładowa:\n{link}"]
    return {"event": _example()["event"], "links": "\n\n".join(blocks)}


def _letter(name, label):
    return Letter(f"events/email/signup_{name}", label, _example, secrets=("link",))


LETTERS = (
    _letter("received", "Potwierdź zgłoszenie na wydarzenie"),
    _letter("awaiting_documents", "Miejsce na wydarzeniu czeka na dokumenty"),
    _letter("confirmed", "Potwierdzone miejsce na wydarzeniu"),
    _letter("reserve", "Lista rezerwowa wydarzenia"),
    _letter("your_turn", "Miejsce z listy rezerwowej do potwierdzenia"),
    _letter("resigned", "Rezygnacja z wydarzenia"),
    _letter("lapsed", "Miejsce na wydarzeniu przepadło"),
    _letter("reminder_7", "Wydarzenie za tydzień"),
    _letter("reminder_1", "Wydarzenie jutro"),
    _letter("changed", "Zmiana w wydarzeniu"),
    _letter("cancelled", "Wydarzenie odwołane"),
    _letter("thanks", "Podziękowanie za udział w wydarzeniu"),
    Letter("events/email/signup_links", "Odsyłacze do zapisu na wydarzenie", _links_example, secrets=("links",)),
    _letter("rejected", "Zgłoszenie na wydarzenie odrzucone"),
)
