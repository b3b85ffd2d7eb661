"""Rules in versions: what was announced stays, and a copy is the next one."""

import csv
from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from core.exceptions import Refused
from quality_mark.choices import DocumentKind
from quality_mark.decisions.letter import decision_pdf
from quality_mark.models import FormalCriterion, Rulebook, SurveyQuestion
from quality_mark.use_cases.rulebooks import ASSUMED, PARTS, announce, copy, load
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped():
    Rulebook.objects.all().delete()
    with (settings.BASE_DIR / "data/quality_mark/rules.csv").open(encoding="utf-8") as file:
        load(csv.DictReader(file))
    return Rulebook.objects.get()


def test_the_shipped_rules_are_a_draft_that_says_what_was_assumed(shipped):
    assert shipped.published_at is None
    assert (shipped.least_months, shipped.least_own_income, shipped.least_recommendations) == (6, 30, 2)
    assert shipped.reminder_days == [60, 30, 14]
    known = {field.name for field in Rulebook._meta.get_fields()} | {model._meta.model_name for model in PARTS}
    assert set(ASSUMED) <= known
    assert FormalCriterion.objects.filter(rulebook=shipped).count() == 4


def test_announced_rules_are_never_changed(shipped):
    announce(rulebook_id=shipped.pk, now=NOW)
    with pytest.raises(IntegrityError, match="announced rules"), transaction.atomic():
        Rulebook.objects.update(least_months=1)
    for model in PARTS:
        with pytest.raises(IntegrityError, match="announced rules"), transaction.atomic():
            model.objects.filter(rulebook=shipped).delete()
    with pytest.raises(IntegrityError, match="announced rules"), transaction.atomic():
        SurveyQuestion.objects.create(rulebook=shipped, code="nowe", label="Nowe pytanie")


def test_a_copy_is_the_next_version_in_every_part(shipped):
    announce(rulebook_id=shipped.pk, now=NOW)
    new = copy(rulebook_id=shipped.pk, valid_from=date(2027, 1, 1))
    assert (new.version, new.published_at, new.least_own_income) == (2, None, 30)
    for model in PARTS:
        assert model.objects.filter(rulebook=new).count() == model.objects.filter(rulebook=shipped).count() > 0
    Rulebook.objects.filter(pk=new.pk).update(least_months=12)
    assert [one.version for one in Rulebook.objects.on(date(2027, 2, 1))] == [1]
    announce(rulebook_id=new.pk, now=NOW)
    assert [one.version for one in Rulebook.objects.on(date(2027, 2, 1))] == [2, 1]


def test_rules_without_criteria_are_not_announced():
    empty = RulebookFactory(announced=False)
    FormalCriterion.objects.all().delete()
    with pytest.raises(Refused, match="nie mają jeszcze części"):
        announce(rulebook_id=empty.pk, now=NOW)


@pytest.mark.parametrize(("kind", "matter"), [("pierwszy", "przyznania"), ("przedluzenie", "przedłużenia")])
def test_a_refusal_says_what_is_refused(shipped, kind, matter):
    case = ApplicationFactory.build(kind=kind, rulebook=shipped, applicant={"name": "Żółw"})
    title, _ = decision_pdf(case, DocumentKind.REFUSAL, reason="Brak.", due_at=None, now=NOW)
    assert title == f"Odmowa {matter} znaku „Zakup Prospołeczny”"
