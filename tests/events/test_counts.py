"""Figures that are right for a person of two institutions, at several events, in several editions."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import TrailKind
from accounts.models import TrailEntry
from events.choices import Category, EventState, RegistrationState
from events.day.counts import Figures, figures, figures_by
from events.day.counts_workbook import workbook
from events.models import Participant, Presence
from tests.events.factories import (
    END,
    START,
    DelegationFactory,
    EditionFactory,
    EnrolmentFactory,
    EventFactory,
    ParticipantFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
PESEL = "90010112349"


def came(event, delegation=None, **given):
    if delegation:
        given |= {
            "participant": delegation.participant,
            "enrolment": delegation.enrolment,
            "first_name": delegation.participant.first_name,
            "last_name": delegation.participant.last_name,
        }
    row = RegistrationFactory(event=event, state=RegistrationState.PRESENT, **given)
    for day in event.days.all():
        Presence.objects.create(registration=row, day=day, source="odprawa", marked_at=END)
    return row


def two_events(edition):
    later = START + timedelta(days=60)
    return (
        EventFactory(edition=edition, planned_people=20, planned_institutions=5, state=EventState.HELD),
        EventFactory(edition=edition, planned_people=10, days=[(later, later + timedelta(hours=2))], county_id="0201",
                     municipality_id=None),
    )  # fmt: skip


def numbers(one):
    return (one.events, one.planned_people, one.signed_up, one.participations, one.people, one.institutions, one.hours)


def test_one_person_of_two_institutions_at_two_events_is_one_person_two_institutions_two_participations():
    edition = EditionFactory()
    first, second = two_events(edition)
    person = ParticipantFactory(edition=edition)
    one, two = (
        DelegationFactory(
            participant=person, enrolment=EnrolmentFactory(edition=edition, accepted=True, category=kind)
        )
        for kind in (Category.PES, Category.SCIENCE)
    )
    came(first, one)
    came(second, two)
    RegistrationFactory(event=second)
    RegistrationFactory(event=second, state=RegistrationState.RESIGNED)
    assert figures() == Figures(
        "Razem", events=2, planned_people=30, planned_institutions=5, signed_up=3, participations=2, people=1,
        institutions=2, hours=7.0,
    )  # fmt: skip
    assert figures(edition_id=edition.pk) == figures()
    assert numbers(figures(category="nauka")) == (2, 30, 1, 1, 1, 1, 2.0)
    assert numbers(figures(county="0201")) == (1, 10, 2, 1, 1, 1, 2.0)
    assert numbers(figures(end=START + timedelta(days=1))) == (1, 20, 1, 1, 1, 1, 5.0)
    assert numbers(figures(start=START + timedelta(days=1))) == (1, 10, 2, 1, 1, 1, 2.0)
    assert numbers(figures(edition_id=EditionFactory().pk)) == (0, 0, 0, 0, 0, 0, 0)
    assert [(one.label, numbers(one)) for one in figures_by("kategoria")] == [
        ("nauka", (0, 0, 1, 1, 1, 1, 2.0)),
        ("podmiot ekonomii społecznej", (0, 0, 1, 1, 1, 1, 5.0)),
        ("bez zgłoszenia instytucji", (0, 0, 1, 0, 0, 0, 0)),
    ]


def test_one_institution_with_two_people_and_in_two_editions_is_one_by_its_nip():
    old, new = EditionFactory(), EditionFactory()
    event, other = EventFactory(edition=old), EventFactory(edition=new)
    enrolment = EnrolmentFactory(edition=old, accepted=True)
    again = EnrolmentFactory(edition=new, accepted=True, institution=enrolment.institution, nip=enrolment.nip)
    for _ in range(2):
        came(event, DelegationFactory(enrolment=enrolment))
    came(other, DelegationFactory(enrolment=again))
    assert (figures().institutions, figures().people, figures().participations) == (1, 3, 3)


def test_one_person_in_two_editions_is_known_by_the_fingerprint_of_pesel_alone():
    events = [EventFactory(edition=EditionFactory()) for _ in range(2)]
    for event in events:
        given = DelegationFactory(enrolment__edition=event.edition)
        Participant.objects.filter(pk=given.participant_id).update(pesel="x", pesel_fingerprint="f" * 64)
        came(event, given)
    assert (figures().people, figures().participations) == (1, 2)


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        ({"birth_date": date(1990, 1, 1), "email": "a@example.pl"}, {"birth_date": date(1990, 1, 1)}, 1),
        ({"birth_date": date(1990, 1, 1)}, {"birth_date": date(1991, 1, 1)}, 2),
        ({"birth_date": date(1990, 1, 1)}, {"birth_date": date(1990, 1, 1), "last_name": "Inna"}, 2),
        ({"email": "Ola@example.pl"}, {"email": "ola@EXAMPLE.pl", "last_name": "zolc "}, 1),
        ({"email": "a@example.pl"}, {"email": "b@example.pl"}, 2),
        ({}, {}, 2),
        ({"pesel_fingerprint": "f", "pesel": "x", "email": "a@example.pl"}, {"email": "a@example.pl"}, 2),
        ({"email": "a@example.pl", "erased_at": END}, {"email": "a@example.pl", "erased_at": END}, 2),
    ],
)
def test_without_pesel_a_person_of_two_editions_is_one_by_name_and_birth_or_address(one, other, people):
    for given in (one, other):
        line = DelegationFactory(enrolment__edition=EditionFactory(), participant__last_name="Żółć")
        Participant.objects.filter(pk=line.participant_id).update(**{"email": ""} | given)
        came(EventFactory(edition=line.enrolment.edition), line)
    assert (figures().people, figures().participations) == (people, 2)


def test_a_person_of_an_edition_who_comes_to_an_open_event_too_is_one():
    line = DelegationFactory()
    came(EventFactory(edition=line.enrolment.edition), line)
    given = {name: getattr(line.participant, name) for name in ("first_name", "last_name", "email")}
    came(EventFactory(), **given)
    assert figures().people == 1


def test_whoever_was_forgotten_or_left_nothing_but_a_name_counts_by_the_sign_up():
    event = EventFactory()
    for _ in range(2):
        came(event, first_name="(dane", last_name="usunięte)", email="")
    for phone in ("+48600100200", "+48600100200", ""):
        came(EventFactory(), first_name="Ewa", last_name="Nowak", email="", phone=phone)
    assert figures().people == 4


def test_at_open_events_a_person_is_one_by_name_and_address_whatever_the_letters():
    events = [EventFactory(), EventFactory()]
    for event, email in zip(events, ("Ewa@example.pl", "ewa@EXAMPLE.pl"), strict=True):
        came(event, first_name="Ewa ", last_name="NOWAK", email=email)
    came(events[0], first_name="Ewa", last_name="Nowak", email="inna@example.pl")
    assert (figures().people, figures().participations, figures().institutions) == (2, 3, 0)


def test_cancelled_events_and_drafts_do_not_count():
    for state in (EventState.DRAFT, EventState.CANCELLED):
        came(EventFactory(state=state, cancel_reason="choroba", planned_people=5))
    assert numbers(figures()) == (0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("group", "labels"),
    [
        ("miesiac", ["grudzień 2026", "styczeń 2027"]),
        ("kwartal", ["4. kwartał 2026", "1. kwartał 2027"]),
        ("rok", ["2026", "2027"]),
    ],
)
def test_periods_are_those_of_the_polish_clock(group, labels):
    EventFactory()
    midnight = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    came(EventFactory(days=[(midnight, midnight + timedelta(hours=1))]))
    found = figures_by(group)
    assert [one.label for one in found] == labels
    assert [(one.events, one.participations, one.hours) for one in found] == [(1, 0, 0), (1, 1, 1.0)]


def test_all_groupings_take_the_same_three_questions_for_any_number_of_rows():
    edition = EditionFactory()
    for group in ("wydarzenie", "edycja", "powiat", "kategoria", "rok"):
        came(EventFactory(edition=edition))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            figures_by(group)
        assert len(asked) == (2 if group == "kategoria" else 3), group


def test_the_workbook_has_three_sheets_without_names_of_people():
    edition = EditionFactory()
    given = DelegationFactory(enrolment__edition=edition, enrolment__name="=Fundacja", participant__last_name="Tajna")
    came(EventFactory(edition=edition, title="Warsztat"), given)
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    assert book.sheetnames == ["Wydarzenia", "Instytucje", "Osoby"]
    values = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert values[1] == ["Warsztat (03.12.2026)", 1, 0, 0, 1, 1, 1, 1, 5]
    assert [given.enrolment.nip, "'=Fundacja", "podmiot ekonomii społecznej", 1, 1] in values
    assert "Tajna" not in str(values)


def test_the_page_counts_what_the_address_asks_and_says_what_is_wrong(coordinator):
    came(EventFactory(title="Warsztat o zamówieniach"))
    page = coordinator.get("/panel/statystyki-wydarzen/?from=2026-12-01&to=2026-12-31&wedlug=miesiac").content.decode()
    assert "grudzień 2026" in page
    wrong = coordinator.get("/panel/statystyki-wydarzen/?from=2026-12-31&to=2026-12-01&powiat=9999&edition=nie-ma")
    assert wrong.status_code == 200
    assert "Ten dzień jest przed początkiem okresu" in wrong.content.decode()
    assert coordinator.get("/panel/statystyki-wydarzen.xlsx?from=kiedys").status_code == 400
    assert coordinator.get("/panel/statystyki-wydarzen.xlsx").content[:2] == b"PK"


def complete_person(edition, **given):
    given = DelegationFactory(
        enrolment__edition=edition, participant__declared=True, participant__pesel=PESEL,
        participant__pesel_fingerprint="a" * 64, participant__sex="k", participant__first_name="Ola",
        participant__last_name="=Kowalska", participant__phone="+48600100200", participant__education="isced-5-8",
        **given,
    )  # fmt: skip
    given.participant.refresh_from_db()
    return given


def test_only_who_may_be_counted_is_handed_on_for_a_written_reason_and_with_a_line_in_the_trail(coordinator):
    edition = EditionFactory(slug="des", person_fields=["pesel", "plec"])
    event = EventFactory(edition=edition)
    given = complete_person(edition)
    came(event, given)
    # The same person for another institution, at another kind of event.
    again = DelegationFactory(enrolment__edition=edition, participant=given.participant)
    came(EventFactory(edition=edition, kind="warsztat"), again)
    came(event, DelegationFactory(enrolment__edition=edition))
    asked = coordinator.get("/panel/projekty/des/sm-efs.csv")
    assert (asked["Content-Type"], PESEL in asked.content.decode()) == ("text/html; charset=utf-8", False)
    refused = coordinator.post("/panel/projekty/des/sm-efs.csv", {"reason": " "})
    assert (refused.status_code, TrailEntry.objects.filter(kind=TrailKind.DATA_TAKEN).count()) == (422, 0)

    answer = coordinator.post("/panel/projekty/des/sm-efs.csv", {"reason": "Wniosek o płatność nr 4"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(one["NIP"], one["Rodzaj przyznanego wsparcia"]) for one in rows] == [
        (given.enrolment.nip, "spotkanie sieciujące"), (again.enrolment.nip, "warsztat"),
    ]  # fmt: skip
    row = rows[0]
    assert (row["Imię"], row["Nazwisko"], row["PESEL"], row["Płeć"], row["Wiek w chwili przystąpienia"]) == (
        "Ola", "'=Kowalska", PESEL, "kobieta", "36",
    )  # fmt: skip
    assert (row["Wykształcenie"], row["Telefon"]) == ("", "")  # this edition does not demand them
    assert (row["Rodzaj przyznanego wsparcia"], row["Data rozpoczęcia udziału we wsparciu"]) == (
        "spotkanie sieciujące", "2026-12-03",
    )  # fmt: skip
    assert answer["Cache-Control"] == "private, no-store"
    line = TrailEntry.objects.get(kind=TrailKind.DATA_TAKEN)
    assert line.about == (
        "Dane 1 uczestnika z numerami PESEL do systemu SM EFS, edycja des. Powód: Wniosek o płatność nr 4"
    )
    assert PESEL not in line.about


def test_age_is_that_of_the_day():
    from events.day.funding_export import age

    assert (age(date(1990, 12, 3), date(2026, 12, 3)), age(date(1990, 12, 4), date(2026, 12, 3))) == (36, 35)
