"""„Czy mogę?”, the draft that loses nothing, and the one number of a submission."""

from datetime import date, timedelta

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from core.weaving import read, seen_of, woven
from quality_mark.applying import steps
from quality_mark.applying.eligibility import checks, may_begin
from quality_mark.applying.forms import MoneyForm
from quality_mark.applying.missing import gaps
from quality_mark.choices import ApplicationState
from quality_mark.models import Application, Intake, NumberCounter, Rulebook
from quality_mark.use_cases import applying
from registry.models import OrganisationKind
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.quality_mark.marks import marked
from tests.registry.factories import OfferFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def rules():
    return RulebookFactory(valid_from=date(2026, 1, 1))


@pytest.fixture
def intake():
    return Intake.objects.create(name="Nabór jesienny", opens_on=date(2026, 11, 1), announced_at=NOW)


@pytest.fixture
def offer():
    offer = OfferFactory(organisation__published=True)
    OrganisationKind.objects.filter(pk=offer.organisation.kind_id).update(may_hold_mark=True)
    offer.organisation.kind.may_hold_mark = True
    return offer


@pytest.fixture
def person(offer):
    return account(Role.REPRESENTATIVE, organisation=offer.organisation)


def unmet(offer, rules, intake):
    return [one.title for one in checks(offer, day=DAY, rules=rules, intake=intake) if one.is_met is False]


def test_an_offer_of_the_right_kind_may_be_applied_for(offer, rules, intake):
    found = checks(offer, day=DAY, rules=rules, intake=intake)
    assert may_begin(found)
    assert unmet(offer, rules, intake) == []


def test_the_check_says_every_reason_at_once(offer, rules):
    offer.organisation.kind.may_hold_mark = False
    offer.organisation.published_at = None
    marked(offer=offer, rulebook=rules)
    assert unmet(offer, rules, None) == ["Nabór", "Rodzaj podmiotu", "Oferta", "Otwarte sprawy"]


@pytest.mark.parametrize(("year", "is_met"), [(2020, True), (2026, None), (None, None)])
def test_a_year_of_foundation_tells_the_age_only_when_it_is_sure(offer, rules, intake, year, is_met):
    offer.organisation.institution.founded_year = year
    [age] = [one for one in checks(offer, day=DAY, rules=rules, intake=intake) if one.title == "Czas działalności"]
    assert age.is_met is is_met


def test_two_presses_begin_one_draft(offer, rules, intake, person):
    first = applying.begin(offer_id=offer.pk, actor=person, now=NOW)
    assert applying.begin(offer_id=offer.pk, actor=person, now=NOW) == first
    assert (first.rulebook, first.intake, first.state) == (rules, intake, ApplicationState.DRAFT)


def test_without_an_intake_nothing_is_begun(offer, rules, person):
    with pytest.raises(Refused, match="Teraz nie przyjmujemy wniosków"):
        applying.begin(offer_id=offer.pk, actor=person, now=NOW)
    assert not Application.objects.exists()


def saved(application, step, typed, person, seen=None, page=""):
    """By a page that was drawn now, or that has `seen` something else."""
    application.refresh_from_db()
    seen = seen_of(application.answers.get(step, {}), typed) if seen is None else seen
    return applying.save(
        application_id=application.pk, step=step, typed=typed, seen=seen, page=page, actor=person, now=NOW
    )


def test_whatever_is_typed_is_kept_and_told_as_missing(offer, person):
    one = ApplicationFactory(offer=offer)
    kept = saved(one, steps.MONEY, {"year1": "2025", "total1": "dużo", "own1": ""}, person)
    assert kept.answers[steps.MONEY]["total1"] == "dużo"
    told = {gap.field: gap.text for gap in gaps(kept) if gap.step == steps.MONEY}
    assert told["total1"] == "Ostatni zamknięty okres: przychody ogółem (zł): Podaj kwotę, na przykład 12 500,00."
    assert "own1" in told


def test_two_people_of_one_organisation_lose_nothing(offer, person):
    one = ApplicationFactory(offer=offer)
    both_saw = seen_of({}, ["aim", "results"])
    saved(one, steps.AIM, {"aim": "pierwszy", "results": ""}, person, both_saw, "a")
    # The second has changed another field as well: that one is kept, the contended one stays as it is.
    second = saved(one, steps.AIM, {"aim": "drugi", "results": "pięć"}, person, both_saw, "b")
    assert second.differing == ["aim"]
    assert second.answers[steps.AIM] == {"aim": "pierwszy", "results": "pięć"}
    # Its button, pressed before both were seen beside each other, changes nothing either.
    assert saved(one, steps.AIM, {"aim": "drugi", "results": "pięć"}, person, both_saw, "b").differing == ["aim"]
    # The first still shows no results and writes on: nothing of the second is lost.
    first = saved(one, steps.AIM, {"aim": "pierwszy i dalej", "results": ""}, person, both_saw, "a")
    assert first.differing == ["aim"]
    now_seen = seen_of({"aim": "pierwszy"}, ["aim", "results"])
    first = saved(one, steps.AIM, {"aim": "pierwszy i dalej", "results": ""}, person, now_seen, "a")
    assert first.answers[steps.AIM] == {"aim": "pierwszy i dalej", "results": "pięć"}
    # The same once more, from an old page, is no conflict.
    assert saved(one, steps.AIM, {"aim": "pierwszy i dalej"}, person, both_saw).differing == []


