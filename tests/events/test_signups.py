"""Places: who gets one, who waits, how they pass on."""

from datetime import timedelta

import pytest

from core.exceptions import Refused
from events.calendar.standing import WHY_NOT, SignUp, standing
from events.choices import Channel, EnrolmentState, PersonField
from events.choices import RegistrationState as State
from events.models import Enrolment, Event, Participant, Registration
from events.signing_up.openness import openness
from events.use_cases.signups import steps
from events.use_cases.signups.entering import Person, sign_up
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.events.factories import NOW, START, DelegationFactory, EditionFactory, EventFactory

pytestmark = pytest.mark.django_db


def person(number=1, **more):
    names = {"first_name": "Ewa", "last_name": f"Nowak-{number}", "email": f"ewa{number}@example.pl"}
    return Person(**names | more)


def enter(event, *people, now=NOW, **more):
    return sign_up(event_id=event.pk, people=people or [person()], now=now, **more)


def states(event):
    return list(event.registrations.order_by("pk").values_list("state", flat=True))


def letters():
    return list(OutgoingEmail.objects.order_by("pk").values_list("to", "template"))


def test_places_go_in_the_order_of_arrival_and_the_rest_wait():
    event = EventFactory(capacity=2)
    for number in (1, 2, 3, 4):
        enter(event, person(number))
    assert states(event) == [State.CONFIRMED, State.CONFIRMED, State.RESERVE, State.RESERVE]
    assert letters() == [
        ("ewa1@example.pl", "events/email/signup_confirmed"),
        ("ewa2@example.pl", "events/email/signup_confirmed"),
        ("ewa3@example.pl", "events/email/signup_reserve"),
        ("ewa4@example.pl", "events/email/signup_reserve"),
    ]


def test_a_double_click_is_one_place():
    event = EventFactory(capacity=5)
    [first] = enter(event)
    [second] = enter(event, person(email="EWA1@example.pl", first_name="ewa"))
    assert first == second
    assert len(letters()) == 1


def test_without_a_reserve_the_full_event_refuses():
    event = EventFactory(capacity=1, has_reserve=False)
    enter(event)
    with pytest.raises(Refused, match="wolnych miejsc"):
        enter(event, person(2))


def test_all_or_nobody():
    event = EventFactory(capacity=1, has_reserve=False)
    with pytest.raises(Refused):
        enter(event, person(1), person(2))
    assert states(event) == []


def test_a_place_given_back_goes_to_the_next_with_a_day_to_confirm():
    event = EventFactory(capacity=1, offer_hours=24)
    [[first], [second], [third]] = [enter(event, person(number)) for number in (1, 2, 3)]
    steps.resign(registration_id=first.pk, now=NOW)
    steps.resign(registration_id=first.pk, now=NOW)
    assert states(event) == [State.RESIGNED, State.OFFERED, State.RESERVE]
    second.refresh_from_db()
    assert second.hold_until == NOW + timedelta(hours=24)
    # A newcomer does not overtake whoever waits.
    enter(event, person(4))
    assert states(event)[3] == State.RESERVE
    steps.confirm(registration_id=second.pk, now=NOW)
    steps.confirm(registration_id=second.pk, now=NOW)
    assert states(event) == [State.RESIGNED, State.CONFIRMED, State.RESERVE, State.RESERVE]
    assert letters()[-1] == ("ewa2@example.pl", "events/email/signup_confirmed")


def test_an_offer_that_nobody_takes_passes_on_by_itself():
    event = EventFactory(capacity=1, offer_hours=24)
    [[first], [second], [third]] = [enter(event, person(number)) for number in (1, 2, 3)]
    steps.resign(registration_id=first.pk, now=NOW)
    later = NOW + timedelta(hours=24)
    assert steps.events_with_overdue(now=later - timedelta(seconds=1)) == []
    assert steps.events_with_overdue(now=later) == [event.pk]
    with pytest.raises(Refused, match="przeszło na następną"):
        steps.confirm(registration_id=second.pk, now=later)
    assert steps.let_time_pass(event_id=event.pk, now=later) == 1
    assert states(event) == [State.RESIGNED, State.RESIGNED, State.OFFERED]
    assert letters()[-2:] == [
        ("ewa2@example.pl", "events/email/signup_lapsed"),
        ("ewa3@example.pl", "events/email/signup_your_turn"),
    ]


def test_nobody_is_offered_a_place_once_the_event_has_begun():
    event = EventFactory(capacity=1, offer_hours=48)
    [[first], [second], _] = [enter(event, person(number)) for number in (1, 2, 3)]
    steps.resign(registration_id=first.pk, now=START - timedelta(hours=1))
    second.refresh_from_db()
    assert second.hold_until == START
    steps.let_time_pass(event_id=event.pk, now=START)
    assert states(event) == [State.RESIGNED, State.RESIGNED, State.RESERVE]


