"""Certificates: numbers without a gap, frozen words, an address that says whether they hold."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.test import Client

from accounts.choices import Role
from core import links
from core.exceptions import Refused
from events.choices import EventState, RegistrationState
from events.day.certificate_pdf import certificates_pdf
from events.day.counts import figures
from events.models import Certificate, Presence, Registration
from events.use_cases.day.attendance import unmark
from events.use_cases.day.certificates import ALPHABET, correct, issue
from tests.accounts.factories import account
from tests.events.factories import END, START, EditionFactory, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
LATER = END + timedelta(days=1)


def present(event, **given):
    row = RegistrationFactory(event=event, state=RegistrationState.PRESENT, **given)
    for day in event.days.all():
        Presence.objects.create(registration=row, day=day, source="odprawa", marked_at=START)
    return row


def held(**given):
    return EventFactory(state=EventState.HELD, **given)


def test_numbers_follow_each_other_over_events_and_a_second_press_issues_nothing():
    first, second = held(), held()
    rows = [present(first), present(first), present(second)]
    RegistrationFactory(event=first, state=RegistrationState.ABSENT)
    issue(event_id=first.pk, actor=None, now=LATER)
    assert issue(event_id=first.pk, actor=None, now=LATER) == []
    issue(event_id=second.pk, actor=None, now=LATER)
    issued = {one.registration_id: one.number for one in Certificate.objects.all()}
    assert issued == {rows[0].pk: "ZU 1/2026", rows[1].pk: "ZU 2/2026", rows[2].pk: "ZU 3/2026"}


def test_the_year_is_that_of_the_polish_clock_and_begins_at_one():
    event = held()
    present(event)
    [one] = issue(event_id=event.pk, actor=None, now=LATER.replace(day=31, hour=23, minute=30))
    assert one.number == "ZU 1/2027"


def test_codes_are_long_different_and_readable():
    event = held()
    for _ in range(20):
        present(event)
    codes = [one.code for one in issue(event_id=event.pk, actor=None, now=LATER)]
    assert len(set(codes)) == 20
    assert {len(code) for code in codes} == {16}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set("01OIL") & set(ALPHABET)


@pytest.mark.parametrize("state", [EventState.PUBLISHED, EventState.CANCELLED])
def test_nothing_is_issued_before_the_event_was_held(state):
    event = EventFactory(state=state, cancel_reason="choroba")
    present(event)
    with pytest.raises(Refused, match="po wydarzeniu"):
        issue(event_id=event.pk, actor=None, now=LATER)
    assert Certificate.objects.count() == 0


def test_facts_are_those_of_the_days_one_was_there_and_stay_as_issued():
    edition = EditionFactory(name="Edycja", number="FEDS.01", funding_statement="Ze środków UE.")
    event = held(edition=edition, title="Warsztat", days=[(START, END), (START + timedelta(1), END + timedelta(1))])
    row = RegistrationFactory(event=event, state="obecny", first_name="Ewa", last_name="Żółć")
    Presence.objects.create(registration=row, day=event.days.last(), source="odprawa", marked_at=START)
    [one] = issue(event_id=event.pk, actor=None, now=LATER)
    Registration.objects.update(last_name="Inna")
    one.refresh_from_db()
    assert one.facts == {
        "name": "Ewa Żółć", "first_name": "Ewa", "last_name": "Żółć", "event": "Warsztat",
        "kind": "spotkanie sieciujące", "edition": "Edycja", "edition_number": "FEDS.01", "funding": "Ze środków UE.",
        "days": [["2026-12-04T08:00:00+00:00", "2026-12-04T13:00:00+00:00"]], "all_day": False, "hours": 5.0,
        "place": "Wrocławski Zakład Aktywności Zawodowej, Wrocław",
    }  # fmt: skip


def test_a_day_without_hours_gives_no_number_of_hours():
    event = held()
    event.days.update(is_all_day=True)
    present(event)
    [one] = issue(event_id=event.pk, actor=None, now=LATER)
    assert one.facts["hours"] is None


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("noted", "hours"),
    [
        ({"arrived_at": START + HOUR}, 5.0),  # marked in the middle of the day, nobody said late
        ({"kind": "spozniony"}, 5.0),  # from paper, without an hour
        ({"kind": "spozniony", "arrived_at": START + 2 * HOUR}, 3.0),
        ({"kind": "spozniony", "arrived_at": START - HOUR}, 5.0),
        ({"kind": "spozniony", "arrived_at": START + 0.25 * HOUR}, 5.0),
        ({"kind": "spozniony", "arrived_at": START + 0.3 * HOUR}, 4.7),
        ({"kind": "wczesniej", "arrived_at": START + HOUR, "left_at": END - HOUR}, 4.0),
        ({"kind": "pozniej-i-wczesniej", "arrived_at": START + HOUR, "left_at": END - HOUR}, 3.0),
        ({"kind": "pozniej-i-wczesniej", "arrived_at": START - HOUR, "left_at": END - HOUR}, 4.0),
        ({"source": "spotkanie", "minutes": 30}, 0.5),
        ({"source": "spotkanie", "minutes": 900}, 5.0),
        ({"source": "spotkanie", "minutes": None}, 5.0),
        ({"minutes": 30}, 5.0),  # seen in the room, and for a while in the meeting as well
    ],
)
def test_hours_of_a_certificate_and_of_figures_are_those_the_person_was_there(noted, hours):
    event = held()
    row = RegistrationFactory(event=event, state="obecny")
    given = {"registration": row, "day": event.days.get(), "source": "odprawa", "marked_at": START} | noted
    Presence.objects.create(**given)
    [one] = issue(event_id=event.pk, actor=None, now=LATER)
    assert (one.facts["hours"], figures().hours) == (hours, hours)


def test_hours_noted_after_a_certificate_was_issued_are_told_beside_it(client, settings):
    client.force_login(account(Role.COORDINATOR), settings.AUTHENTICATION_BACKENDS[0])
    event = held()
    present(event)
    issue(event_id=event.pk, actor=None, now=LATER)
    words, address = "inna liczba godzin niż w odprawie", f"/panel/wydarzenia/{event.slug}/zaswiadczenia/"
    assert words not in client.get(address).content.decode()
    Presence.objects.update(kind="wczesniej", left_at=START + HOUR)
    page = client.get(address).content.decode()
    assert (words in page, "1\N{NO-BREAK SPACE}godz." in page) == (True, True)


def test_a_correction_keeps_number_and_code_and_says_what_was_wrong():
    event = held()
    row = present(event, last_name="Żle")
    [one] = issue(event_id=event.pk, actor=None, now=LATER)
    Registration.objects.update(last_name="Dobrze")
    with pytest.raises(Refused, match="co poprawiono"):
        correct(certificate_id=one.pk, note=" ", actor=None, now=LATER)
    again = correct(certificate_id=one.pk, note="nazwisko", actor=None, now=LATER)
    assert (again.number, again.code, again.facts["name"]) == (one.number, one.code, f"{row.first_name} Dobrze")
    assert again.facts["corrections"] == [{"on": "2026-12-04", "note": "nazwisko"}]
    page = Client().get(f"/wydarzenia/zaswiadczenie/{one.code}/").content.decode()
    assert "Poprawiono 04.12.2026: nazwisko" in page
    Registration.objects.update(state="nieobecny")
    with pytest.raises(Refused, match="jako obecna"):
        correct(certificate_id=one.pk, note="nazwisko", actor=None, now=LATER)


def test_the_address_of_a_code_says_what_holds_and_no_more(client):
    event = held(title="Warsztat")
    row = present(event, first_name="Ewa", last_name="Tajemnicza", email="ewa.tajna@example.pl")
    [one] = issue(event_id=event.pk, actor=None, now=LATER)
    for code in (one.code, one.code.lower(), "-".join([one.code[:4], one.code[4:]])):
        page = client.get(f"/wydarzenia/zaswiadczenie/{code}/")
        assert page.status_code == 200
        text = page.content.decode()
        assert "Zaświadczenie jest ważne" in text
        assert "Ewa T." in text
        assert "Warsztat" in text
        assert "Tajemnicza" not in text
        assert "ewa.tajna" not in text
    unmark(registration_id=row.pk, day_id=event.days.get().pk, actor=None, now=LATER)
    assert "Zaświadczenie jest nieważne" in client.get(f"/wydarzenia/zaswiadczenie/{one.code}/").content.decode()


def test_an_unknown_code_is_a_friendly_404_and_trying_codes_ends(client):
    page = client.get("/wydarzenia/zaswiadczenie/ABCD/")
    assert (page.status_code, "Nie ma takiego zaświadczenia" in page.content.decode()) == (404, True)
    answers = [client.get(f"/wydarzenia/zaswiadczenie/ABC{number}/").status_code for number in range(40)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_the_person_fetches_the_certificate_by_their_own_link_and_by_no_other(client):
    event = held()
    row, other = present(event), present(event)
    issue(event_id=event.pk, registration_ids=[row.pk], actor=None, now=LATER)
    answer = client.get(f"/zapis/{links.token('registration', row)}/zaswiadczenie.pdf")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200, "application/pdf", "private, no-store",
    )  # fmt: skip
    for token in (links.token("registration", other), links.token("check-in", row), "zmyslony"):
        assert client.get(f"/zapis/{token}/zaswiadczenie.pdf").status_code == 404
    unmark(registration_id=row.pk, day_id=event.days.get().pk, actor=None, now=LATER)
    assert client.get(f"/zapis/{links.token('registration', row)}/zaswiadczenie.pdf").status_code == 404


def test_the_document_is_tagged_polish_titled_and_says_everything(settings):
    settings.SITE_URL = "https://portal.example"
    event = held(edition=EditionFactory(), title="Warsztat *ekologia* #1")
    present(event, first_name="Zażółć", last_name="Gęślą-Jaźń")
    [one] = issue(event_id=event.pk, actor=None, now=LATER)
    reader = pypdf.PdfReader(io.BytesIO(certificates_pdf(event, [one])))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"].startswith("pl")
    assert reader.metadata.title == "Zaświadczenie ZU 1/2026"
    for words in (
        "Zażółć Gęślą-Jaźń", "Warsztat *ekologia* #1", "ZU 1/2026", "5 godz.", "3 grudnia 2026", "Unii Europejskiej",
        "FEDS.07.05-IP.02-0001/26", f"https://portal.example/wydarzenia/zaswiadczenie/{one.code}/",
    ):  # fmt: skip
        assert words in text.replace("\xa0", " "), words
