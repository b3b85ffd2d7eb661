"""Whoever recommends is not the applicant: what is certain is refused beside the field, what is likely is told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import RoleGrant
from core import links
from core.exceptions import Refused
from quality_mark.applying import independence
from quality_mark.choices import ApplicationState
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Recommendation
from quality_mark.use_cases import recommendations
from registry.models import Institution
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.office import applicant_of, case_in, clerk, signed_in
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
SAID = {"text": "Obiady zawsze na czas.", "signed_name": "Anna Nowak", "function": "dyrektorka"}


@pytest.fixture
def draft():
    draft = ApplicationFactory()
    Institution.objects.filter(pk=draft.offer.organisation.institution_id).update(
        name="Spółdzielnia Socjalna „Żółw”", email="biuro@zolw.example", www="https://www.zolwie.example/o-nas"
    )
    draft.offer.organisation.institution.refresh_from_db()
    return draft


@pytest.fixture
def person(draft):
    return applicant_of(draft, "ola.lis@gmail.com")


def ask(draft, person, email, recommender="Szkoła nr 3"):
    return recommendations.ask(application_id=draft.pk, recommender=recommender, email=email, actor=person, now=NOW)


@pytest.mark.parametrize(
    "email", ["biuro@zolw.example", "Biuro@Zolw.Example", "biuro+klient@zolw.example", "OLA.lis@gmail.com"]
)
def test_an_address_of_the_applicant_is_refused_beside_the_field(draft, person, email):
    with pytest.raises(Refused) as refusal:
        ask(draft, person, email)
    assert (refusal.value.field, str(refusal.value)) == ("email", independence.OWN_ADDRESS)
    typed = {"ask-recommender": "Szkoła nr 3", "ask-email": email, "zapytaj": "1"}
    answer = signed_in(person).post(reverse("quality_mark:recommendations", args=[draft.pk]), typed)
    assert answer.status_code == 422
    assert answer.context["asking"].errors == {"email": [independence.OWN_ADDRESS]}
    assert "Szkoła nr 3" in answer.text
    assert not Recommendation.objects.exists()


def test_somebody_who_acted_for_the_applicant_before_is_no_stranger(draft, person):
    former = account(Role.REPRESENTATIVE, email="dawny@gmail.com", organisation=draft.offer.organisation)
    RoleGrant.objects.filter(user=former).update(ends_on=NOW.date() - timedelta(days=1))
    with pytest.raises(Refused, match="Waszego podmiotu"):
        ask(draft, person, "dawny@gmail.com")


def test_the_operator_of_a_unit_is_the_applicant_too():
    unit = ApplicationFactory(offer__organisation=OrganisationFactory(of_unit=True))
    operator = unit.offer.organisation.unit.operator
    Institution.objects.filter(pk=operator.pk).update(email="fundacja@prowadzi.example")
    person = applicant_of(unit)
    with pytest.raises(Refused, match="Waszego podmiotu"):
        ask(unit, person, "fundacja@prowadzi.example")
    with pytest.raises(Refused, match="własny podmiot"):
        ask(unit, person, "a@inny.example", operator.name.upper())


@pytest.mark.parametrize("name", ["SPÓŁDZIELNIA SOCJALNA ŻÓŁW", "spoldzielnia  socjalna - żółw"])
def test_the_name_of_the_applicant_is_refused_in_any_writing(draft, person, name):
    with pytest.raises(Refused) as refusal:
        ask(draft, person, "a@inny.example", name)
    assert (refusal.value.field, str(refusal.value)) == ("recommender", independence.OWN_NAME)


def test_the_nip_of_the_applicant_is_refused_with_dashes_too(draft, person):
    nip = draft.offer.organisation.institution.nip
    written = f"Firma, NIP {nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}"
    with pytest.raises(Refused, match="własny podmiot"):
        ask(draft, person, "a@inny.example", written)


def test_a_name_that_only_holds_the_applicants_is_somebody_else(draft, person):
    assert ask(draft, person, "a@inny.example", "Klub Przyjaciół Spółdzielni Socjalnej Żółw").pk


def test_one_address_recommends_once_and_a_double_press_is_one_request(draft, person):
    first = ask(draft, person, "szkola@inny.example")
    assert ask(draft, person, "Szkola@inny.example", "szkoła nr 3") == first
    for email in ("SZKOLA@inny.example", "szkola+2@inny.example"):
        with pytest.raises(Refused) as refusal:
            ask(draft, person, email, "Przedszkole nr 1")
        assert refusal.value.field == "email"
        assert "Szkoła nr 3" in str(refusal.value)
    assert Recommendation.objects.count() == 1


def test_an_own_account_cannot_answer_by_the_link_and_what_was_typed_stays(draft, person, client):
    row = ask(draft, person, "szkola@inny.example")
    place = reverse("quality_mark:recommend", args=[links.token(RECOMMENDATION, row)])
    answer = signed_in(person).post(place, SAID)
    assert answer.status_code == 422
    assert recommendations.OWN_ACCOUNT in answer.text.replace("\xa0", " ")
    assert SAID["text"] in answer.text
    row.refresh_from_db()
    assert row.given_at is None
    stranger = account(Role.REPRESENTATIVE, email="inna@example.pl", organisation=OrganisationFactory())
    assert signed_in(stranger).post(place, SAID).status_code == 200
    assert client.post(place, SAID).status_code == 200


def test_an_own_account_may_still_decline(draft, person):
    row = ask(draft, person, "szkola@inny.example")
    place = reverse("quality_mark:recommend", args=[links.token(RECOMMENDATION, row)])
    assert signed_in(person).post(place, {"odmow": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("email", "is_doubtful"),
    [
        ("ktos@zolw.example", True),
        ("ktos@poczta.zolw.example", True),
        ("ktos@zolwie.example", True),
        ("ktos@niezolw.example", False),
        ("ktos@gmail.com", False),
        ("ktos@inny.example", False),
    ],
)
def test_the_domain_of_the_applicant_is_a_remark_and_stops_nobody(draft, person, email, is_doubtful):
    row = ask(draft, person, email)
    assert bool(independence.remarks(draft).get(row.pk)) is is_doubtful


def test_a_free_provider_says_nothing_also_when_the_applicant_uses_it(draft, person):
    Institution.objects.filter(pk=draft.offer.organisation.institution_id).update(email="zolw@wp.pl", www="")
    draft.offer.organisation.institution.refresh_from_db()
    row = ask(draft, person, "szkola@wp.pl")
    assert row.pk not in independence.remarks(draft)


def test_one_person_under_two_recommendations_or_one_of_the_applicant_is_a_remark(draft, person):
    type(person).objects.filter(pk=person.pk).update(full_name="Ola Lis")
    one, two, three = (ask(draft, person, f"{name}@inny.example", name) for name in ("szkola", "gmina", "urzad"))
    Recommendation.objects.filter(pk__in=[one.pk, two.pk]).update(signed_name="Anna NOWAK")
    Recommendation.objects.filter(pk=three.pk).update(signed_name="OLA LIS")
    found = independence.remarks(draft)
    assert found[one.pk] == ["Inną rekomendację podpisała osoba o tym samym nazwisku."]
    assert found[three.pk] == ["Podpisała ją osoba o nazwisku kogoś, kto działa w imieniu wnioskodawcy."]


def test_a_signature_of_the_contact_person_of_the_card_is_a_remark(draft, person):
    organisation = draft.offer.organisation
    type(organisation).objects.filter(pk=organisation.pk).update(
        contact_person="Jan Kos", contact_consent_on=NOW.date()
    )
    organisation.refresh_from_db()
    row = ask(draft, person, "szkola@inny.example")
    Recommendation.objects.update(signed_name="Jan  Kos")
    assert "działa w imieniu wnioskodawcy" in independence.remarks(draft)[row.pk][0]


def test_what_was_there_before_anybody_checked_is_a_remark(draft, person):
    rows = [
        draft.recommendations.create(recommender="Żółw", email="biuro@zolw.example", text="a", given_at=NOW),
        draft.recommendations.create(recommender="żółw", email="biuro@zolw.example", text="b", given_at=NOW),
    ]
    for row in rows:
        assert independence.remarks(draft)[row.pk] == [
            "Adres e-mail należy do wnioskodawcy albo osoby, która działa w jego imieniu.",
            "Inna rekomendacja ma ten sam adres e-mail.",
            "Inna rekomendacja jest od tego samego polecającego.",
        ]


def test_office_and_assessors_see_remarks_and_the_applicant_does_not():
    case = case_in(ApplicationState.FORMAL_CHECK)
    Institution.objects.filter(pk=case.offer.organisation.institution_id).update(email="biuro@zolw.example")
    case.recommendations.create(recommender="Szkoła", email="x@zolw.example", text="Dobre.", given_at=NOW)
    person, applicant = clerk(), applicant_of(case)
    words = "Adres e-mail jest w domenie wnioskodawcy"
    for name in ("formal_check", "case"):
        assert words in signed_in(person).get(reverse(f"quality_mark:{name}", args=[case.pk])).text.replace(
            "\xa0", " "
        )
    mine = signed_in(applicant).get(reverse("quality_mark:application", args=[case.pk]))
    assert words not in mine.text.replace("\xa0", " ")


def test_assessors_see_remarks():
    case = judging.case()
    Institution.objects.filter(pk=case.offer.organisation.institution_id).update(email="biuro@zolw.example")
    case.recommendations.create(recommender="Szkoła", email="x@zolw.example", text="Dobre.", given_at=NOW)
    people = judging.assessors()
    rows = judging.assigned(case, people, clerk())
    own = rows[people[0].email]
    page = signed_in(people[0]).get(reverse("quality_mark:assessment", args=[own.pk]))
    assert "Adres e-mail jest w domenie wnioskodawcy" in page.text.replace("\xa0", " ")


def test_nothing_is_said_of_a_case_that_was_forgotten(draft, person):
    for _ in range(2):
        draft.recommendations.create(recommender="usunięto po czasie", text="a", given_at=NOW)
    draft.forgotten_at = NOW
    assert independence.remarks(draft) == {}