def test_coordinators_let_somebody_in_before_their_turn_with_a_reason_only():
    event, actor = EventFactory(capacity=1), account()
    [[first], [second], [third]] = [enter(event, person(number)) for number in (1, 2, 3)]
    with pytest.raises(Refused, match="zajęte"):
        steps.jump(registration_id=third.pk, actor=actor, note="Prelegentka.", now=NOW)
    Event.objects.filter(pk=event.pk).update(capacity=2)
    with pytest.raises(Refused, match="przed innymi"):
        steps.jump(registration_id=third.pk, actor=actor, note=" ", now=NOW)
    steps.jump(registration_id=third.pk, actor=actor, note="Prelegentka.", now=NOW)
    assert states(event) == [State.CONFIRMED, State.RESERVE, State.CONFIRMED]
    step = third.steps.get(name="jump")
    assert (step.note, step.made_by) == ("Prelegentka.", actor)
    Event.objects.filter(pk=event.pk).update(capacity=3)
    assert steps.places_changed(event_id=event.pk, now=NOW) == 1
    assert states(event) == [State.CONFIRMED, State.OFFERED, State.CONFIRMED]


def test_somebody_of_a_roster_without_papers_holds_a_place_until_they_come():
    edition = EditionFactory(person_fields=[PersonField.SEX])
    line = DelegationFactory(enrolment__edition=edition)
    event = EventFactory(edition=edition, capacity=1, documents_days=7)
    [registration] = enter(event, Person(participant=line.participant_id), enrolment=line.enrolment)
    assert (registration.state, registration.hold_until) == (State.AWAITING_DOCUMENTS, NOW + timedelta(days=7))
    assert registration.full_name == str(line.participant)
    papers = {"participant_ids": [line.participant_id], "now": NOW}
    assert steps.documents_arrived(**papers) == 0
    Participant.objects.filter(pk=line.participant_id).update(declared_at=NOW, sex="k")
    assert steps.documents_arrived(**papers) == 1
    assert steps.documents_arrived(**papers) == 0
    assert states(event) == [State.CONFIRMED]


def test_papers_that_do_not_come_pass_the_place_on():
    edition = EditionFactory()
    line, other = DelegationFactory(enrolment__edition=edition), DelegationFactory(enrolment__edition=edition)
    event = EventFactory(edition=edition, capacity=1, documents_days=7)
    enter(event, Person(participant=line.participant_id), enrolment=line.enrolment)
    enter(event, Person(participant=other.participant_id), enrolment=other.enrolment)
    steps.let_time_pass(event_id=event.pk, now=NOW + timedelta(days=7))
    assert states(event) == [State.RESIGNED, State.OFFERED]
    second = event.registrations.last()
    # The form of that institution has been accepted, the person's own declaration has not come.
    steps.confirm(registration_id=second.pk, now=NOW + timedelta(days=8))
    assert states(event) == [State.RESIGNED, State.AWAITING_DOCUMENTS]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"state": "szkic", "published_at": None}, "nie można się zapisać"),
        ({"takes_signups": False}, "nie zapisujemy"),
        ({"signup_opens_at": NOW + timedelta(hours=1)}, "jeszcze się nie zaczęły"),
        ({"signup_closes_at": NOW}, "już się skończyły"),
        ({"starts_at": NOW - timedelta(hours=2), "ends_at": NOW}, "już się odbyło"),
    ],
)
def test_there_is_no_signing_up(event, words):
    with pytest.raises(Refused, match=words):
        enter(EventFactory(**event))


def test_coordinators_enter_what_came_by_phone_after_closing_but_give_no_place_that_is_not_there():
    event = EventFactory(capacity=1, signup_closes_at=NOW)
    for number in (1, 2):
        enter(event, person(number, email=""), channel=Channel.PHONE)
    assert states(event) == [State.CONFIRMED, State.RESERVE]


def test_the_audience_is_kept():
    edition = EditionFactory()
    line = DelegationFactory(enrolment__edition=edition, enrolment__category="biznes", role="wolontariusz")
    who = {"enrolment": line.enrolment}
    one = Person(participant=line.participant_id)
    with pytest.raises(Refused, match="innej grupy"):
        enter(EventFactory(edition=edition, audience=["pes"]), one, **who)
    with pytest.raises(Refused, match="innej roli"):
        enter(EventFactory(edition=edition, audience_roles=["zarzad"]), one, **who)
    with pytest.raises(Refused, match="zgłoszonych przez instytucje"):
        enter(EventFactory(edition=edition), person(1))
    line.ends_on = line.starts_on
    line.save()
    with pytest.raises(Refused, match="na liście instytucji"):
        enter(EventFactory(edition=edition), one, **who)


def test_no_more_of_one_institution_than_the_event_takes():
    edition = EditionFactory()
    line = DelegationFactory(enrolment__edition=edition)
    other = DelegationFactory(enrolment=line.enrolment)
    event = EventFactory(edition=edition, per_institution=1)
    enter(event, Person(participant=line.participant_id), enrolment=line.enrolment)
    with pytest.raises(Refused, match="najwyżej 1"):
        enter(event, Person(participant=other.participant_id), enrolment=line.enrolment)
    assert enter(event, Person(participant=line.participant_id), enrolment=line.enrolment)


