"""Assessors: who is asked, what they must not see, what happens when they differ or have a conflict."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from accounts.choices import Role
from accounts.models import RoleGrant
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from procurement.use_cases.authorities import authority_of
from quality_mark.assessing.choosing import RECOMMENDS, RECOMMENDS_FOR, candidates
from quality_mark.assessing.seeing import missing
from quality_mark.choices import ApplicationState as A
from quality_mark.commission import seats
from quality_mark.models import Assessment, Score
from quality_mark.use_cases import assessing, assigning, deciding, visiting
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.registry.factories import InstitutionFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def case():
    return judging.case()


def test_the_least_busy_without_a_conflict_come_first(case, clerk):
    busy, acting, recommending, idle = judging.assessors(4)
    Assessment.objects.create(application=judging.case(), assessor=busy, asked_at=NOW, due_on=NOW.date())
    # Whoever acted once, for another card of the same legal person, is as near as whoever acts today.
    other = OrganisationFactory(of_unit=True, unit__operator=case.offer.organisation.institution)
    hold(acting, Role.REPRESENTATIVE, organisation=other, ends_on=NOW.date() - timedelta(days=900))
    case.recommendations.create(recommender="Gmina", email=recommending.email.upper(), asked_at=NOW)
    found = candidates(case, NOW.date())
    assert [one.person for one in found[:2]] == [idle, busy]
    assert {one.person for one in found if one.conflict} == {acting, recommending}
    with pytest.raises(Refused, match="mogą oceniać"):
        assigning.assign(application_id=case.pk, assessor_ids=[idle.pk, acting.pk], actor=clerk, now=NOW)
    assert not Assessment.objects.filter(application=case).exists()


def test_who_acts_for_somebody_at_the_same_address_is_not_asked(case):
    near, far, village, lodger = judging.assessors(4)
    seat = {"town": "Legnica", "street": "ul. Nowa", "house_number": "7"}
    type(case.offer.organisation.party).objects.filter(pk=case.offer.organisation.party.pk).update(**seat)
    case.refresh_from_db()
    for person, place in (
        (near, seat | {"town": " LEGNICA", "street": "Nowa", "flat_number": "3"}),
        (far, seat | {"house_number": "8"}),
        (village, {"town": "Legnica", "street": "", "house_number": ""}),
        (lodger, seat | {"town": "Lubin"}),
    ):
        given = {f"institution__{name}": value for name, value in place.items()}
        hold(person, Role.REPRESENTATIVE, organisation=OrganisationFactory(**given))
    assert [one.person for one in candidates(case, NOW.date()) if one.conflict] == [near]


def test_an_officer_of_an_authority_at_the_same_address_is_not_asked(case):
    seat = {"town": "Legnica", "street": "ul. Nowa", "house_number": "7"}
    type(case.offer.organisation.party).objects.filter(pk=case.offer.organisation.party.pk).update(**seat)
    case.refresh_from_db()
    near, far = judging.assessors(2)
    hold(near, Role.OFFICER, authority=authority_of(InstitutionFactory(**seat), now=NOW))
    hold(far, Role.OFFICER, authority=authority_of(InstitutionFactory(**seat | {"town": "Lubin"}), now=NOW))
    assert [one.person for one in candidates(case, NOW.date()) if one.conflict] == [near]


def test_whoever_acts_for_a_customer_who_recommends_neither_assesses_nor_votes(case):
    sorting, officer, past, far = judging.assessors(4)
    school = InstitutionFactory(email="Sekretariat@szkola.example", town="Lubin")
    hold(officer, Role.OFFICER, authority=authority_of(school, now=NOW))
    shop, stranger = (
        OrganisationFactory(institution__email=f"biuro@{name}.example", institution__town="Lubin")
        for name in ("sklep", "inny")
    )
    hold(past, Role.REPRESENTATIVE, organisation=shop, ends_on=NOW.date() - timedelta(days=900))
    hold(far, Role.REPRESENTATIVE, organisation=stranger)
    for email in ("asesor1+klient@example.pl", "sekretariat@szkola.example", "biuro+znak@sklep.example"):
        case.recommendations.create(recommender="Klient", email=email, asked_at=NOW)
    conflicts = {one.person: one.conflict for one in candidates(case, NOW.date()) if one.conflict}
    assert conflicts == {sorting: RECOMMENDS, officer: RECOMMENDS_FOR, past: RECOMMENDS_FOR}
    assert [seats.bar(one, case) for one in (sorting, officer, past, far)] == [*conflicts.values(), ""]


def test_as_many_are_assigned_as_the_rules_say_and_each_gets_a_letter(case, clerk):
    people = judging.assessors(3)
    for wrong in ([], people[:1], people):
        with pytest.raises(Refused, match="Zasady wymagają"):
            assigning.assign(application_id=case.pk, assessor_ids=[one.pk for one in wrong], actor=clerk, now=NOW)
    judging.assigned(case, people[:2], clerk)
    case.refresh_from_db()
    assert case.state == A.ASSESSMENT
    letters = OutgoingEmail.objects.filter(template="quality_mark/email/assessment")
    assert sorted(letters.values_list("to", flat=True)) == ["asesor1@example.pl", "asesor2@example.pl"]
    with pytest.raises(Refused):
        assigning.assign(application_id=case.pk, assessor_ids=[one.pk for one in people[:2]], actor=clerk, now=NOW)
    assert Assessment.objects.count() == 2


def test_who_has_a_conflict_leaves_and_the_next_one_is_asked(case, clerk):
    first, second, third = judging.assessors(3)
    rows = judging.assigned(case, [first, second], clerk)
    one = rows[first.email]
    assessing.declare(assessment_id=one.pk, conflict="To firma brata.", actor=first, now=NOW)
    one.refresh_from_db()
    assert (one.left_why, one.has_conflict) == ("To firma brata.", True)
    assert set(case.assessments.active().values_list("assessor", flat=True)) == {second.pk, third.pk}
    with pytest.raises(Refused, match="nie należy do Ciebie"):
        judging.scored(one, 1, 1)
    # Nobody is left: the office sees that somebody is missing, and whoever has a conflict is not asked again.
    assessing.declare(assessment_id=case.assessments.get(assessor=third).pk, conflict="Znajomi.", actor=third, now=NOW)
    assert missing(case) == 1
    with pytest.raises(Refused, match="Nie ma osoby"):
        assigning.ask_another(application_id=case.pk, assessor_id=first.pk, actor=clerk, now=NOW)


def test_nothing_is_scored_before_the_declaration(case, clerk):
    people = judging.assessors()
    assigning.assign(application_id=case.pk, assessor_ids=[one.pk for one in people], actor=clerk, now=NOW)
    one = case.assessments.select_related("assessor").first()
    with pytest.raises(Refused, match="Najpierw oświadcz"):
        judging.scored(one, 3, 3)


def test_a_draft_is_kept_and_what_was_sent_is_never_changed(case, clerk):
    one, _ = judging.assigned(case, judging.assessors(), clerk).values()
    first, second = case.rulebook.substantivecriterion_set.all()
    given = {"assessment_id": one.pk, "actor": one.assessor, "now": NOW}
    assessing.save(scores={first.pk: (4, "")}, comment="Na razie.", **given)
    assert dict(one.scores.values_list("criterion", "value")) == {first.pk: 4, second.pk: None}
    with pytest.raises(Refused, match="ocenę i uzasadnienie"):
        assessing.send(scores={first.pk: (4, " "), second.pk: (3, "Tak.")}, **given)
    with pytest.raises(Refused, match="od 0 do 5"):
        assessing.save(scores={first.pk: (6, "")}, **given)
    judging.scored(one, 4, 3)
    sent_at = Assessment.objects.get(pk=one.pk).sent_at
    again = judging.scored(one, 1, 1, now=NOW + timedelta(minutes=1))
    assert again.sent_at == sent_at
    assert list(one.scores.values_list("value", flat=True)) == [4, 3]
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Score.objects.filter(assessment=one).update(value=0)


def test_the_database_refuses_more_than_the_scale(case, clerk):
    one, _ = judging.assigned(case, judging.assessors(), clerk).values()
    criterion = case.rulebook.substantivecriterion_set.first()
    with pytest.raises(IntegrityError, match="more than the scale"), transaction.atomic():
        Score.objects.create(assessment=one, criterion=criterion, value=6)


@pytest.mark.parametrize(("second", "is_asked"), [((3, 4), False), ((3, 3), False), ((1, 3), True)])
def test_a_third_is_asked_when_two_are_further_apart_than_the_rules_allow(case, clerk, second, is_asked):
    *two, third = judging.assessors(3)
    one, other = judging.assigned(case, two, clerk).values()
    judging.scored(one, 5, 4)
    judging.scored(other, *second)
    assert case.assessments.filter(is_third=True, assessor=third).exists() is is_asked
    if is_asked:
        with pytest.raises(Refused, match="Nie wszystkie"):
            assigning.put(application_id=case.pk, actor=clerk, now=NOW)
        row = case.assessments.select_related("assessor").get(is_third=True)
        assessing.declare(assessment_id=row.pk, actor=third, now=NOW)
        judging.scored(row, 3, 3)
    assert assigning.put(application_id=case.pk, actor=clerk, now=NOW).state == A.COMMISSION


def test_without_a_third_person_the_case_waits(case, clerk):
    one, other = judging.assigned(case, judging.assessors(), clerk).values()
    judging.scored(one, 5, 5)
    judging.scored(other, 0, 0)
    with pytest.raises(Refused, match="Nie wszystkie"):
        assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    [third] = judging.assessors(1, start=9)
    row = assigning.ask_another(application_id=case.pk, actor=clerk, now=NOW)
    assert (row.assessor, row.is_third) == (third, True)
    with pytest.raises(Refused, match="ilu trzeba"):
        assigning.ask_another(application_id=case.pk, actor=clerk, now=NOW)


def test_who_lost_the_role_scores_nothing_and_is_replaced(case, clerk):
    *two, spare = judging.assessors(3)
    one, _ = judging.assigned(case, two, clerk).values()
    RoleGrant.objects.filter(user=one.assessor).update(ends_on=NOW.date())
    one.assessor = type(one.assessor).objects.get(pk=one.assessor_id)
    with pytest.raises(Refused, match="nie należy do Ciebie"):
        judging.scored(one, 3, 3)
    assigning.take_off(assessment_id=one.pk, reason="Bez roli.", actor=clerk, now=NOW)
    assert case.assessments.active().filter(assessor=spare).exists()


def test_only_a_renewal_goes_to_the_commission_without_scores(case, clerk):
    with pytest.raises(Refused, match="tylko przedłużenie"):
        assigning.shorten(application_id=case.pk, actor=clerk, now=NOW)


def test_the_commission_sends_a_case_back_and_it_comes_again(case, clerk):
    one, other = judging.assigned(case, judging.assessors(), clerk).values()
    judging.scored(one, 4, 4)
    judging.scored(other, 4, 4)
    assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    back = deciding.ask_for_more(application_id=case.pk, reason="Jakie maszyny?", role="biuro", actor=clerk, now=NOW)
    assert back.state == A.ASSESSMENT
    assert assigning.put(application_id=case.pk, actor=clerk, now=NOW).state == A.COMMISSION


def photo(content=None):
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
    return SimpleUploadedFile("hala.png", content or drawn.getvalue())


def test_a_visit_is_kept_once_with_photos_that_the_applicant_is_not_shown(case, clerk):
    one, _ = judging.assigned(case, judging.assessors(), clerk).values()
    given = {"application_id": case.pk, "visited_on": NOW.date(), "note": "Czysto.", "actor": one.assessor, "now": NOW}
    visit = visiting.record_visit(photos=[photo()], **given)
    assert visiting.record_visit(photos=[photo()], **given) == visit
    [paper] = visit.photos.all()
    assert (paper.content_type, paper.is_of_office, paper.is_shown) == ("image/jpeg", True, False)
    with pytest.raises(Refused) as refused:
        visiting.record_visit(photos=[photo(b"MZ not a picture")], **given | {"note": "Inna."})
    assert refused.value.field == "photos"
    with pytest.raises(Refused, match="Dodaj zdjęcia"):
        visiting.record_visit(photos=[photo(b"%PDF-1.7\n%%EOF")], **given | {"note": "Inna."})
    with pytest.raises(Refused, match="przyszłości"):
        visiting.record_visit(**given | {"visited_on": NOW.date() + timedelta(days=1)})
    assert case.papers.count() == 1


def test_nobody_but_its_assessors_and_the_office_looks_into_a_case(case, clerk):
    judging.assigned(case, judging.assessors(), clerk)
    [stranger] = judging.assessors(1, start=7)
    with pytest.raises(Refused):
        visiting.comment(application_id=case.pk, text="Widzę.", actor=stranger, now=NOW)
    hold(clerk, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    with pytest.raises(Refused, match="w którego imieniu"):
        visiting.comment(application_id=case.pk, text="Widzę.", actor=clerk, now=NOW)
