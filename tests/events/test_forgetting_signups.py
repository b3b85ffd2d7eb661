"""What is forgotten of people at events, when, and what stays."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from accounts.use_cases.retention import forget
from core.personal_data import all_classes
from events.choices import RegistrationState as State
from events.models import AttendanceScan, Certificate, Event, EventQuestion, Registration, RegistrationStep
from events.use_cases.signups.forgetting import erase_signups_of, signups_of
from events.use_cases.signups.steps import resign
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.events.factories import END, NOW, EditionFactory, EventFactory, ParticipantFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
NAMES = ("first_name", "last_name", "email", "needs", "diet", "state")


@pytest.fixture(autouse=True)
def _times(settings):
    settings.EVENT_SIGNUPS_KEPT_DAYS, settings.EVENT_NEEDS_KEPT_DAYS = 730, 30


def names(registration):
    return Registration.objects.values_list(*NAMES).get(pk=registration.pk)


def test_needs_and_diets_go_a_month_after_the_event():
    one = RegistrationFactory(needs="pętla indukcyjna", diet="bez glutenu", first_name="Ewa", last_name="Nowak")
    assert forget("events.needs", clock=lambda: END + timedelta(days=30)) == 0
    assert forget("events.needs", clock=lambda: END + timedelta(days=30, seconds=1)) == 1
    assert names(one) == ("Ewa", "Nowak", one.email, "", "", State.CONFIRMED)


def test_open_events_forget_who_came_and_keep_how_many():
    one = RegistrationFactory(state=State.PRESENT, needs="x", answers={"obiad": "tak"})
    facts = {"name": "Ewa Nowak", "first_name": "Ewa", "last_name": "Nowak", "corrections": [{"note": "Nowak"}]}
    Certificate.objects.create(registration=one, number="1", code="a", facts=facts, issued_at=NOW)
    RegistrationStep.objects.create(
        registration=one, name="jump", target="potwierdzone", note="Pani Nowak jest chora", made_at=NOW
    )
    assert forget("events.signups", clock=lambda: END + timedelta(days=730)) == 0
    late = END + timedelta(days=731)
    assert forget("events.signups", clock=lambda: late) == 1
    assert forget("events.signups", clock=lambda: late + timedelta(days=1)) == 0
    assert names(one) == ("(dane", "usunięte)", "", "", "", State.PRESENT)
    one.refresh_from_db()
    names_of_nobody = {"name": "(dane usunięte)", "first_name": "(dane", "last_name": "usunięte)"}
    assert (one.answers, one.certificate.facts, one.steps.get().note) == ({}, names_of_nobody, "")
    assert Event.objects.get().taken == 1


def test_files_sent_with_answers_are_deleted_with_them():
    asked = EventQuestion(code="praca", label="Twoja praca?", answer="file")
    kept, user = [], account()
    for more in ({"email": "inna@example.pl"}, {"email": user.email}):
        one = RegistrationFactory(state=State.PRESENT, **more)
        EventQuestion.objects.create(event=one.event, code=asked.code, label=asked.label, answer=asked.answer)
        name = default_storage.save("events/answers/a.pdf", ContentFile(b"%PDF-1.7"))
        Registration.objects.filter(pk=one.pk).update(answers={"praca": name, "dawne": "tak"})
        kept.append(name)
    assert signups_of(user)[0]["odpowiedzi"] == "Twoja praca?: dołączono plik; dawne: tak"
    erase_signups_of(user, NOW)
    assert [default_storage.exists(name) for name in kept] == [True, False]
    assert forget("events.signups", clock=lambda: END + timedelta(days=731)) == 1
    assert not default_storage.exists(kept[0])


def test_a_project_keeps_who_came_until_its_people_are_erased():
    person = ParticipantFactory()
    one = RegistrationFactory(event=EventFactory(edition=person.edition), participant=person)
    late = END + timedelta(days=800)
    assert forget("events.signups", clock=lambda: late) == 0
    person.erased_at = late
    person.save()
    assert forget("events.signups", clock=lambda: late) == 1
    assert names(one)[:2] == ("(dane", "usunięte)")


def test_scans_of_lists_go_with_their_file():
    def scan(event):
        row = AttendanceScan(event=event, content_type="application/pdf", added_at=NOW)
        row.file.save("lista.pdf", ContentFile(b"%PDF-1.7"))
        return row

    of_project, of_nobody = scan(EventFactory(edition=EditionFactory())), scan(EventFactory())
    assert forget("events.lists", clock=lambda: END + timedelta(days=731)) == 1
    assert AttendanceScan.objects.get() == of_project
    assert (default_storage.exists(of_nobody.file.name), default_storage.exists(of_project.file.name)) == (False, True)


def test_a_person_sees_and_erases_their_own_and_nobody_elses():
    user = account(email="ewa@example.pl")
    mine = RegistrationFactory(email="EWA@example.pl", needs="tłumacz PJM", first_name="Ewa", last_name="Nowak")
    person = ParticipantFactory(user=user)
    project = RegistrationFactory(
        event=EventFactory(edition=person.edition), participant=person, needs="winda", first_name="Ewa"
    )
    foreign = RegistrationFactory(needs="rampa")
    assert [row["szczególne potrzeby"] for row in signups_of(user)] == ["tłumacz PJM", "winda"]
    erase_signups_of(user, NOW)
    assert names(mine) == ("(dane", "usunięte)", "", "", "", State.CONFIRMED)
    assert names(project)[0] == "Ewa"
    assert names(project)[3] == ""
    assert names(foreign)[3] == "rampa"


def everywhere(words):
    """Tables of the whole database in which one of the words stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - names of tables
            found += [table for (row,) in cursor.fetchall() if any(word in row for word in words)]
    return sorted(set(found))


def test_nothing_of_somebody_at_an_open_event_is_left_in_any_table_when_its_time_is_over(client):
    event = EventFactory(asks_diet=True)
    who = {"first_name": "Zenobia", "last_name": "Niepowtarzalna", "email": "zenobia@example.pl"}
    given = who | {"diet": "BEZ-SELERA", "needs": "PĘTLA", "institution_name": "Firma Zenobii", "klucz": "k"}
    words = ["Zenobi", "Niepowtarzalna", "zenobia@", "BEZ-SELERA", "PĘTLA"]
    with time_machine.travel(NOW, tick=False):
        assert client.post(f"/wydarzenia/{event.slug}/zapisy/", given).status_code == 302
        one = Registration.objects.get()
        resign(registration_id=one.pk, kind="staff", note="Zenobia jest chora", now=NOW)
        assert everywhere(words) == ["events_registration", "events_registrationstep", "notifications_outgoingemail"]
    OutgoingEmail.objects.update(sent_at=NOW)
    late = END + timedelta(days=731)
    for one in all_classes():
        if one.forget:
            forget(one.code, clock=lambda: late)
    assert everywhere(words) == []