def test_a_known_address_alone_holds_a_place_for_a_day():
    event = EventFactory(capacity=1)
    [registration] = enter(event, needs_proof=True)
    assert (registration.state, registration.hold_until) == (State.RECEIVED, NOW + timedelta(hours=24))
    steps.confirm(registration_id=registration.pk, now=NOW)
    assert states(event) == [State.CONFIRMED]
    assert Registration.objects.get().confirmed_at == NOW


def test_a_rejection_is_told_in_words_and_passes_the_place_on():
    event, actor = EventFactory(capacity=1), account()
    [[first], [second]] = [enter(event, person(number)) for number in (1, 2)]
    with pytest.raises(Refused, match="Napisz dlaczego"):
        steps.reject(registration_id=first.pk, actor=actor, note="", now=NOW)
    steps.reject(registration_id=first.pk, actor=actor, note="Zapis testowy.", now=NOW)
    assert states(event) == [State.REJECTED, State.OFFERED]
    assert "Powód: Zapis testowy." in OutgoingEmail.objects.get(template="events/email/signup_rejected").body


def test_an_unaccepted_form_of_the_institution_leaves_its_people_waiting():
    edition = EditionFactory()
    line = DelegationFactory(enrolment__edition=edition, participant__declared=True)
    Enrolment.objects.update(state=EnrolmentState.SUBMITTED)
    line.enrolment.refresh_from_db()
    event, later = EventFactory(edition=edition), EventFactory(edition=edition)
    enter(event, Person(participant=line.participant_id), enrolment=line.enrolment)
    assert states(event) == [State.AWAITING_DOCUMENTS]
    # Accepted after the page was opened, before the turn came.
    Enrolment.objects.update(state=EnrolmentState.ACCEPTED)
    enter(later, Person(participant=line.participant_id), enrolment=line.enrolment)
    assert states(later) == [State.CONFIRMED]


def test_somebody_named_twice_on_a_list_has_one_place():
    event = EventFactory(capacity=5)
    rows = enter(event, person(1), person(2), person(1, email="EWA1@example.pl"), channel=Channel.LIST)
    assert rows[0] == rows[2]
    assert event.registrations.count() == len(letters()) == 2
    # Without an address nobody can tell two people of one name from one.
    assert len(set(enter(event, person(3, email=""), person(3, email=""), channel=Channel.LIST))) == 2


def test_letters_that_python_and_the_database_fold_differently_end_in_a_sentence():
    """A sigma at the end of a word is another letter for Python, and not for PostgreSQL."""
    event = EventFactory()
    enter(event, person(first_name="ΑΣ"))
    with pytest.raises(Refused, match="jest już zapisana"):
        enter(event, person(first_name="ασ"))


def test_several_people_and_too_few_places_are_told_how_many_are_left():
    event = EventFactory(capacity=3, has_reserve=False)
    enter(event)
    with pytest.raises(Refused, match="Wolnych miejsc: 2, a wybranych osób: 3."):
        enter(event, person(2), person(3), person(4))
    assert states(event) == [State.CONFIRMED]


def test_several_people_take_the_last_places_in_their_order():
    event = EventFactory(capacity=2)
    enter(event, person(1), person(2), person(3))
    assert states(event) == [State.CONFIRMED, State.CONFIRMED, State.RESERVE]
    assert list(event.registrations.order_by("pk").values_list("last_name", flat=True)) == [
        "Nowak-1",
        "Nowak-2",
        "Nowak-3",
    ]


def test_little_is_asked_of_the_database_while_the_event_is_held(django_assert_num_queries):
    event = EventFactory(capacity=2)
    # The first letter of a version of the event writes its file for calendars, which asks for the days.
    enter(event, person(1))
    # Lock, is the person there, does anybody wait; sign-up, step, letter; and the savepoint of the test around them.
    with django_assert_num_queries(6 + 2):
        enter(event, person(2))
    with django_assert_num_queries(5 + 2):
        enter(event, person(3))


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"capacity": 1},
        {"takes_signups": False},
        {"signup_url": "https://zapisy.example/"},
        {"signup_opens_at": NOW + timedelta(hours=1)},
        {"signup_closes_at": NOW},
        # Closing was put off beyond the beginning: nobody signs up for what has begun.
        {"starts_at": NOW, "ends_at": NOW + timedelta(hours=8), "signup_closes_at": NOW + timedelta(hours=4)},
        {"starts_at": NOW - timedelta(hours=2), "ends_at": NOW},
        {"state": "odwolane", "cancel_reason": "Choroba."},
        {"state": "odbyte"},
    ],
)
def test_the_calendar_the_page_and_the_refusal_say_the_same(more):
    event = EventFactory(**more)
    found = standing(event, NOW)
    is_open = found.code in (SignUp.OPEN, SignUp.RESERVE)
    assert openness(event, NOW).takes == is_open
    if is_open:
        assert enter(event)
    else:
        with pytest.raises(Refused) as refusal:
            enter(event)
        assert str(refusal.value) == WHY_NOT[found.code]
