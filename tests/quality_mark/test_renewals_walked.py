"""Renewals beyond the short path: assessed anew, refused, too late, withdrawn, filed in the last second of a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event as Signal

import pytest
from django.db import connections

from accounts.choices import Role
from accounts.models import User
from core.exceptions import Refused
from quality_mark.applying import steps
from quality_mark.choices import Actor, ApplicationKind, MarkState, Outcome, Standing
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Application, Certificate, Intake, Licence, Mark
from quality_mark.register import rows
from quality_mark.register.standing import on_day
from quality_mark.use_cases import (
    agreements,
    applying,
    assigning,
    certificates,
    checking,
    complaints,
    deciding,
    licensing,
    renewing,
    supervision,
)
from quality_mark.use_cases.moving import advance
from quality_mark.use_cases.nightly import turn_marks
from quality_mark.voting import Choice
from registry.models import OfferMark, OrganisationKind
from tests.accounts.factories import account
from tests.events.threads import held, until_waiting
from tests.notifications.site import PATIENCE
from tests.quality_mark import judging, office
from tests.quality_mark.judging_pages import browser, status, url
from tests.quality_mark.marks import at, holder, marked, offer

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(at(2027, 2, 10, 12), tick=False)]
LAST, BEGUN, FILED = date(2027, 2, 28), at(2027, 2, 1, 12), at(2027, 2, 10, 12)
DAY = timedelta(days=1)
FIGURES = {"year1": "2026", "total1": "100", "own1": "50", "year2": "2025", "total2": "90", "own2": "40"}


class Renewal:
    """A mark that is valid until 28 February 2027, and everybody who has a hand in its renewal."""

    def __init__(self, **rules):
        self.book = judging.rules(reminder_days=[60, 30, 14], **rules)
        self.mark = marked(date(2026, 3, 1), number="ZP/2025/001", offer=offer(), rulebook=self.book)
        Application.objects.update(answers={steps.OFFER: {"product": "Sprzątamy."}, steps.MONEY: FIGURES})
        self.holder = holder(self.mark)
        self.clerk, self.director = account(Role.COORDINATOR), account(Role.DIRECTOR)

    def begun(self, now=BEGUN):
        self.case = renewing.begin(mark_id=self.mark.pk, actor=self.holder, now=now)
        return self

    def filed(self, now=FILED):
        self.begun()
        applying.submit(application_id=self.case.pk, gaps=lambda _: [], actor=self.holder, now=now)
        return self

    def checked(self, now):
        given = {"application_id": self.case.pk, "actor": self.clerk, "now": now}
        checking.take(**given)
        office.met(self.case, self.clerk, now=now)
        checking.pass_on(**given)
        return self

    def heard(self, choice, now):
        """A sitting at which everybody votes like this, and its signed minutes."""
        if not hasattr(self, "term"):
            self.term, self.members = judging.commission_of(self.clerk)
        sitting = judging.sitting_with(self.term, [self.case], self.clerk, members=self.members)
        judging.voted(sitting.items.get(), dict.fromkeys(self.members, choice), self.clerk, now=now)
        judging.signed(sitting, self.members[0].person, now=now)
        return self

    def decided(self, step, now):
        reason = "Uzasadnienie dyrektora."
        deciding.decide(application_id=self.case.pk, step=step, reason=reason, actor=self.director, now=now)
        return self

    def signed(self, now):
        given = {"application_id": self.case.pk, "now": now}
        agreements.prepare(**given)
        agreements.sign_by_declaration(name="Anna Nowak", actor=self.holder, **given)
        return licensing.countersign(actor=self.clerk, **given)

    def standing(self, day):
        stand = on_day(Mark.objects.told().get(pk=self.mark.pk), day)
        return stand.status, stand.since

    @property
    def state(self):
        return Mark.objects.get(pk=self.mark.pk).state


def test_a_renewal_is_assessed_and_voted_on_like_a_first_application_when_its_rules_say_so(client, time_machine):
    one = Renewal(renewal_is_short=False, valid_while_renewed=True).filed()
    now = at(2027, 2, 12, 10)
    one.checked(now)
    time_machine.move_to(now, tick=False)
    page = browser(one.clerk).get(url("case", one.case.pk)).content.decode()
    assert "Przekaż do oceny merytorycznej" in page
    assert "bez oceny merytorycznej" not in page
    people = judging.assessors()
    given = {"application_id": one.case.pk, "actor": one.clerk, "now": now}
    assigning.assign(assessor_ids=[person.pk for person in people], **given)
    for sheet in one.case.assessments.select_related("assessor"):
        judging.assessing.declare(assessment_id=sheet.pk, actor=sheet.assessor, now=now)
        judging.scored(sheet, 4, 5, now=now)
    assigning.put(**given)
    # The director decides after the last day of the licence: the renewal keeps the mark until then.
    own = browser(one.holder).get(url("own_mark", one.mark.pk)).content.decode().replace("\xa0", " ")
    assert "Znak pozostaje ważny, dopóki wniosek nie jest rozstrzygnięty, także po 28 lutego 2027" in own
    for day in (1, 2, 3):
        turn_marks(now=at(2027, 3, day, 0, 1))
    now = at(2027, 3, 3, 10)
    one.heard(Choice.FOR, now).decided("grant", now)
    licence = one.signed(at(2027, 3, 4, 12))
    assert [(row.granted_on, row.valid_until) for row in Licence.objects.all()] == [
        (date(2026, 3, 1), LAST), (date(2027, 3, 1), date(2028, 2, 29)),
    ]  # fmt: skip
    certificates.make(Certificate.objects.get(licence=licence).pk, now=at(2027, 3, 4, 12))
    for day, until in (("2027-02-28", "2028-02-29"), ("2027-03-02", "2028-02-29"), ("2028-02-29", "2028-02-29")):
        told = client.get(f"/znak/weryfikacja/ZP-2025-001.json?dzien={day}").json()
        assert (told["status"], told["valid_until"]) == ("wazny", until), day
    assert client.get("/znak/weryfikacja/ZP-2025-001.json?dzien=2028-03-01").json()["status"] == "wygasly"
    assert one.standing(date(2027, 3, 10)) == (Standing.VALID, date(2026, 3, 1))


def test_the_commission_sends_a_short_renewal_that_changed_much_to_assessors():
    one = Renewal(renewal_is_short=True, assessors=1).filed().checked(at(2027, 2, 12, 10))
    now = at(2027, 2, 13, 10)
    given = {"application_id": one.case.pk, "actor": one.clerk}
    assigning.shorten(**given, now=now)
    deciding.ask_for_more(**given, reason="Oferta jest inna niż przed rokiem.", role=Actor.CLERK, now=now)
    [assessor] = judging.assessors(1)
    # The applicant reads the question where they look, and where they answer it.
    for name in ("application", "own_messages"):
        assert "Oferta jest inna niż przed rokiem." in browser(one.holder).get(url(name, one.case.pk)).content.decode()
    own = browser(one.holder).get(url("application", one.case.pk)).content.decode()
    assert "Odpowiedz na pytanie" in own
    assert url("own_mark", one.mark.pk) in own
    page = browser(one.clerk).get(url("assigning_case", one.case.pk)).content.decode()
    assert "Dobierz" in page
    browser(one.clerk).post(url("assigning_case", one.case.pk), {"co": "dobierz", "osoba": assessor.pk})
    with pytest.raises(Refused, match="Nie wszystkie oceny"):
        assigning.put(**given, now=now)
    sheet = one.case.assessments.get()
    judging.assessing.declare(assessment_id=sheet.pk, actor=assessor, now=now)
    judging.scored(sheet, 4, 4, now=now)
    assigning.put(**given, now=now)
    one.heard(Choice.FOR, now + DAY).decided("grant", now + DAY)
    assert one.signed(now + 2 * DAY).granted_on == date(2027, 3, 1)
    names = list(one.case.steps.values_list("name", flat=True))
    assert names[-5:] == ["shorten", "more", "put", "grant", "license"]


def test_a_refused_renewal_lets_the_mark_run_to_its_end_and_no_further(client):
    one = Renewal(renewal_is_short=True, valid_while_renewed=True).filed().checked(at(2027, 2, 12, 10))
    now = at(2027, 2, 14, 10)
    assigning.shorten(application_id=one.case.pk, actor=one.clerk, now=now)
    one.heard(Choice.AGAINST, now).decided("refuse", now)
    assert one.state == MarkState.RENEWAL_OPEN
    # The way on is the mark, which lasts, and no new application, which it would not have.
    page = browser(one.holder).get(url("application", one.case.pk)).content.decode()
    assert "Znak i jego przedłużenie" in page
    assert url("may_i", one.mark.offer_id) not in page
    turn_marks(now=at(2027, 2, 28, 23, 59, 59))
    assert one.state == MarkState.RENEWAL_OPEN
    assert one.standing(LAST)[0] == Standing.VALID
    # By its dates it is over at midnight, with the night job and before it.
    for _ in range(2):
        assert one.standing(LAST + DAY) == (Standing.EXPIRED, LAST + DAY)
        assert client.get("/znak/weryfikacja/ZP-2025-001.json?dzien=2027-02-28").json()["status"] == "wazny"
        assert client.get("/znak/weryfikacja/ZP-2025-001.json?dzien=2027-03-01").json()["status"] == "wygasly"
        turn_marks(now=at(2027, 3, 1, 0, 0, 1))
    assert one.state == MarkState.EXPIRED
    assert OfferMark.objects.get().valid_until == LAST


@pytest.mark.parametrize("nights", [True, False])
def test_an_upheld_complaint_about_a_refused_renewal_keeps_the_mark_again_by_the_rules(nights):
    one = Renewal(renewal_is_short=True, valid_while_renewed=True).filed().checked(at(2027, 2, 12, 10))
    now = at(2027, 2, 26, 10)
    assigning.shorten(application_id=one.case.pk, actor=one.clerk, now=now)
    one.heard(Choice.AGAINST, now).decided("refuse", now)
    filed = complaints.complain_about_application(
        application_id=one.case.pk, text="Nie.", actor=one.holder, now=now + DAY
    )
    if nights:
        turn_marks(now=at(2027, 3, 1, 0, 1))
    decided = {"outcome": Outcome.UPHELD, "answer": "Zasadna.", "actor": one.director}
    complaints.decide(complaint_id=filed.pk, now=at(2027, 3, 5, 12), **decided)
    assert one.state == MarkState.RENEWAL_SUBMITTED
    assert one.standing(date(2027, 3, 6))[0] == Standing.VALID
    assert OfferMark.objects.get().valid_until == date(2027, 3, 6)
    told = [(line["on"], line["what"]) for line in rows.history(Mark.objects.told().get())]
    assert told[1:] == [
        ("2027-03-01", "znak wygasł"), ("2027-03-05", "znak znowu ważny, bo trwa jego przedłużenie"),
    ]  # fmt: skip
    assert one.standing(date(2027, 3, 4)) == (Standing.EXPIRED, date(2027, 3, 1))
    assert one.standing(date(2027, 3, 5)) == (Standing.VALID, date(2027, 3, 5))
    turn_marks(now=at(2027, 3, 6, 0, 1))
    assert one.state == MarkState.RENEWAL_SUBMITTED
    one.heard(Choice.FOR, at(2027, 3, 8, 10)).decided("grant", at(2027, 3, 8, 11))
    assert one.signed(at(2027, 3, 9, 11)).granted_on == date(2027, 3, 1)
    assert one.standing(date(2027, 4, 1))[0] == Standing.VALID


def test_a_renewal_that_was_not_sent_before_the_end_leads_to_a_new_application(time_machine):
    one = Renewal().begun()
    applying.save(
        application_id=one.case.pk, step=steps.AIM, typed={"aim": "Praca", "results": "Pięć osób"}, seen={},
        actor=one.holder, now=at(2027, 2, 27, 12),
    )  # fmt: skip
    OrganisationKind.objects.filter(pk=one.mark.offer.organisation.kind_id).update(may_hold_mark=True)
    Intake.objects.create(name="Nabór", opens_on="2026-01-01", announced_at=at(2026, 1, 1))
    # A minute after midnight: the night job has not been there.
    time_machine.move_to(at(2027, 3, 1, 0, 0, 30), tick=False)
    own, may_i = browser(one.holder), url("may_i", one.mark.offer_id)
    summary = own.get(url("summary", one.case.pk)).content.decode().replace("\xa0", " ")
    assert "Znak już wygasł" in summary
    assert "Tego wniosku nie można już złożyć" in own.get(steps.url_of(one.case.pk, steps.AIM)).content.decode()
    assert may_i in summary
    with pytest.raises(Refused, match="już wygasł"):
        applying.submit(application_id=one.case.pk, gaps=lambda _: [], actor=one.holder, now=at(2027, 3, 1, 0, 0, 30))
    mark_page = own.get(url("own_mark", one.mark.pk)).content.decode()
    assert may_i in mark_page
    assert "Zacznij wniosek o przedłużenie" not in mark_page
    assert "Dla tej oferty nie ma otwartego wniosku" in own.get(may_i).content.decode()
    assert own.post(may_i).status_code == 302
    new = Application.objects.get(kind=ApplicationKind.FIRST, state=A.DRAFT)
    assert new.answers[steps.AIM]["aim"] == "Praca"
    assert new.answers[steps.OFFER] == {"product": "Sprzątamy."}
    assert Application.objects.get(pk=one.case.pk).state == A.WITHDRAWN
    # Pressed twice, it is the same draft.
    assert own.post(may_i).status_code == 302
    assert Application.objects.filter(kind=ApplicationKind.FIRST, state=A.DRAFT).count() == 1
    turn_marks(now=at(2027, 3, 1, 0, 5))
    assert one.state == MarkState.EXPIRED


def test_a_withdrawn_renewal_may_be_begun_again_while_the_mark_lasts(time_machine):
    one = Renewal(valid_while_renewed=True).filed()
    own = browser(one.holder)
    assert own.post(url("withdrawal", one.case.pk), {"reason": "Zmiana planów."}).status_code == 302
    assert (one.state, Application.objects.get(pk=one.case.pk).state) == (MarkState.RENEWAL_OPEN, A.WITHDRAWN)
    assert own.post(url("renewal", one.mark.pk)).status_code == 302
    assert Application.objects.filter(kind=ApplicationKind.RENEWAL, state=A.DRAFT).count() == 1
    turn_marks(now=at(2027, 3, 1, 0, 1))
    assert one.state == MarkState.EXPIRED


def test_a_renewal_withdrawn_after_the_last_day_ends_the_mark_that_same_day():
    one = Renewal(valid_while_renewed=True).filed()
    for day in (1, 2):
        turn_marks(now=at(2027, 3, day, 0, 1))
    assert one.standing(date(2027, 3, 2))[0] == Standing.VALID
    applying.withdraw(application_id=one.case.pk, actor=one.holder, now=at(2027, 3, 2, 12))
    assert one.standing(date(2027, 3, 2)) == (Standing.EXPIRED, date(2027, 3, 2))
    assert OfferMark.objects.get().valid_until == date(2027, 3, 1)
    with pytest.raises(Refused, match="już wygasł"):
        renewing.begin(mark_id=one.mark.pk, actor=one.holder, now=at(2027, 3, 2, 13))


def test_a_certificate_is_given_only_while_it_says_what_is_true(time_machine):
    one = Renewal(valid_while_renewed=False, renewal_is_short=True)
    [licence] = one.mark.licences.all()
    row = Certificate.objects.create(licence=licence, asked_at=at(2026, 3, 1))
    certificates.make(row.pk, now=at(2026, 3, 1))
    page = url("certificate", row.pk)
    assert status(one.holder, page) == 200
    time_machine.move_to(at(2027, 3, 1, 0, 0, 1), tick=False)
    over, own = browser(one.holder).get(page), browser(one.holder)
    assert over.status_code == 403
    assert "nie jest ważny od 1 marca 2027" in over.content.decode().replace("\xa0", " ")
    assert page not in own.get(url("own_mark", one.mark.pk)).content.decode()
    # The office reads its file of the case.
    assert status(one.clerk, page) == 200
    time_machine.move_to(at(2027, 2, 10, 12), tick=False)
    own, by_director = browser(one.holder), {"mark_id": one.mark.pk, "actor": one.director, "now": at(2027, 2, 10, 12)}
    supervision.suspend(reason="Kontrola.", **by_director)
    assert "zawieszony od 10 lutego 2027" in own.get(page).content.decode().replace("\xa0", " ")
    supervision.resume(note="W porządku.", **by_director)
    assert status(one.holder, page) == 200
    supervision.revoke(reason="x", public_note="Na wniosek podmiotu.", ground="na-wniosek", **by_director)
    gone = own.get(page).content.decode().replace("\xa0", " ")
    assert "Znak został odebrany 10 lutego 2027. Na wniosek podmiotu." in gone


def test_the_certificate_of_a_licence_that_ran_out_gives_way_to_the_new_one(time_machine):
    one = Renewal(renewal_is_short=True).filed().checked(at(2027, 2, 12, 10))
    now = at(2027, 2, 13, 10)
    assigning.shorten(application_id=one.case.pk, actor=one.clerk, now=now)
    one.heard(Choice.FOR, now).decided("grant", now).signed(now)
    old, new = [
        Certificate.objects.get_or_create(licence=licence, defaults={"asked_at": now})[0]
        for licence in one.mark.licences.all()
    ]
    for row in (old, new):
        certificates.make(row.pk, now=now)
    time_machine.move_to(now, tick=False)
    assert [status(one.holder, url("certificate", row.pk)) for row in (old, new)] == [200, 200]
    time_machine.move_to(at(2027, 3, 1, 0, 0, 1), tick=False)
    assert [status(one.holder, url("certificate", row.pk)) for row in (old, new)] == [403, 200]
    told = browser(one.holder).get(url("certificate", old.pk)).content.decode()
    assert "ma nowy certyfikat" in told


# The last second of the last day, and the night job beside it.

MIDNIGHT, BEFORE = at(2027, 3, 1, 0, 0, 1), at(2027, 2, 28, 23, 59, 59)


def beside(first, second):
    """`first` holds its transaction open until `second` waits for it, or is over; what both came to."""
    go = Signal()
    holding = held(first, go)

    def run(verb, **given):
        try:
            return verb(**given)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(run, holding)
        assert holding.ready.wait(timeout=PATIENCE)
        two = pool.submit(run, second)
        until_waiting(1, two)
        go.set()
        return one.result(), two.result()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("night_first", [True, False])
def test_a_renewal_of_the_last_second_and_the_night_job_lose_no_mark(night_first):
    one = Renewal(valid_while_renewed=True).begun()
    person = User.objects.get(pk=one.holder.pk)

    def file():
        return applying.submit(application_id=one.case.pk, gaps=lambda _: [], actor=person, now=BEFORE)

    def night():
        return turn_marks(now=MIDNIGHT)

    beside(*((night, file) if night_first else (file, night)))
    assert one.state == MarkState.RENEWAL_SUBMITTED
    assert Application.objects.get(pk=one.case.pk).state == A.SUBMITTED
    assert one.standing(LAST)[0] == Standing.VALID
    assert one.standing(LAST + DAY) == (Standing.VALID, date(2026, 3, 1))
    assert Mark.objects.count() == 1
    assert turn_marks(now=at(2027, 3, 2, 0, 1)) == 0
    assert one.state == MarkState.RENEWAL_SUBMITTED
    # In the public history nothing has ended.
    assert [told["what"] for told in rows.history(Mark.objects.told().get())] == ["znak przyznany"]
    names = list(one.mark.steps.values_list("name", flat=True))
    assert names == (["expire", "file_renewal"] if night_first else ["file_renewal"])


def test_a_renewal_that_does_not_keep_its_mark_brings_no_ended_one_back():
    one = Renewal(valid_while_renewed=False, renewal_is_short=True).filed()
    turn_marks(now=MIDNIGHT)
    assert one.state == MarkState.EXPIRED
    checking.take(application_id=one.case.pk, actor=one.clerk, now=at(2027, 3, 1, 9))
    advance(
        application_id=one.case.pk, step="withdraw", role=Actor.APPLICANT, actor=one.holder, now=at(2027, 3, 1, 10)
    )
    assert one.state == MarkState.EXPIRED
    assert one.standing(date(2027, 3, 2)) == (Standing.EXPIRED, LAST + DAY)
