"""An institution that leaves a project, and people whom it sends no longer: their places go to the next in line."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from events.choices import EventState, UpdateState
from events.choices import RegistrationState as State
from events.completeness import missing_of
from events.models import Delegation, EnrolmentUpdate, Registration
from events.use_cases.signups.entering import Person, sign_up
from tests.accounts.factories import account, hold
from tests.events.enrolling import accepted, address, coordinator, edition, letters, opened, person
from tests.events.factories import DelegationFactory, EventFactory, RegistrationFactory
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
ENDED = State.RESIGNED


def make(one, days=10, **more):
    start = timezone.now() + timedelta(days=days)
    return EventFactory(**{"edition": one, "starts_at": start, "ends_at": start + timedelta(hours=5)} | more)


def signed_up(event, delegation, state=State.CONFIRMED):
    who = delegation.participant
    return RegistrationFactory(
        event=event, participant=who, enrolment=delegation.enrolment, state=state, email=who.email
    )


def state_of(registration):
    registration.refresh_from_db()
    return registration.state


def finish(staff, enrolment, reason="Instytucja prosi o wykreślenie."):
    return staff.post(f"/panel/zgloszenia/{enrolment.pk}/zakoncz/", {"reason": reason})


def test_an_institution_leaves_and_its_places_go_on(client):
    one = edition()
    enrolment, others = accepted(one, people=[{}, {}]), accepted(one)
    first, second = enrolment.delegations.order_by("pk")
    coming = make(one, capacity=1)
    place, waits = signed_up(coming, first), signed_up(coming, others.delegations.get(), State.RESERVE)
    line = signed_up(make(one), second, State.RESERVE)
    past = signed_up(make(one, days=-3, state=EventState.HELD), first, State.PRESENT)
    begun = signed_up(make(one, days=-0.1), second)
    update = EnrolmentUpdate.objects.create(
        enrolment=enrolment, kind="osoby", effective_on=timezone.localdate(), sent_at=timezone.now()
    )
    staff = coordinator()
    assert "zakoncz/" in opened(staff, enrolment).content.decode()
    assert "2 osoby" in staff.get(f"/panel/zgloszenia/{enrolment.pk}/zakoncz/").content.decode().replace("\xa0", " ")
    for _ in range(2):  # a second click does nothing more
        assert finish(staff, enrolment).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.state == "zakonczone"
    assert [state_of(row) for row in (place, line, waits, past, begun)] == [
        ENDED, ENDED, State.OFFERED, State.PRESENT, State.CONFIRMED,
    ]  # fmt: skip
    assert set(enrolment.delegations.values_list("ends_on", flat=True)) == {timezone.localdate()}
    assert not Delegation.objects.on(timezone.localdate()).filter(enrolment=enrolment).exists()
    update.refresh_from_db()
    assert (update.state, update.answer != "") == (UpdateState.RETURNED, True)
    assert {letter.to for letter in letters("enrolment_ended")} == {"biuro@example.pl", "jan@example.pl"}
    assert "Instytucja prosi o wykreślenie." in letters("enrolment_ended")[0].body
    assert sorted(letter.to for letter in letters("signup_resigned")) == sorted([place.email, line.email])
    assert "Instytucja nie bierze już udziału w projekcie." in letters("signup_resigned")[0].body
    assert len(letters("signup_your_turn")) == 1
    assert "Instytucja prosi o wykreślenie." in client.get(address(enrolment, "enrolment_state")).content.decode()
    past.refresh_from_db()
    assert "formularz instytucji nie jest przyjęty" not in missing_of(past.participant, past.enrolment)


def test_ending_needs_a_reason_and_somebody_else_for_ones_own():
    enrolment = accepted()
    answer = finish(coordinator(), enrolment, "  ")
    assert (answer.status_code, "Napisz, dlaczego udział się kończy." in answer.content.decode()) == (422, True)
    both = account(Role.REPRESENTATIVE, organisation=OrganisationFactory(institution=enrolment.institution))
    hold(both, Role.COORDINATOR)
    answer = finish(coordinator(both), enrolment)
    assert (answer.status_code, "Sprawdzi je ktoś inny" in answer.content.decode()) == (422, True)
    enrolment.refresh_from_db()
    assert enrolment.state == "przyjete"


def test_whoever_is_taken_off_from_a_day_keeps_what_comes_before_it(client):
    one = edition()
    enrolment, other = accepted(one, people=[{"declared_at": timezone.now()}]), accepted(one)
    delegation = enrolment.delegations.get()
    # Sent by another institution too, which has signed the same person up for a third event.
    DelegationFactory(enrolment=other, participant=delegation.participant)
    before, after = signed_up(make(one, days=3), delegation), signed_up(make(one, days=20), delegation)
    theirs = make(one, days=21)
    [elsewhere] = sign_up(
        event_id=theirs.pk, people=[Person(participant=delegation.participant_id)], enrolment=other, now=timezone.now()
    )
    day = timezone.localdate() + timedelta(days=10)
    client.post(address(enrolment, "people_update"), {"effective_on": day.isoformat(), "ended": [delegation.pk]})
    update = EnrolmentUpdate.objects.get()
    coordinator().post(f"/panel/zgloszenia/aktualizacje/{update.pk}/", {"accept": "1", "answer": ""})
    delegation.refresh_from_db()
    assert delegation.ends_on == day
    assert [state_of(row) for row in (before, after, elsewhere)] == [State.CONFIRMED, ENDED, State.CONFIRMED]
    assert [letter.to for letter in letters("signup_resigned")] == [delegation.participant.email]
    assert "Instytucja nie deleguje już tej osoby." in letters("signup_resigned")[0].body


def test_whoever_is_taken_off_a_form_that_came_back_gives_the_held_place_back(client):
    enrolment = accepted()
    enrolment.state, enrolment.decided_at = "do-poprawy", timezone.now()
    enrolment.save()
    delegation = enrolment.delegations.get()
    place = signed_up(make(enrolment.edition), delegation, State.AWAITING_DOCUMENTS)
    client.post(address(enrolment, "enrolment_person", delegation.pk), {"remove": "1"})
    assert state_of(place) == ENDED
    client.post(address(enrolment, "enrolment_people"), person(first_name="Nowa"))
    assert Registration.objects.count() == 1
