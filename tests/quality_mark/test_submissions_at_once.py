"""Fifty submissions at once, each pressed twice, through the page: every number once, none left out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from quality_mark.choices import ApplicationState
from quality_mark.models import Application, Intake, NumberCounter, Step
from registry.models import OrganisationKind
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.quality_mark.office import address, applicant_of, signed_in
from tests.quality_mark.test_signing_applications import COMPLETE
from tests.registry.factories import OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_submissions_at_once_get_fifty_numbers_in_a_row():
    organisation, rules = OrganisationFactory(published=True), RulebookFactory(least_recommendations=0)
    OrganisationKind.objects.filter(pk=organisation.kind_id).update(may_hold_mark=True)
    Intake.objects.create(name="Nabór ciągły", opens_on="2026-01-01", announced_at=NOW)
    drafts = [
        ApplicationFactory(offer=OfferFactory(organisation=organisation), rulebook=rules, answers=COMPLETE)
        for _ in range(50)
    ]
    # Two that lack something press as well: they take no number.
    lacking = [ApplicationFactory(offer=OfferFactory(organisation=organisation), rulebook=rules) for _ in range(2)]
    person = applicant_of(drafts[0])
    browsers = [signed_in(person) for _ in range(8)]

    def press(number):
        draft = (drafts + lacking)[number % 52]
        try:
            return browsers[number % 8].post(address("summary", draft), {"declare-name": "Ola Nowak"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(press, range(104)))
    assert sorted(set(answers)) == [302, 422]
    assert answers.count(422) == 4
    sent = Application.objects.filter(state=ApplicationState.SUBMITTED)
    year = sent[0].submitted_at.year
    assert sorted(sent.values_list("number", flat=True)) == [f"ZP/{year}/{n:03}" for n in range(1, 51)]
    assert NumberCounter.objects.get().last == 50
    assert Step.objects.filter(name="submit").count() == 50
