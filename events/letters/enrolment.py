"""Letters about the forms of institutions and about the people they delegate, with invented values for the preview."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.urls import reverse

from core import links
from events.models import Event
from notifications.letters import Letter
from notifications.outbox import enqueue

ENROLMENT, PARTICIPANT = "enrolment", "participant"
STARTED = "events/email/enrolment_started"
SUBMITTED = "events/email/enrolment_submitted"
ACCEPTED = "events/email/enrolment_accepted"
RETURNED = "events/email/enrolment_returned"
CLOSED = "events/email/enrolment_closed"
ENDED = "events/email/enrolment_ended"
DECIDED = "events/email/update_decided"
OWN_LINK = "events/email/participant_link"
JOINED = "events/email/participant_joined"


def enrolment_link(enrolment):
    return settings.SITE_URL + reverse("events:enrolment", args=[links.token(ENROLMENT, enrolment)])


def signup_link(event, enrolment):
    """Where this institution signs its people up for an event."""
    return f"{settings.SITE_URL}{signup_path(event, enrolment)}"


def signup_path(event, enrolment):
    return f"{reverse('events:signup', args=[event.slug])}?zgloszenie={links.token(ENROLMENT, enrolment)}"


def participant_link(participant):
    return settings.SITE_URL + reverse("events:participation", args=[links.token(PARTICIPANT, participant)])


def addresses(enrolment):
    """Whoever began the form and the contact person, each once, in whatever case of letters it was typed."""
    given = (enrolment.contact_email, enrolment.email)
    return list({address.lower(): address for address in given if address}.values())


def send(template, enrolment, *, now, key="", once_in="milliseconds", **context):
    """One letter to each address of a form. `key` tells letters of one kind apart, else the time does, as finely as
    `once_in` says (timespec of datetime.isoformat)."""
    context = {"enrolment": enrolment, "edition": enrolment.edition, "link": enrolment_link(enrolment), **context}
    for address in addresses(enrolment):
        dedupe_key = f"{template}:{enrolment.pk}:{key or now.isoformat(timespec=once_in)}:{address.lower()}"
        enqueue(to=address, template=template, context=context, dedupe_key=dedupe_key, now=now)


def send_own_link(participant, *, institution, now, key="", template=OWN_LINK):
    """The person's own way in; without an address nothing is sent and False returned."""
    if not participant.email:
        return False
    enqueue(
        to=participant.email,
        template=template,
        context={
            "participant": participant,
            "edition": participant.edition,
            "institution": institution,
            "link": participant_link(participant),
        },
        dedupe_key=f"{template}:{participant.pk}:{key or now.isoformat(timespec='minutes')}",
        now=now,
    )
    return True


def _edition():
    return {
        "name": "Dolnośląska Ekonomia Społeczna",
        "contact_name": "Anna Przykładowa",
        "contact_email": "projekt@example.pl",
        "contact_phone": "+48710000000",
        "enrolment_until": date(2026, 12, 31),
    }


def _example():
    link = f"{settings.SITE_URL}/zgloszenie/przyklad/"
    enrolment = {
        "name": "Fundacja Przykładowa",
        "nip": "8990000083",
        "submitted_at": datetime(2026, 11, 3, tzinfo=UTC),
    }
    remarks = [{"label": "Nazwa", "words": "Podaj pełną nazwę z rejestru."}]
    update = {"get_kind_display": "aktualizacja osób zgłoszonych", "effective_on": date(2026, 11, 3), "answer": ""}
    given = {"enrolment": enrolment, "edition": _edition(), "link": link, "remarks": remarks}
    starts_at, ends_at = datetime(2026, 12, 3, 8, tzinfo=UTC), datetime(2026, 12, 3, 13, tzinfo=UTC)
    given["event"] = Event(title="Spotkanie sieciujące", starts_at=starts_at, ends_at=ends_at)
    given["signup_link"] = f"{settings.SITE_URL}/wydarzenia/przyklad/zapisy/?zgloszenie=przyklad"
    return given | {"update": update, "is_accepted": True, "reason": "Edycja została zamknięta."}


def _person():
    participant = {"first_name": "Ola", "last_name": "Przykładowa", "email": "ola@example.pl"}
    link = f"{settings.SITE_URL}/udzial/przyklad/"
    return {"participant": participant, "edition": _edition(), "institution": "Fundacja Przykładowa", "link": link}


LETTERS = (
    Letter(STARTED, "Odsyłacz do zgłoszenia instytucji", _example, secrets=("link", "signup_link")),
    Letter(SUBMITTED, "Zgłoszenie instytucji przesłane", _example, secrets=("link",)),
    Letter(ACCEPTED, "Zgłoszenie instytucji przyjęte", _example, secrets=("link",)),
    Letter(RETURNED, "Zgłoszenie instytucji do poprawy", _example, secrets=("link",)),
    Letter(CLOSED, "Zgłoszenia do edycji zamknięte", _example, secrets=("link",)),
    Letter(ENDED, "Udział instytucji w projekcie zakończony", _example, secrets=("link",)),
    Letter(DECIDED, "Odpowiedź na aktualizację zgłoszenia", _example, secrets=("link",)),
    Letter(OWN_LINK, "Własny odsyłacz osoby delegowanej", _person, secrets=("link",)),
    Letter(JOINED, "Osoba delegowana jest już w tej edycji", _person, secrets=("link",)),
)