def test_a_page_does_not_contend_with_what_it_has_saved_itself(offer, person):
    one = ApplicationFactory(offer=offer)
    saved(one, steps.AIM, {"aim": "pra"}, person, seen_of({}, ["aim"]), "a")
    # The button was pressed before the answer to the last typing came.
    last = saved(one, steps.AIM, {"aim": "praca"}, person, seen_of({}, ["aim"]), "a")
    assert (last.differing, last.answers[steps.AIM]) == ([], {"aim": "praca"})


def test_unchanged_lines_and_ticks_are_seen_as_unchanged():
    values = {"aim": "raz\r\ndwa", "groups": ["a", "b"], "true": "on"}
    sent = {"aim": "raz\ndwa", "groups": ["a", "b"], "true": "on"}
    assert woven(sent, values, seen_of(values, values), is_same_page=False) == (values, [])
    assert [read(text) for text in ("", "[1]", "[" * 9_000, "nic", "{}")] == [{}] * 5


def test_strangers_change_nothing(offer):
    one = ApplicationFactory(offer=offer)
    with pytest.raises(Refused):
        saved(one, steps.AIM, {"aim": "x"}, account(Role.REPRESENTATIVE))
    with pytest.raises(Refused):
        saved(one, steps.AIM, {"aim": "x"}, account(Role.COORDINATOR))


def sent(application, person, now=NOW):
    return applying.submit(application_id=application.pk, gaps=lambda _: [], actor=person, now=now)


def test_a_submission_has_a_number_and_freezes_what_the_register_says(offer, intake, person):
    one = ApplicationFactory(offer=offer)
    result = sent(one, person)
    assert (result.number, result.state, result.submitted_at) == ("ZP/2026/001", ApplicationState.SUBMITTED, NOW)
    offer.organisation.institution.name = "Nowa nazwa"
    offer.organisation.institution.save()
    one.refresh_from_db()
    assert one.applicant["name"] != "Nowa nazwa"
    assert one.applicant["nip"] == offer.organisation.institution.nip
    assert one.due_at > NOW


def test_a_double_press_is_one_submission(offer, intake, person):
    one = ApplicationFactory(offer=offer)
    assert sent(one, person).number == sent(one, person, NOW + timedelta(seconds=1)).number
    assert NumberCounter.objects.get().last == 1
    assert one.steps.count() == 1


def test_an_incomplete_draft_is_not_sent_and_takes_no_number(offer, intake, person):
    one = ApplicationFactory(offer=offer)
    with pytest.raises(Refused, match="nie jest jeszcze kompletny"):
        applying.submit(application_id=one.pk, gaps=gaps, actor=person, now=NOW)
    assert not NumberCounter.objects.exists()


def test_a_year_begins_with_one(offer, intake, person):
    NumberCounter.objects.create(year=2026, last=999)
    assert applying.next_number(2026) == "ZP/2026/1000"
    assert applying.next_number(2027) == "ZP/2027/001"


@pytest.mark.parametrize(
    ("total", "own", "share"),
    [("1 234,50 zł", "617,25", "50.00"), ("300000", "90000", "30.00"), ("3", "1", "33.33"), ("0", "0", None)],
)
def test_the_share_of_own_income_is_computed(total, own, share):
    form = MoneyForm({"year1": "2025", "total1": total, "own1": own}, rules=Rulebook())
    assert form.is_valid(), form.errors
    assert (str(form.share) if form.share is not None else None) == share


def test_a_grosz_below_the_least_share_does_not_reach_it():
    form = MoneyForm({"year1": "2025", "total1": "500000", "own1": "149999,99"}, rules=Rulebook())
    assert form.is_valid()
    assert str(form.share) == "29.99"
    assert form.remark.endswith("Wniosek nie spełnia tego kryterium.")


def test_money_that_cannot_be_is_told_beside_the_field():
    form = MoneyForm({"year1": "2025", "total1": "100", "own1": "101", "year2": "2024"}, rules=Rulebook())
    assert not form.is_valid()
    assert "nie mogą być większe" in form.errors["own1"][0]
    assert "zostaw wszystkie trzy puste" in form.errors["year2"][0]
