"""Certificates of participation: numbered without gaps, frozen as issued, known by a code that nobody guesses."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from core.exceptions import Refused
from events.choices import Attendance, EventState, RegistrationState
from events.models import Certificate, CertificateCounter, Presence, Registration
from events.use_cases.day.seating import lock_event

# Without 0 O, 1 I L: 16 of 31 signs are 79 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 16


@transaction.atomic
def issue(*, event_id, registration_ids=None, actor, now):
    """Issue certificates for those present who have none; all of them, or those named. Returns the new ones.

    The event is locked first and the counter of the year last, in the same transaction: two who issue at once wait
    for each other, and what is rolled back leaves no gap. Refused before the event was held.
    """
    event = lock_event(event_id, for_presence=False)
    if event.state not in EventState.over():
        raise Refused("Zaświadczenia wystawia się po wydarzeniu.")
    present = event.registrations.filter(state=RegistrationState.PRESENT, certificate=None)
    if registration_ids is not None:
        present = present.filter(pk__in=registration_ids)
    rows = list(with_hours(present.order_by("pk")))
    if not rows:
        return []
    year = timezone.localdate(now).year
    first = _numbers(year, len(rows))
    return Certificate.objects.bulk_create(
        Certificate(
            registration=row, number=f"ZU {number}/{year}", code=_code(), facts=facts_of(event, row), issued_at=now
        )
        for number, row in enumerate(rows, first)
    )


@transaction.atomic
def correct(*, certificate_id, note, actor, now):
    """Issue anew with what is true now; number and code stay, and the page of the code says that it was corrected."""
    note = note.strip()
    if not note:
        raise Refused("Napisz, co poprawiono.", field="note")
    event_id = Certificate.objects.values_list("registration__event_id", flat=True).get(pk=certificate_id)
    event = lock_event(event_id, for_presence=False)
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate_id)
    row = with_hours(Registration.objects).get(pk=certificate.registration_id)
    if row.state != RegistrationState.PRESENT:
        raise Refused("Ta osoba nie jest zaznaczona jako obecna.")
    corrections = [*certificate.facts.get("corrections", []), {"on": str(timezone.localdate(now)), "note": note[:300]}]
    certificate.facts = facts_of(event, row) | {"corrections": corrections}
    certificate.save(update_fields=["facts"])
    return certificate


def facts_of(event, row):
    """What a certificate says, as JSON. Days are those on which the person was there; hours None when one has none."""
    # Whoever is present without a day named was there on all of them.
    days = [one.day for one in row.presences.all()] or list(event.days.all())
    days.sort(key=lambda day: day.starts_at)
    edition = event.edition
    online = event.attendance == Attendance.ONLINE or row.joins_online
    place = ", ".join(filter(None, [event.place_name, event.town]))
    return {
        "name": row.full_name,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "event": event.title,
        "kind": event.get_kind_display(),
        "edition": edition.name if edition else "",
        "edition_number": edition.number if edition else "",
        "funding": edition.funding_statement if edition else "",
        "days": [[day.starts_at.isoformat(), day.ends_at.isoformat()] for day in days],
        "all_day": any(day.is_all_day for day in days),
        "hours": hours_of(event, row),
        "place": "on-line" if online else place,
    }


def with_hours(registrations):
    """Sign-ups as facts_of() and hours_of() read them, in two queries more."""
    lasted = Presence.objects.lasting()
    return registrations.prefetch_related("presences__day", Prefetch("presences", lasted, to_attr="lasting"))


def hours_of(event, row):
    """How long the person of with_hours() was there, in hours; None when one of the days has none. Whoever is present
    without a day named was there on all of them."""
    days = [one.day for one in row.presences.all()] or list(event.days.all())
    if not days or any(day.is_all_day for day in days):
        return None
    spans = [one.lasted for one in row.lasting] or [day.ends_at - day.starts_at for day in days]
    return round(sum(spans, timedelta()) / timedelta(hours=1), 2)


def forget_names(certificates, *, first_name, last_name):
    """Certificates of nobody any more, with their numbers and what they were for. Words of corrections go too: most of
    them are about names."""
    for certificate in certificates:
        names = {"name": f"{first_name} {last_name}", "first_name": first_name, "last_name": last_name}
        kept = {name: value for name, value in certificate.facts.items() if name != "corrections"}
        certificate.facts = kept | names
        certificate.save(update_fields=["facts"])


def is_valid(certificate):
    """As long as the person counts as having been there."""
    row = certificate.registration
    return row.state == RegistrationState.PRESENT and row.event.state in EventState.over()


def normalised(code):
    """A code as somebody types it from paper: small letters, spaces and hyphens do not count."""
    return "".join(char for char in code.upper() if char.isascii() and char.isalnum())


def _numbers(year, count):
    """The first of `count` numbers that nobody else gets. Holds the counter until the end of the transaction."""
    CertificateCounter.objects.get_or_create(year=year)
    counter = CertificateCounter.objects.select_for_update().get(year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return first


def _code():
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
