"""Of a case of their own organisation people of the office see what its applicant sees, by whatever road they come."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from procurement.use_cases.authorities import authority_of
from quality_mark import access, own_cases
from quality_mark.assessing.choosing import conflict_of
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Application, MisuseReport
from quality_mark.use_cases import checking, complaints, silence, supervision, watching
from quality_mark.use_cases.messages import write
from quality_mark.use_cases.moving import advance
from quality_mark.voting import Choice
from registry.models import Organisation
from registry.use_cases.merging import merge
from tests.accounts.factories import account, hold
from tests.quality_mark import judging, office
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.judging_pages import browser, status, url
from tests.quality_mark.marks import marked
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def owner(row, role=Role.COORDINATOR, email="swoj@example.pl"):
    person = account(role, email=email)
    hold(person, Role.REPRESENTATIVE, organisation=row.offer.organisation)
    return person


@pytest.mark.parametrize("times", [1, 2])
def test_who_acted_for_a_card_that_became_another_one_is_no_stranger_to_it(times):
    person = account(Role.COORDINATOR, email="dawny@example.pl")
    dropped = OrganisationFactory()
    hold(person, Role.REPRESENTATIVE, organisation=dropped, ends_on=date(2021, 1, 1))
    case = ApplicationFactory(state=A.SUBMITTED, offer__organisation=OrganisationFactory())
    cards = [dropped, *(OrganisationFactory() for _ in range(times - 1)), case.offer.organisation]
    for drop, keep in zip(cards, cards[1:], strict=False):
        merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)
    case = Application.objects.select_related("offer__organisation").get(pk=case.pk)
    assert access.is_own(person, Organisation.objects.get(pk=case.offer.organisation_id))
    assert list(Application.objects.filter(own_cases.own_of(person))) == [case]
    assert conflict_of(person, case) == access.OWN
    with pytest.raises(Refused, match="w którego imieniu"):
        checking.take(application_id=case.pk, actor=person, now=NOW)


def test_who_works_for_the_municipality_that_runs_the_applicant_judges_nothing_of_it():
    case, person = ApplicationFactory(state=A.SUBMITTED), account(Role.COORDINATOR)
    hold(person, Role.OFFICER, authority=authority_of(case.offer.organisation.institution, now=NOW))
    assert list(Application.objects.filter(own_cases.own_of(person))) == [case]
    assert conflict_of(person, case) == access.OWN
    with pytest.raises(Refused, match="w którego imieniu"):
        checking.take(application_id=case.pk, actor=person, now=NOW)


def test_a_role_that_begins_tomorrow_or_ended_today_keeps_people_out():
    case, today = ApplicationFactory(state=A.SUBMITTED), NOW.date()
    for number, days in enumerate(({"starts_on": today + timedelta(days=1)}, {"ends_on": today})):
        person = account(Role.COORDINATOR, email=f"k{number}@example.pl")
        hold(person, Role.REPRESENTATIVE, organisation=case.offer.organisation, **days)
        with pytest.raises(Refused, match="w którego imieniu"):
            advance(application_id=case.pk, step="take", role="biuro", actor=person, now=NOW)


def test_a_report_of_misuse_is_not_read_by_those_it_is_about():
    mark = marked()
    report = MisuseReport.objects.create(
        mark=mark, place="sklep", message="Sprzedają co innego.", email="swiadek@example.pl", reported_at=NOW
    )
    for role in (Role.COORDINATOR, Role.DIRECTOR):
        person = owner(mark, role, f"{role}1@example.pl")
        client = browser(person)
        assert status(person, url("report_desk", report.pk)) == 404
        desk, listed = client.get(url("mark_desk", mark.pk)).text, client.get(url("marks")).text
        assert url("report_desk", report.pk) not in desk + listed
    stranger = browser(account(Role.COORDINATOR, email="obcy@example.pl"))
    assert "swiadek@example.pl" in stranger.get(url("report_desk", report.pk)).text
    assert url("report_desk", report.pk) in stranger.get(url("marks")).text


def test_what_the_office_notes_of_a_mark_is_not_read_by_its_holder():
    mark, director = marked(), account(Role.DIRECTOR)
    watching.review(mark_id=mark.pk, is_good=False, note="Naciąga klientów.", actor=account(Role.COORDINATOR), now=NOW)
    supervision.suspend(mark_id=mark.pk, reason="Kontrola.", actor=director, now=NOW)
    person = owner(mark, Role.DIRECTOR, "swoja@example.pl")
    complaint = complaints.complain_about_mark(mark_id=mark.pk, text="Nie.", actor=person, now=NOW)
    assert "Naciąga" not in browser(person).get(url("mark_desk", mark.pk)).text
    assert "Naciąga" in browser(director).get(url("mark_desk", mark.pk)).text
    assert status(person, url("complaint_desk", complaint.pk)) == 404
    assert status(director, url("complaint_desk", complaint.pk)) == 200


def test_the_admin_shows_nobody_the_log_of_their_own_case():
    mark, case = marked(), ApplicationFactory(state=A.COMMISSION)
    advance(application_id=case.pk, step="more", role="dyrektor", actor=account(Role.DIRECTOR), note="Kręcą.", now=NOW)
    person, stranger = owner(mark), account(Role.COORDINATOR, email="obcy@example.pl")
    hold(person, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    for row in (mark, case):
        name = f"admin:quality_mark_{row._meta.model_name}"
        page = reverse(f"{name}_change", args=[row.pk])
        assert browser(person).get(page).status_code in (302, 404)
        assert f">{row.number}<" not in browser(person).get(reverse(f"{name}_changelist")).text
        assert browser(stranger).get(page).status_code == 200
    assert "Kręcą." in browser(stranger).get(reverse("admin:quality_mark_application_change", args=[case.pk])).text


def test_minutes_do_not_tell_a_member_how_the_others_voted_on_the_own_case():
    clerk = account(Role.COORDINATOR)
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    judging.voted(sitting.items.get(), dict.fromkeys(members[:2], Choice.AGAINST), clerk)
    hold(members[2].person, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    judging.signed(sitting, members[0].person)
    page = url("sitting_minutes", sitting.pk)
    assert status(members[1].person, page) == 200
    assert status(members[2].person, page) == 404
    shown = browser(members[2].person).get(url("sitting", sitting.pk))
    assert (shown.status_code, page in shown.text) == (200, False)


def test_letters_of_the_office_do_not_reach_the_applicants_own_people():
    mine = office.clerk()
    case = office.checked(mine)
    stranger = account(Role.DIRECTOR, email="obcy@example.pl")
    own = owner(case, Role.DIRECTOR)
    office.met(case, mine, is_met=False)
    checking.propose_failure(application_id=case.pk, reason="Kłamią w sprawie przychodów.", actor=mine, now=NOW)
    hold(mine, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    write(application_id=case.pk, text="Kiedy?", is_of_office=False, actor=own, now=NOW)
    late = ApplicationFactory(
        state=A.ASSESSMENT,
        offer__organisation=case.offer.organisation,
        due_at=NOW - timedelta(days=2),
        handled_by=mine,
    )
    silence.tell_overdue(now=NOW)
    assert late.number
    assert set(OutgoingEmail.objects.values_list("to", flat=True)) == {stranger.email}


def test_before_they_declare_assessors_read_no_file_and_members_whom_the_portal_keeps_out_neither():
    clerk, people = account(Role.COORDINATOR), judging.assessors(2)
    case = judging.case()
    judging.assigned(case, people, clerk)
    case.assessments.filter(assessor=people[1]).update(declared_at=None)
    paper = _paper(case)
    assert [status(one, url("case_paper", paper.pk)) for one in people] == [200, 404]
    voted = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    judging.sitting_with(term, [voted], clerk)
    voted.recommendations.create(recommender="Szkoła", email=members[1].person.email, asked_at=NOW)
    paper = _paper(voted)
    assert [status(one.person, url("case_paper", paper.pk)) for one in members] == [200, 404, 200]


def test_the_office_reads_no_file_of_a_draft():
    person, draft = account(Role.COORDINATOR), ApplicationFactory()
    paper = _paper(draft)
    assert [status(person, url(name, paper.pk)) for name in ("paper", "case_paper")] == [404, 404]
    sent = _paper(ApplicationFactory(state=A.SUBMITTED))
    assert [status(person, url(name, sent.pk)) for name in ("paper", "case_paper")] == [200, 200]


def _paper(case):
    return case.papers.create(
        code="wyciag", file=ContentFile(b"%PDF-1.7", "a.pdf"), name="a.pdf", content_type="application/pdf", size=8,
        sha256="0" * 64, uploaded_at=NOW,
    )  # fmt: skip
