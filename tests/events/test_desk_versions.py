"""Texts and forms of an edition: announced versions stay as people saw them."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from core.exceptions import Refused
from events.models import EditionText, FormQuestion, FormVersion
from events.use_cases.enrolment.editions import close_edition
from events.use_cases.enrolment.versions import new_version, publish_version
from tests.accounts.factories import account
from tests.events.factories import NOW, EditionFactory, EditionTextFactory, FormVersionFactory

pytestmark = pytest.mark.django_db
FROM = date(2026, 12, 1)


def refused_by_the_database(change):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        change()


def test_the_database_keeps_an_announced_text():
    text = EditionTextFactory()
    rows = EditionText.objects.filter(pk=text.pk)
    refused_by_the_database(lambda: rows.update(body="Inaczej."))
    refused_by_the_database(lambda: rows.update(published_at=None))
    refused_by_the_database(text.delete)
    # Written again as it is, it is the same.
    rows.update(body=text.body)


def test_the_database_keeps_the_questions_of_an_announced_form():
    form = FormVersionFactory(published_at=None)
    question = FormQuestion.objects.create(form=form, code="cel", label="Po co?")
    FormQuestion.objects.filter(pk=question.pk).update(label="W jakim celu?")
    FormVersion.objects.filter(pk=form.pk).update(published_at=NOW)
    refused_by_the_database(lambda: FormQuestion.objects.filter(pk=question.pk).update(label="Dlaczego?"))
    refused_by_the_database(lambda: FormQuestion.objects.filter(pk=question.pk).delete())


def test_a_new_version_begins_with_the_words_of_the_newest_and_there_is_one_draft():
    form = FormVersionFactory(introduction="Dzień dobry.", published_at=None)
    FormQuestion.objects.create(form=form, code="cel", label="Po co?", answer="choice", choices=["a", "b"])
    publish_version(model=FormVersion, version_id=form.pk, valid_from=FROM, actor=None, now=NOW)
    draft = new_version(model=FormVersion, version_id=form.pk, now=NOW)
    assert (draft.version, draft.published_at, draft.introduction) == (2, None, "Dzień dobry.")
    assert [(one.code, one.choices) for one in draft.questions.all()] == [("cel", ["a", "b"])]
    assert FormVersion.objects.get(pk=form.pk).questions.count() == 1
    with pytest.raises(Refused, match="Jest już szkic: wersja 2"):
        new_version(model=FormVersion, version_id=form.pk, now=NOW)


def test_a_version_is_announced_from_a_day_and_once():
    text = EditionTextFactory(published_at=None)
    done = publish_version(model=EditionText, version_id=text.pk, valid_from=FROM, actor=None, now=NOW)
    assert (done.valid_from, done.published_at) == (FROM, NOW)
    with pytest.raises(Refused, match="nie zmienia"):
        publish_version(model=EditionText, version_id=text.pk, valid_from=FROM, actor=None, now=NOW)


def test_an_empty_version_is_not_announced():
    form = FormVersionFactory(published_at=None)
    with pytest.raises(Refused, match="formularz jest pusty"):
        publish_version(model=FormVersion, version_id=form.pk, actor=None, now=NOW)
    text = EditionTextFactory(published_at=None, body=" \n ")
    with pytest.raises(Refused, match="tekst jest pusty"):
        publish_version(model=EditionText, version_id=text.pk, actor=None, now=NOW)


def test_a_new_version_does_not_begin_before_the_one_that_it_follows():
    first = EditionTextFactory(valid_from=FROM)
    draft = new_version(model=EditionText, version_id=first.pk, now=NOW)
    with pytest.raises(Refused, match="obowiązuje od 01.12.2026"):
        publish_version(model=EditionText, version_id=draft.pk, valid_from=date(2026, 11, 1), actor=None, now=NOW)


def test_an_edition_is_closed_for_a_reason_that_stands_in_its_history():
    edition, actor = EditionFactory(), account()
    with pytest.raises(Refused, match="dlaczego"):
        close_edition(edition_id=edition.pk, actor=actor, reason=" ", now=NOW)
    close_edition(edition_id=edition.pk, actor=actor, reason="Koniec środków.", now=NOW)
    edition.refresh_from_db()
    assert edition.closed_at == NOW
    assert not edition.takes_enrolments_on(date(2026, 11, 22))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.metadata->>'reason' FROM events_editionevent e "
            "JOIN pghistory_context c ON c.id = e.pgh_context_id"
        )
        assert cursor.fetchall() == [("Koniec środków.",)]
    with pytest.raises(Refused, match="już zamknięta"):
        close_edition(edition_id=edition.pk, actor=actor, reason="Znowu.", now=NOW)
