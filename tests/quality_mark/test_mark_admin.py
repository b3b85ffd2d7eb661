"""The coordinators' admin of rules and intakes."""

import csv
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from quality_mark.applying.eligibility import kind_check
from quality_mark.models import FormalCriterion, Intake, Rulebook
from quality_mark.use_cases.rulebooks import PARTS, announce, load
from quality_mark.wording import unknown_names
from registry.models import OrganisationKind
from tests.quality_mark.factories import NOW
from tests.registry.factories import OrganisationFactory

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
    page = coordinator.get(address(shipped)).content.decode()
    assert "ocena formalna (dni), uzupełnienie (dni)" in page
    assert "wszystkie, które słownik rodzajów dopuszcza" in page
    assert "formal_days, correction_days" not in page
    assert coordinator.get(reverse("admin:quality_mark_rulebook_changelist")).status_code == 200


def test_a_document_knows_the_facts_it_may_name(coordinator, shipped):
    assert [unknown_names(one.kind, one.title + one.body) for one in shipped.templates.all()] == [[]] * 10
    page = coordinator.get(address(shipped))
    assert "{offer} – oferta" in page.content.decode()
    bodies = [name for name, text in posted(page).items() if name.endswith("-body") and "Posiedzenie" in str(text)]
    assert len(bodies) == 1
    response = coordinator.post(address(shipped), posted(page) | {bodies[0]: "Posiedzenie {offer}, {date}."})
    assert response.status_code == 200
    said = "Tego dokument nie zna: {offer}. Może mieć w sobie: {date} – dzień i godzina, {place} – miejsce"
    assert said in response.content.decode()


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


def test_a_new_edition_is_made_of_the_old_one_in_every_part_that_rules_have(coordinator, shipped):
    """The whole way: copy, narrow the kinds, move deadlines and majorities, add and take off parts, announce."""
    announce(rulebook_id=shipped.pk, now=NOW)
    coordinator.post(address(shipped, "copy"), {"valid_from": "2027-03-01"})
    new = Rulebook.objects.get(published_at=None)
    data = posted(coordinator.get(address(new)))
    kind = OrganisationFactory().kind
    OrganisationKind.objects.update(may_hold_mark=True)
    questions = int(data["questions-TOTAL_FORMS"])
    changed = {
        "title": "Zasady od 2027 roku",
        "regulations": "§ 1. Znak dostaje oferta.",
        "kinds": [kind.pk],
        "working_days": "on",
        "formal_days": "10",
        "quorum_share": "60",
        "majority_share": "66",
        "silence": "",
        "assessors": "3",
        "licence_months": "24",
        "substantivecriterion_set-0-weight": "4",
        "substantivecriterion_set-0-threshold": "2",
        "requiredpaper_set-0-title": "Wyciąg nie starszy niż 3 miesiące",
        "templates-0-title": "Nowy tytuł {number}",
        "questions-TOTAL_FORMS": str(questions + 1),
        f"questions-{questions}-label": "Ile osób pracuje?",
        f"questions-{questions}-code": "ile-osob",
        f"questions-{questions}-answer": "long",
        f"questions-{questions}-position": "99",
        "formalcriterion_set-3-DELETE": "on",
        "quality_mark_rulebook_save_and_announce": "1",
    }
    data |= changed
    data[f"questions-{questions}-answer"] = new.questions.first().answer
    response = coordinator.post(address(new), data)
    assert response.status_code == 302, response.context["errors"]
    new.refresh_from_db()
    assert new.published_at
    told = (new.title, new.kinds, new.working_days, new.formal_days, new.assessors, new.licence_months)
    assert told == ("Zasady od 2027 roku", [kind.pk], True, 10, 3, 24)
    assert (new.formalcriterion_set.count(), shipped.formalcriterion_set.count()) == (3, 4)
    assert new.questions.filter(label="Ile osób pracuje?").exists()
    assert new.requiredpaper_set.first().title == "Wyciąg nie starszy niż 3 miesiące"
    assert new.templates.first().title == "Nowy tytuł {number}"
    # What was begun under the old one stays under it, and the new one is in force from its day.
    assert [one.version for one in Rulebook.objects.on(date(2027, 2, 28))] == [1]
    assert Rulebook.objects.on(date(2027, 3, 1)).first() == new
    assert shipped.substantivecriterion_set.first().weight != 4


def test_an_edition_may_narrow_the_kinds(shipped):
    organisation = OrganisationFactory()
    organisation.kind.may_hold_mark = True
    assert kind_check(organisation, shipped).is_met
    shipped.kinds = ["zaz-inny"]
    assert not kind_check(organisation, shipped).is_met
    shipped.kinds = [organisation.kind_id]
    assert kind_check(organisation, shipped).is_met


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


def test_the_survey_asks_for_no_file_because_papers_have_a_place_of_their_own(coordinator, shipped):
    asked = posted(coordinator.get(address(shipped)))
    answer = shipped.questions.get(code="rozwoj").answer
    response = coordinator.post(address(shipped), asked | {"questions-4-answer": "file"})
    assert "O plik prosi się w części „dokumenty do wniosku”" in response.content.decode()
    assert shipped.questions.get(code="rozwoj").answer == answer
