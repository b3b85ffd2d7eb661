"""What the database refuses, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from events.choices import EventState, RegistrationState
from events.models import Event, Registration
from tests.events.factories import NOW, EnrolmentFactory, EventFactory, ParticipantFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
PESEL = "44051401458"


def refuses(work, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        work()


def test_places_are_counted_by_the_database_and_none_is_given_twice():
    event = EventFactory(capacity=2)
    first = RegistrationFactory(event=event)
    RegistrationFactory(event=event, state=RegistrationState.OFFERED)
    RegistrationFactory(event=event, state=RegistrationState.RESERVE)
    event.refresh_from_db()
    assert (event.taken, event.free_places) == (2, 0)
    refuses(lambda: RegistrationFactory(event=event), "events_event_places")
    Registration.objects.filter(pk=first.pk).update(state=RegistrationState.RESIGNED, ended_at=NOW)
    event.refresh_from_db()
    assert event.taken == 1
    refuses(
        lambda: Registration.objects.filter(event=event).update(hold_until=None), "events_registration_waits_until"
    )
    Registration.objects.filter(event=event).delete()
    event.refresh_from_db()
    assert event.taken == 0


def test_fewer_places_than_are_taken_are_refused():
    event = EventFactory(capacity=5)
    RegistrationFactory.create_batch(3, event=event)
    refuses(lambda: Event.objects.filter(pk=event.pk).update(capacity=2), "events_event_places")


def test_one_person_has_one_place_and_may_come_back():
    one = RegistrationFactory(email="ewa@example.pl", first_name="Ewa", last_name="Nowak")
    twice = {"event": one.event, "email": "EWA@example.pl", "first_name": "ewa", "last_name": "nowak"}
    refuses(lambda: RegistrationFactory(**twice), "events_registration_of_visitor_once")
    RegistrationFactory(**twice | {"first_name": "Adam"})  # two people with one address
    Registration.objects.filter(pk=one.pk).update(state=RegistrationState.RESIGNED, ended_at=NOW)
    assert RegistrationFactory(**twice)


def test_an_event_is_announced_with_a_date_and_cancelled_in_words():
    event = EventFactory(state=EventState.DRAFT, starts_at=None, ends_at=None)
    published = {"state": EventState.PUBLISHED, "published_at": NOW}
    refuses(lambda: Event.objects.filter(pk=event.pk).update(**published), "events_event_announced_with_a_date")
    other = EventFactory()
    refuses(lambda: Event.objects.filter(pk=other.pk).update(state="odwolane"), "events_event_cancelled_in_words")


def test_a_pesel_is_sealed_and_stands_once_in_an_edition():
    one = ParticipantFactory(pesel=PESEL, pesel_fingerprint="a" * 64)
    one.refresh_from_db()
    assert one.pesel == PESEL
    with connection.cursor() as cursor:
        cursor.execute("SELECT pesel FROM events_participant WHERE id = %s", [one.pk])
        assert PESEL not in cursor.fetchone()[0]
        cursor.execute("SELECT * FROM events_participantevent")
        assert "pesel" not in {column.name for column in cursor.description}
    refuses(
        lambda: ParticipantFactory(edition=one.edition, pesel=PESEL, pesel_fingerprint="a" * 64),
        "events_participant_pesel_once",
    )


def test_an_institution_is_enrolled_once_in_an_edition_but_may_begin_again():
    one = EnrolmentFactory(accepted=True)
    EnrolmentFactory(edition=one.edition, nip=one.nip)  # a draft
    refuses(lambda: EnrolmentFactory(edition=one.edition, nip=one.nip, state="do-podpisu"), "events_enrolment_once")
