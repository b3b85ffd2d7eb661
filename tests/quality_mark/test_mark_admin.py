"""The coordinators' admin of rules and intakes."""

import csv
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from quality_mark.models import FormalCriterion, Intake, Rulebook
from quality_mark.use_cases.rulebooks import PARTS, announce, load
from tests.quality_mark.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped():
    Rulebook.objects.all().delete()
    with (settings.BASE_DIR / "data/quality_mark/rules.csv").open(encoding="utf-8") as file:
        load(csv.DictReader(file))
    return Rulebook.objects.get()


def address(row, page="change"):
    return reverse(f"admin:quality_mark_{row._meta.model_name}_{page}", args=[row.pk])


def posted(page):
    """What the browser would send back of the forms of this page, unchanged."""
    data = {}
    formsets = [one.formset for one in page.context["inline_admin_formsets"]]
    managed = [one.management_form for one in formsets]
    for form in [page.context["adminform"].form, *managed, *[form for one in formsets for form in one.forms]]:
        for bound in form:
            value = bound.value()
            if value is None or value is False:
                continue
            if isinstance(value, list) and bound.name in ("reminder_days", "choices"):
                value = bound.field.prepare_value(value)
            data[bound.html_name] = "on" if value is True else value
    return data


def test_a_draft_says_what_nobody_has_confirmed(coordinator, shipped):
    page = coordinator.get(address(shipped)).content.decode()
    assert page.count("Przyjęte, do potwierdzenia.") >= 15
    assert "Forma prawna na liście" in page
    assert "Wezwanie do uzupełnienia wniosku {number}" in page
    announce(rulebook_id=shipped.pk, now=NOW)
    assert "ocena formalna (dni), uzupełnienie (dni)" in coordinator.get(address(shipped)).content.decode()
    assert coordinator.get(reverse("admin:quality_mark_rulebook_changelist")).status_code == 200


def test_a_draft_is_changed_in_every_part_and_announced(coordinator, shipped):
    page = coordinator.get(address(shipped))
    changed = {"correction_days": "10", "assumed": ["formal_days"], "formalcriterion_set-0-title": "Forma prawna"}
    response = coordinator.post(
        address(shipped), posted(page) | changed | {"quality_mark_rulebook_save_and_announce": "1"}
    )
    assert response.status_code == 302, [response.context["errors"]]
    shipped.refresh_from_db()
    assert (shipped.correction_days, shipped.assumed, shipped.reminder_days) == (10, ["formal_days"], [60, 30, 14])
    assert shipped.published_at is not None
    assert FormalCriterion.objects.filter(rulebook=shipped, title="Forma prawna").exists()


def test_an_announced_version_is_read_and_never_changed(coordinator, shipped):
    data = posted(coordinator.get(address(shipped)))
    announce(rulebook_id=shipped.pk, now=NOW)
    page = coordinator.get(address(shipped)).content.decode()
    assert "Forma prawna na liście" in page
    assert 'name="correction_days"' not in page
    assert 'name="formalcriterion_set-0-title"' not in page
    assert coordinator.post(address(shipped), data | {"correction_days": "1"}).status_code == 404
    shipped.refresh_from_db()
    assert shipped.correction_days == 7


def test_a_copy_is_made_by_a_press_and_is_a_draft(coordinator, shipped):
    announce(rulebook_id=shipped.pk, now=NOW)
    assert coordinator.get(address(shipped, "copy")).status_code == 200
    assert Rulebook.objects.count() == 1
    assert coordinator.post(address(shipped, "copy"), {"valid_from": "jutro"}).status_code == 422
    response = coordinator.post(address(shipped, "copy"), {"valid_from": "2027-03-01"})
    new = Rulebook.objects.get(published_at=None)
    assert response.headers["Location"] == address(new)
    assert (new.version, new.valid_from) == (2, date(2027, 3, 1))
    assert all(model.objects.filter(rulebook=new).exists() for model in PARTS)


def test_an_intake_is_seen_once_it_is_announced(coordinator):
    given = {"name": "Nabór wiosenny", "opens_on": "2027-03-01", "closes_on": "2027-03-31", "note": ""}
    assert coordinator.post(reverse("admin:quality_mark_intake_add"), given).status_code == 302
    intake = Intake.objects.get()
    assert intake.announced_at is None
    coordinator.post(address(intake), given | {"quality_mark_intake_save_and_announce": "1"})
    intake.refresh_from_db()
    assert intake.announced_at is not None
    wrong = coordinator.post(address(intake), given | {"closes_on": "2027-02-01"})
    assert "Nabór nie może się skończyć przed swoim początkiem." in wrong.content.decode()
