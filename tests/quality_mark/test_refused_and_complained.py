"""A refusal after a "no" of the commission, and both ends of the complaint about it, as people press their way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from quality_mark.choices import ApplicationState as A
from quality_mark.choices import DocumentKind, MarkState, Outcome
from quality_mark.models import Agreement, Application, Certificate, Intake, Mark, Pause
from quality_mark.office.clock import clock_of
from quality_mark.use_cases import agreements, certificates, commission, complaints, deciding
from quality_mark.voting import Choice
from registry.models import OrganisationKind
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, sheet, status, url
from tests.quality_mark.marks import at, offer

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
# Fourteen days after 23 November; the last moment is the midnight that ends the seventh of December.
OVER = at(2026, 12, 8)
DAY = timedelta(days=1)


class Office:
    """Everybody who has a hand in a case, each by their own pages."""

    def __init__(self):
        self.clerk, self.director = account(Role.COORDINATOR), account(Role.DIRECTOR)
        self.term, self.members = judging.commission_of(self.clerk)
        self.assessors = judging.assessors()
        self.case = judging.case(book=judging.rules(complaint_body="Zarząd Województwa"), offer=offer())
        self.holder = account(
            Role.REPRESENTATIVE, organisation=self.case.offer.organisation, email="zarzad@example.pl"
        )

    @property
    def state(self):
        return Application.objects.get(pk=self.case.pk).state

    def assess(self):
        page, client = url("assigning_case", self.case.pk), browser(self.clerk)
        day = timezone.localdate() + 5 * DAY
        chosen = [one.pk for one in self.assessors]
        assert client.post(page, {"co": "przydziel", "assessors": chosen, "due_on": f"{day}"}).status_code == 302
        for one in self.case.assessments.select_related("assessor"):
            own = browser(one.assessor)
            own.post(url("assessment", one.pk), {"co": "konflikt", "conflict": "nie"})
            own.post(url("assessment", one.pk), sheet(self.case, 2, 1, wyslij="1"))
        client.post(page, {"co": "kapitula"})
        assert self.state == A.COMMISSION

    def vote(self, choice):
        """A sitting at which all members vote like this, with signed minutes."""
        sitting = judging.sitting_with(self.term, [self.case], self.clerk, members=self.members)
        page = url("agenda_item", sitting.items.get().pk)
        chair = browser(self.members[0].person)
        chair.post(page, {"co": "otworz", "jak": "jawne"})
        for member in self.members:
            assert browser(member.person).post(page, {"co": "glos", "choice": choice}).status_code == 302
        chair.post(page, {"co": "zamknij"})
        for what in ("protokol", "podpisz"):
            chair.post(url("sitting", sitting.pk), {"co": what})
        sitting.refresh_from_db()
        assert sitting.signed_at

    def decide(self, step, reason="Ocena poniżej progu."):
        given = {"step": step, "reason": reason}
        return browser(self.director).post(url("decision", self.case.pk), given)

    def refused(self):
        self.assess()
        self.vote("przeciw")
        assert self.decide("refuse").status_code == 302
        assert self.state == A.REFUSED
        return self


def said(person, page):
    return browser(person).get(page).content.decode().replace("\xa0", " ")


@pytest.fixture
def office():
    return Office()


def test_a_no_of_the_commission_ends_in_a_refusal_with_reasons_a_paper_and_a_letter(office):
    office.assess()
    assert status(office.director, url("decision", office.case.pk)) == 404
    office.vote("przeciw")
    # Nobody but the director finds the case there, and they cannot grant what was not recommended.
    others = [office.clerk, office.holder, office.assessors[0], office.members[0].person]
    assert {status(one, url("decision", office.case.pk)) for one in others} == {404}
    granting = office.decide("grant", "Mimo to.")
    assert (granting.status_code, "nie zarekomendowała" in granting.content.decode()) == (422, True)
    assert office.decide("refuse", "").status_code == 422
    assert office.decide("refuse").status_code == 302
    paper = office.case.papers.get(code=DocumentKind.REFUSAL)
    [letter] = OutgoingEmail.objects.filter(template="quality_mark/email/decided")
    assert (letter.to, office.case.number in letter.body) == (office.holder.email, True)
    page = said(office.holder, url("application", office.case.pk))
    assert "Ocena poniżej progu." in page
    assert "Skargę można złożyć do 7 grudnia 2026" in page
    assert url("paper", paper.pk) in page
    assert status(office.holder, url("paper", paper.pk)) == 200
    assert not [one for one in office.assessors if one.email in page]


def test_a_complaint_is_filed_until_the_last_moment_of_its_last_day(office, time_machine):
    office.refused()
    page = url("application_complaint", office.case.pk)
    assert "Rozpatruje" in said(office.holder, page) or "rozpatruje" in said(office.holder, page)
    time_machine.move_to(OVER, tick=False)
    assert "Termin na skargę minął 7 grudnia 2026." in said(office.holder, page)
    assert "<textarea" not in said(office.holder, page)
    assert "Złóż skargę" not in said(office.holder, url("application", office.case.pk))
    late = browser(office.holder).post(page, {"text": "Za późno."})
    assert (late.status_code, "Termin na skargę minął" in late.content.decode()) == (422, True)
    assert "Za późno." in late.content.decode()
    time_machine.move_to(OVER - timedelta(seconds=1), tick=False)
    assert browser(office.holder).post(page, {"text": ""}).status_code == 422
    assert browser(office.holder).post(page, {"text": "Nie zgadzam się."}).status_code == 302
    assert "czeka na rozpatrzenie" in said(office.holder, url("application", office.case.pk))
    assert "już złożona" in said(office.holder, page)
    time_machine.move_to(OVER + 3 * DAY, tick=False)
    # The body may take its time: only filing has a deadline.
    filed = office.case.complaints.get()
    given = {"outcome": "uwzgledniona", "answer": "Komisja pominęła dowody."}
    assert browser(office.director).post(url("complaint_desk", filed.pk), given).status_code == 302
    assert office.state == A.COMMISSION


def test_an_upheld_complaint_leads_through_a_new_vote_to_a_mark_that_anyone_can_check(client, office, time_machine):
    office.refused()
    time_machine.move_to(NOW + 2 * DAY, tick=False)
    browser(office.holder).post(url("application_complaint", office.case.pk), {"text": "Nie zgadzam się."})
    filed = office.case.complaints.get()
    for person, page in ((office.director, "complaint_desk"), (office.clerk, "case")):
        where = url(page, filed.pk if page == "complaint_desk" else office.case.pk)
        assert "Nie zgadzam się." in said(person, where)
    desk = said(office.director, url("complaint_desk", filed.pk))
    assert "Ocena poniżej progu." in desk
    assert "wraca do Kapituły i będzie rozstrzygnięty jeszcze raz" in desk
    assert status(office.director, url("case_paper", office.case.papers.get(code=DocumentKind.REFUSAL).pk)) == 200
    # Upheld, it would find the offer taken: the way to a new application is not pointed at yet.
    assert url("may_i", office.case.offer_id) not in said(office.holder, url("application", office.case.pk))
    assert "Skargi w sprawach znaku: 1" in said(office.director, "/panel/")
    assert {status(one, url("complaint_desk", filed.pk)) for one in (office.clerk, office.holder)} == {404}
    time_machine.move_to(NOW + 12 * DAY, tick=False)
    given = {"outcome": "uwzgledniona", "answer": "Pominięto dowody."}
    assert browser(office.director).post(url("complaint_desk", filed.pk), given).status_code == 302
    page = said(office.holder, url("application", office.case.pk))
    assert "Wraca do Kapituły po skardze" in page
    assert "uwzględniona" in page
    [letter] = OutgoingEmail.objects.filter(template="quality_mark/email/complaint_decided")
    assert "Pominięto dowody." in letter.body
    assert office.case.papers.filter(code=DocumentKind.CORRECTED).exists()
    # The old "no" counts no more: the director waits for a new one.
    assert status(office.director, url("decision", office.case.pk)) == 404
    with pytest.raises(Refused, match="nie wydała jeszcze rekomendacji"):
        judging.decided(office.case, "refuse", office.director, now=NOW + 12 * DAY)
    sitting = judging.sitting_with(office.term, [office.case], office.clerk, members=office.members)
    again = said(office.members[1].person, url("agenda_item", sitting.items.get().pk))
    assert "Wraca po skardze" in again
    assert "Pominięto dowody." in again
    commission.drop_from_agenda(item_id=sitting.items.get().pk, actor=office.clerk)
    office.vote("za")
    assert "Wraca po skardze" in said(office.director, url("decision", office.case.pk))
    assert office.decide("grant", "Po ponownej ocenie spełnia kryteria.").status_code == 302
    now = timezone.now()
    agreements.prepare(application_id=office.case.pk, now=now)
    signing = {"declare": "1", "declare-signed_name": "Anna Nowak, prezeska", "declare-agreed": "on"}
    assert browser(office.holder).post(url("agreement", office.case.pk), signing).status_code == 302
    assert browser(office.clerk).post(url("agreement_desk", office.case.pk), {"note": ""}).status_code == 302
    certificate = Certificate.objects.get()
    certificates.make(certificate.pk, now=now)
    assert status(office.holder, url("certificate", certificate.pk)) == 200
    number = Application.objects.get(pk=office.case.pk).number.replace("/", "-")
    assert client.get(f"/znak/weryfikacja/{number}.json").json()["status"] == "wazny"
    names = list(office.case.steps.values_list("name", flat=True))
    assert names == ["assign", "put", "refuse", "reconsider", "grant", "license"]


def test_the_clock_stands_from_the_refusal_until_the_complaint_is_upheld(office):
    office.refused()
    before = judging_clock(office.case)
    filed = complain(office)
    complaints.decide(
        complaint_id=filed.pk, outcome=Outcome.UPHELD, answer="Tak.", actor=office.director, now=NOW + 120 * DAY
    )
    case = Application.objects.get(pk=office.case.pk)
    assert Pause.objects.get(application=case).until - Pause.objects.get(application=case).since == 120 * DAY
    left = clock_of(case, now=NOW + 120 * DAY)
    assert not left.is_late
    assert left.days >= before - 1
    assert case.due_at > NOW + 120 * DAY


def judging_clock(case):
    """Days that were left when it was refused."""
    one = Application.objects.get(pk=case.pk)
    one.state = A.COMMISSION
    return clock_of(one, now=NOW).days


def complain(office, now=NOW + DAY):
    return complaints.complain_about_application(
        application_id=office.case.pk, text="Nie zgadzam się.", actor=office.holder, now=now
    )


def test_a_dismissed_complaint_is_the_last_word_and_a_new_application_may_be_begun(office, time_machine):
    office.refused()
    filed = complain(office)
    time_machine.move_to(NOW + 3 * DAY, tick=False)
    given = {"outcome": "oddalona", "answer": "Dowody oceniono prawidłowo."}
    assert browser(office.director).post(url("complaint_desk", filed.pk), given).status_code == 302
    assert office.state == A.REFUSED
    page = said(office.holder, url("application", office.case.pk))
    assert "oddalona" in page
    assert "Dowody oceniono prawidłowo." in page
    assert "To rozstrzygnięcie jest ostateczne" in page
    assert "Złóż skargę" not in page
    again = url("application_complaint", office.case.pk)
    assert "ostateczne" in said(office.holder, again)
    refused = browser(office.holder).post(again, {"text": "Jeszcze raz."})
    assert (refused.status_code, "ostateczne" in refused.content.decode()) == (422, True)
    assert office.case.complaints.count() == 1
    # The way on is told there and is open.
    one = office.case.offer
    assert url("may_i", one.pk) in page
    OrganisationKind.objects.filter(pk=one.organisation.kind_id).update(may_hold_mark=True)
    Intake.objects.create(name="Nabór", opens_on="2026-01-01", announced_at=NOW)
    begun = browser(office.holder).post(url("may_i", one.pk))
    new = Application.objects.exclude(pk=office.case.pk).get()
    assert (begun.status_code, new.state) == (302, A.DRAFT)


def test_a_second_refusal_may_be_complained_about_anew(office):
    office.refused()
    filed = complain(office)
    decided = {"outcome": Outcome.UPHELD, "answer": "Tak.", "actor": office.director}
    complaints.decide(complaint_id=filed.pk, now=NOW + 2 * DAY, **decided)
    sitting = judging.sitting_with(office.term, [office.case], office.clerk, members=office.members)
    later = NOW + 3 * DAY
    judging.voted(sitting.items.get(), dict.fromkeys(office.members, Choice.AGAINST), office.clerk, now=later)
    judging.signed(sitting, office.members[0].person, now=later)
    deciding.decide(
        application_id=office.case.pk, step="refuse", reason="Jednak nie.", actor=office.director, now=later
    )
    assert complain(office, now=later + DAY).decided_at is None
    assert office.case.complaints.count() == 2


def test_an_agreement_is_signed_until_the_last_moment_of_its_deadline(office, time_machine):
    Application.objects.filter(pk=office.case.pk).update(state=A.GRANTED, decided_at=NOW, due_at=OVER)
    agreements.prepare(application_id=office.case.pk, now=NOW)
    signing = {"declare": "1", "declare-signed_name": "Anna Nowak, prezeska", "declare-agreed": "on"}
    page = url("agreement", office.case.pk)
    time_machine.move_to(OVER, tick=False)
    late = browser(office.holder).post(page, signing)
    assert (late.status_code, Agreement.objects.get().holder_signed_at) == (422, None)
    shown = said(office.holder, page)
    assert "Umowę można było podpisać do 7 grudnia 2026" in shown
    assert "declare-signed_name" not in shown
    assert "rozstrzygnie, co dalej" in said(office.holder, url("application", office.case.pk))
    assert "Umowa licencyjna do podpisania" not in said(office.holder, "/panel/")
    assert "Umowy niepodpisane w terminie: 1" in said(office.director, "/panel/")
    time_machine.move_to(OVER - timedelta(seconds=1), tick=False)
    assert browser(office.holder).post(page, signing).status_code == 302
    time_machine.move_to(OVER + DAY, tick=False)
    # What the holder signed in time is not ended by the office being late.
    assert "Umowy nie podpisano w terminie" not in said(office.director, url("agreement_desk", office.case.pk))
    with pytest.raises(Refused, match="podpisał umowę w terminie"):
        agreements.unsigned(application_id=office.case.pk, actor=office.director, now=OVER + DAY)
    assert "Umowy niepodpisane" not in said(office.director, "/panel/")
    browser(office.clerk).post(url("agreement_desk", office.case.pk), {"note": ""})
    assert Mark.objects.get().state == MarkState.ACTIVE
