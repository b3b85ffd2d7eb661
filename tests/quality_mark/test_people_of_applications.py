"""What the mark knows of people: taken out by them, and forgotten when its time is over."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from core import personal_data
from quality_mark.choices import ApplicationState
from quality_mark.models import Application, Paper
from quality_mark.use_cases import applying, own_data
from tests.quality_mark.factories import NOW, ApplicationFactory, MarkFactory
from tests.quality_mark.office import applicant_of, clerk

pytestmark = pytest.mark.django_db(transaction=True)
A = ApplicationState
LONG_AGO = NOW - timedelta(days=settings.MARK_CASES_KEPT_DAYS + 1)


def of(code):
    return personal_data.find(code)


def paper_of(application, **given):
    paper = Paper(application=application, code="wyciag", name="wyciag.pdf", content_type="application/pdf", size=8)
    paper.sha256, paper.uploaded_at = "0" * 64, NOW
    for name, value in given.items():
        setattr(paper, name, value)
    paper.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    return paper


def test_every_table_of_the_mark_with_people_is_taken_out():
    mark = [one for one in personal_data.all_classes() if one.code.startswith(("quality_mark", "mark."))]
    assert [one.code for one in mark if one.holds and not one.collect] == []


def test_a_person_takes_out_what_they_did_and_said():
    case = ApplicationFactory(state=A.SUBMITTED)
    person = applicant_of(case)
    Application.objects.filter(pk=case.pk).update(started_by=person, signed_name="Ola Nowak")
    case.messages.create(is_of_office=False, author=person, text="Dzień dobry", at=NOW)
    paper_of(case, uploaded_by=person)
    case.recommendations.create(recommender="Szkoła", email=person.email.upper(), text="Dobrze.", given_at=NOW)
    told = [{key: str(value) for key, value in one.items()} for one in of("quality_mark.applications").collect(person)]
    said = " ".join(word for one in told for word in one.values())
    for words in (case.number, "Ola Nowak", "Dzień dobry", "wyciag.pdf", "Dobrze."):
        assert words in said
    assert own_data.applications_of(clerk()) == []


def test_of_a_recommendation_the_address_is_erased_and_the_words_stay():
    case = ApplicationFactory()
    person = applicant_of(case)
    row = case.recommendations.create(
        recommender="Szkoła", email=person.email, text="Dobrze.", signed_name="Ola", given_at=NOW
    )
    of("quality_mark.applications").erase(person, NOW)
    row.refresh_from_db()
    assert (row.email, row.signed_name, row.text) == ("", "", "Dobrze.")


def test_a_draft_that_nobody_opens_is_deleted_with_its_files():
    old = NOW - timedelta(days=settings.MARK_DRAFT_KEPT_DAYS + 1)
    draft, fresh = ApplicationFactory(started_at=old), ApplicationFactory()
    paper = paper_of(draft)
    name, storage = paper.file.name, paper.file.storage
    draft.recommendations.create(recommender="Szkoła", email="s@example.pl", asked_at=old)
    gone = ApplicationFactory(started_at=old)
    applying.withdraw(application_id=gone.pk, actor=applicant_of(gone), now=old)
    assert of("quality_mark.drafts").forget(NOW) == 2
    assert of("quality_mark.drafts").forget(NOW) == 0
    assert list(Application.objects.all()) == [fresh]
    assert not storage.exists(name)
    assert not Application.pgh_event_model.objects.filter(pgh_obj_id=draft.pk).exists()


def test_while_a_mark_lives_nothing_of_its_application_is_forgotten():
    case = ApplicationFactory(state=A.ACTIVE, decided_at=LONG_AGO, complete_at=LONG_AGO, signed_name="Ola")
    with transaction.atomic():
        mark = MarkFactory(offer=case.offer)
        mark.licences.create(
            application=case,
            granted_on=mark.since,
            valid_until=mark.valid_until,
            holder_signed_on=mark.since,
            office_signed_on=mark.since,
            holder_signed_by="skan",
            agreement=paper_of(case, is_of_office=True),
        )
    assert of("quality_mark.applications").forget(NOW) == 0
    type(mark).objects.update(state="expired", since=LONG_AGO.date() - timedelta(days=1))
    assert of("quality_mark.applications").forget(NOW) == 1
