"""Steps that come twice, too late, in another order or from somebody who may not take them."""

from datetime import timedelta

import pytest
import time_machine

from accounts.choices import Role
from core import links
from core.exceptions import Refused
from events.choices import EnrolmentState, EventState
from events.choices import RegistrationState as State
from events.models import Enrolment, EnrolmentUpdate, Event, EventStep, Registration
from events.use_cases.calendar import edits
from events.use_cases.day import walk_ins
from events.use_cases.enrolment import updates
from events.use_cases.enrolment.joining import join
from events.use_cases.signups import steps
from events.use_cases.signups.announcing import tell
from notifications.models import OutgoingEmail
from tests.accounts.factories import account, hold
from tests.events.enrolling import accepted, edition, own_address, signed_in
from tests.events.factories import (
    END,
    NOW,
    START,
    DelegationFactory,
    EditionFactory,
    EventFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def letters_to(address):
    rows = OutgoingEmail.objects.filter(to=address).order_by("pk").values_list("template", flat=True)
    return [template.removeprefix("events/email/") for template in rows]


def state_of(registration):
    return Registration.objects.get(pk=registration.pk).state


# places


def test_a_place_that_joining_two_rows_sets_free_goes_to_the_next_in_line():
    one = EditionFactory()
    event = EventFactory(edition=one, capacity=2)
    first, second = ParticipantFactory(edition=one), ParticipantFactory(edition=one)
    RegistrationFactory(event=event, participant=first)
    RegistrationFactory(event=event, participant=second)
    waits = RegistrationFactory(event=event, state=State.RESERVE, email="kolejna@example.pl")
    join(duplicate_id=second.pk, into_id=first.pk, now=NOW)
    assert (state_of(waits), Event.objects.get().taken) == (State.OFFERED, 2)
    assert letters_to("kolejna@example.pl") == ["signup_your_turn"]


def test_everybody_in_line_gets_a_place_when_there_is_no_limit_any_more():
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = [RegistrationFactory(event=event, state=State.RESERVE) for _ in range(3)]
    before = edits.standing(event.pk)
    Event.objects.filter(pk=event.pk).update(capacity=None)
    done = edits.finish(event_id=event.pk, before=before, actor=None, now=NOW)
    assert (done["offered"], [state_of(one) for one in waiting]) == (3, [State.OFFERED] * 3)


def test_an_offer_of_no_hours_still_leaves_an_hour_to_answer():
    event = EventFactory(capacity=1, offer_hours=0)
    given_back = RegistrationFactory(event=event)
    waits = RegistrationFactory(event=event, state=State.RESERVE)
    steps.resign(registration_id=given_back.pk, now=NOW)
    waits.refresh_from_db()
    assert (waits.state, waits.hold_until) == (State.OFFERED, NOW + timedelta(hours=1))


def test_nobody_gives_a_place_back_after_the_event_to_escape_being_absent():
    event = EventFactory()
    one = RegistrationFactory(event=event)
    with pytest.raises(Refused):
        steps.resign(registration_id=one.pk, now=END)
    assert state_of(one) == State.CONFIRMED
    steps.resign(registration_id=one.pk, now=END - timedelta(seconds=1))
    assert state_of(one) == State.RESIGNED


def awaiting(**more):
    event = EventFactory(edition=edition())
    line = DelegationFactory(enrolment=accepted(event.edition), participant__declared=True)
    one = RegistrationFactory(
        event=event, participant=line.participant, enrolment=line.enrolment, state=State.AWAITING_DOCUMENTS,
        email="czeka@example.pl", **more,
    )  # fmt: skip
    return one, line.participant


@pytest.mark.parametrize(("late", "state"), [(timedelta(seconds=-1), State.CONFIRMED), (timedelta(0), "waits")])
def test_papers_that_come_when_the_time_is_over_confirm_nothing(late, state):
    one, person = awaiting(hold_until=NOW + timedelta(days=1))
    steps.documents_arrived(participant_ids=[person.pk], now=one.hold_until + late)
    assert state_of(one) == (State.AWAITING_DOCUMENTS if state == "waits" else state)


def test_papers_that_come_after_the_event_confirm_and_invite_nobody_by_letter():
    one, person = awaiting(hold_until=START)
    steps.documents_arrived(participant_ids=[person.pk], now=END + timedelta(minutes=5))
    assert (state_of(one), letters_to("czeka@example.pl")) == (State.CONFIRMED, [])


# who decides about whom


def interested(enrolment):
    """A coordinator who also represents the institution of a form."""
    user = account(Role.COORDINATOR)
    hold(user, Role.REPRESENTATIVE, organisation=OrganisationFactory(institution=enrolment.institution))
    return user


def test_nobody_lets_people_of_their_own_institution_jump_the_queue():
    event = EventFactory(
        edition=EditionFactory(), starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=2)
    )
    line = DelegationFactory(enrolment__accepted=True, enrolment__edition=event.edition)
    one = RegistrationFactory(event=event, participant=line.participant, enrolment=line.enrolment, state=State.RESERVE)
    actor, day = interested(line.enrolment), event.days.get()
    with pytest.raises(Refused, match="ktoś inny"):
        steps.jump(registration_id=one.pk, actor=actor, note="bo tak", now=NOW)
    with pytest.raises(Refused, match="ktoś inny"):
        walk_ins.let_in(registration_id=one.pk, day_id=day.pk, actor=actor, now=NOW, reason="bo tak")
    assert state_of(one) == State.RESERVE
    other = account(Role.COORDINATOR, email="inna@example.pl")
    steps.jump(registration_id=one.pk, actor=other, note="tłumaczka", now=NOW)
    assert state_of(one) == State.CONFIRMED


