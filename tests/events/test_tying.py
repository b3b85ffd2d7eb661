"""A walk-in of a project's event becomes somebody of a roster, and so may be counted."""

from datetime import timedelta

import pytest
import time_machine

from accounts.choices import Role
from core.exceptions import Refused
from events.choices import EventState
from events.day.counts import figures
from events.day.missing import rows_of_event
from events.models import Registration
from events.use_cases.day.tying import add_and_tie, tie_to_roster
from events.use_cases.day.walk_ins import walk_in
from tests.accounts.factories import account
from tests.events.factories import (
    END,
    START,
    DelegationFactory,
    EditionFactory,
    EnrolmentFactory,
    EventFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
LATER = END + timedelta(days=3)


@pytest.fixture
def walked():
    """Somebody at the door of a project's event, held since; whose name was written in a hurry."""
    event = EventFactory(edition=EditionFactory())
    row = walk_in(event_id=event.pk, day_id=event.days.get().pk, name="O. Kowalska", actor=None, now=START)
    event.state = EventState.HELD
    event.save()
    return row


@pytest.fixture
def line(walked):
    return DelegationFactory(
        enrolment__edition=walked.event.edition, participant__last_name="Kowalska", participant__declared=True
    )


def tie(row, line, **given):
    return tie_to_roster(**{"registration_id": row.pk, "delegation_id": line.pk, "actor": None, "now": LATER} | given)


def test_a_walk_in_counts_once_it_is_known_who_of_the_roster_it_is(walked, line):
    before = figures()
    for _ in range(2):
        tie(walked, line)
    walked.refresh_from_db()
    assert (walked.participant, walked.enrolment, walked.full_name) == (
        line.participant, line.enrolment, "Ola Kowalska",
    )  # fmt: skip
    assert (walked.email, walked.state) == (line.participant.email, "obecny")
    assert list(walked.steps.filter(name="tie").values_list("note", flat=True)) == ["Wpisano jako: O. Kowalska"]
    assert (before.institutions, figures().institutions, figures().people) == (0, 1, 1)
    assert [row.missing for row in rows_of_event(walked.event)] == [[]]


def test_whoever_is_on_no_roster_is_put_on_one_from_the_day_of_the_event(walked):
    enrolment = EnrolmentFactory(edition=walked.event.edition, accepted=True)
    add_and_tie(registration_id=walked.pk, enrolment_id=enrolment.pk, actor=None, now=LATER)
    walked.refresh_from_db()
    [line] = walked.participant.delegations.all()
    assert (line.enrolment, line.starts_on, walked.enrolment) == (enrolment, START.date(), enrolment)
    assert [row.missing for row in rows_of_event(walked.event)] == [["brak oświadczenia osoby"]]


def test_nobody_is_signed_up_twice_or_taken_from_another_project(walked, line):
    stranger = DelegationFactory()
    with pytest.raises(Refused, match="nie ma teraz na liście"):
        tie(walked, stranger)
    with pytest.raises(Refused, match="nie ma w projekcie"):
        add_and_tie(registration_id=walked.pk, enrolment_id=stranger.enrolment_id, actor=None, now=LATER)
    assert not stranger.enrolment.delegations.exclude(pk=stranger.pk).exists()
    RegistrationFactory(event=walked.event, participant=line.participant, enrolment=line.enrolment)
    with pytest.raises(Refused, match="ma już na tym wydarzeniu zapis"):
        tie(walked, line)
    assert Registration.objects.get(pk=walked.pk).participant is None


def test_a_tied_or_settled_sign_up_stays_as_it_is(walked, line):
    other = DelegationFactory(enrolment__edition=walked.event.edition)
    tie(walked, line)
    with pytest.raises(Refused, match="nie czeka na powiązanie"):
        tie(walked, other)
    walked.event.state = EventState.SETTLED
    walked.event.save()
    with pytest.raises(Refused, match="rozliczone"):
        tie(walked, line)


def test_the_list_of_what_is_missing_leads_to_the_page_that_finds_the_person(walked, line, client, settings):
    client.force_login(account(Role.COORDINATOR), settings.AUTHENTICATION_BACKENDS[0])
    desk = f"/panel/wydarzenia/{walked.event.slug}/"
    page = f"{desk}osoba/{walked.pk}/uczestnik/"
    with time_machine.travel(LATER, tick=False):
        for leading in (
            f"{desk}braki/",
            f"/panel/projekty/{walked.event.edition.slug}/braki/",
            f"{desk}osoba/{walked.pk}/",
        ):
            assert page in client.get(leading).content.decode(), leading
        assert "Kowalska Ola" in client.get(page).content.decode()
        assert "Nikogo takiego nie ma" in client.get(f"{page}?q=Zmyślona").content.decode()
        for given in ({}, {"osoba": "x"}, {"osoba": "999999"}, {"instytucja": "999999"}, {"instytucja": "²"}):
            assert client.post(page, given).status_code == 422, given
        answer = client.post(page, {"osoba": line.pk})
        assert answer["Location"] == f"{desk}osoba/{walked.pk}/"
        shown = client.get(answer["Location"]).content.decode()
    assert ("Ola Kowalska" in shown, page in shown) == (True, False)


def test_an_open_event_has_nobody_to_tie(client):
    client.force_login(account(Role.COORDINATOR))
    row = RegistrationFactory()
    assert client.get(f"/panel/wydarzenia/{row.event.slug}/osoba/{row.pk}/uczestnik/").status_code == 404