def test_nobody_lets_themselves_jump_the_queue():
    actor = account(Role.COORDINATOR)
    person = ParticipantFactory(user=actor)
    one = RegistrationFactory(event=EventFactory(edition=person.edition), participant=person, state=State.RESERVE)
    with pytest.raises(Refused, match="ktoś inny"):
        steps.jump(registration_id=one.pk, actor=actor, note="bo tak", now=NOW)


def test_whose_role_is_over_finds_no_way_to_the_form_they_began(client):
    organisation = OrganisationFactory(published=True)
    user = account(Role.REPRESENTATIVE, organisation=organisation)
    enrolment = accepted(institution=organisation.institution, nip=organisation.institution.nip, started_by=user)
    token = links.token("enrolment", enrolment)
    signed_in(client, user)
    assert token in client.get("/panel/projekty/").text
    user.grants.update(ends_on=NOW.date())
    assert token not in client.get("/panel/projekty/").text


# letters


def test_a_letter_about_a_move_that_comes_after_the_next_move_is_not_written():
    event = EventFactory()
    one = RegistrationFactory(event=event, email="ewa@example.pl", registered_at=NOW - timedelta(days=1))

    def step(words, at):
        given = {"source": "opublikowane", "target": "przeniesione", "note": words, "made_at": at}
        return EventStep.objects.create(event=event, name="move", **given)

    first, second = step("Nowy termin: 4 grudnia", NOW), step("Nowy termin: 5 grudnia", NOW + timedelta(minutes=1))
    for made in (second, first, second):
        tell(step_id=made.pk, now=NOW + timedelta(minutes=2))
    assert (letters_to(one.email), "5 grudnia" in OutgoingEmail.objects.get().body) == (["signup_changed"], True)


# forms


def test_an_update_of_an_institution_that_takes_no_part_any_more_is_not_accepted():
    enrolment = accepted()
    [line] = enrolment.delegations.all()
    update = EnrolmentUpdate.objects.create(
        enrolment=enrolment, kind="osoby", effective_on=NOW.date(), sent_at=NOW,
        changes=[
            {"do": "add", "first_name": "Ala", "last_name": "Nowa", "role": "pracownik", "email": "ala@example.pl",
             "phone": "", "job_title": ""}
        ],
    )  # fmt: skip
    Enrolment.objects.filter(pk=enrolment.pk).update(state=EnrolmentState.ENDED)
    actor = account(Role.COORDINATOR)
    with pytest.raises(Refused, match="się zakończył"):
        updates.decide(update_id=update.pk, accept=True, answer="", actor=actor, now=NOW)
    assert (list(enrolment.delegations.all()), letters_to("ala@example.pl")) == ([line], [])
    updates.decide(update_id=update.pk, accept=False, answer="Projekt się skończył.", actor=actor, now=NOW)
    update.refresh_from_db()
    assert update.state == "odrzucona"


# who learns what


def test_at_a_full_event_nobody_learns_who_is_signed_up(client):
    event = EventFactory(capacity=1, has_reserve=False)
    RegistrationFactory(event=event, first_name="Ewa", last_name="Nowak", email="ewa@example.pl")
    address = f"/wydarzenia/{event.slug}/zapisy/"
    given = {"first_name": "Ewa", "last_name": "Nowak", "klucz": "x"}
    known = client.post(address, given | {"email": "ewa@example.pl"})
    stranger = client.post(address, given | {"email": "inna@example.pl"})
    assert (known.status_code, stranger.status_code) == (422, 422)
    assert known.context["form"].non_field_errors() == stranger.context["form"].non_field_errors()
    assert (letters_to("ewa@example.pl"), letters_to("inna@example.pl")) == (["signup_links"], [])


def test_an_institution_does_not_read_what_a_coordinator_wrote_of_a_person(client):
    organisation = OrganisationFactory(published=True)
    enrolment = accepted(institution=organisation.institution, nip=organisation.institution.nip)
    person = enrolment.delegations.get().participant
    one = RegistrationFactory(event=EventFactory(edition=enrolment.edition), participant=person, enrolment=enrolment)
    steps.resign(registration_id=one.pk, kind="staff", note="Dzwoniła, leży w szpitalu.", now=NOW)
    signed_in(client, account(Role.REPRESENTATIVE, organisation=organisation))
    page = client.get("/panel/zapisy/?czyje=instytucji").text
    assert "Rezygnacja" in page
    assert "szpitalu" not in page


def test_a_sign_up_by_the_mailbox_of_an_institution_does_not_lead_to_what_the_person_gave(client):
    one, person = awaiting(hold_until=NOW + timedelta(days=1))
    address = f"/zapis/{links.token('registration', one)}/"
    person.email, person.declared_at = "wlasny@example.pl", None
    person.save()
    page = client.get(address)
    assert (page.status_code, own_address(person) in page.text, "/udzial/" in page.text) == (200, False, False)
    Registration.objects.filter(pk=one.pk).update(email="Wlasny@example.pl")
    assert own_address(person) in client.get(address).text


def test_the_link_of_somebody_erased_opens_no_data_and_no_place_of_theirs(client):
    person = ParticipantFactory(first_name="Ola", last_name="Sekretna")
    address = own_address(person)
    assert client.get(address).status_code == 200
    person.erased_at = NOW
    person.save()
    assert client.get(address).status_code == 404


def test_pages_behind_a_link_are_kept_by_nobody_and_found_by_nobody(client):
    one = RegistrationFactory(event=EventFactory(state=EventState.PUBLISHED))
    token = links.token("registration", one)
    for page in ("", "zmiana/", "rezygnacja/"):
        answer = client.get(f"/zapis/{token}/{page}")
        assert ("no-store" in answer["Cache-Control"], 'content="noindex"' in answer.text) == (True, True), page
