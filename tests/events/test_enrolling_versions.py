"""Forms and texts that change while an institution fills in its form."""

import pytest

from core.asking import Answer
from events.models import FormQuestion, FormVersion
from tests.events.enrolling import ANSWERS, address, complete, draft, edition, fill, hidden, scan
from tests.events.factories import NOW, EditionTextFactory, FormVersionFactory

pytestmark = pytest.mark.django_db


def newer_form(one, *questions):
    """Version 2 of the institution's form asks these: (code, answer)."""
    form = FormVersionFactory(edition=one, version=2, published_at=None)
    for code, answer in questions:
        choices = ["a", "b"] if answer in Answer.with_choices() else []
        FormQuestion.objects.create(form=form, code=code, label=f"{code} po nowemu", answer=answer, choices=choices)
    form.published_at = NOW
    form.save()
    return form


def test_a_newer_version_is_told_and_the_one_that_was_signed_is_kept_for_good(client):
    one = edition()
    enrolment = draft(one)
    complete(client, enrolment)
    EditionTextFactory(edition=one, kind="regulamin", version=2)
    summary = client.get(address(enrolment, "enrolment_summary"))
    assert "regulamin (wersja 2)" in summary.content.decode()
    assert client.post(address(enrolment, "enrolment_summary")).status_code == 422
    assert fill(client, enrolment, "pytania").status_code == 302
    assert client.post(address(enrolment, "enrolment_summary")).status_code == 302
    EditionTextFactory(edition=one, kind="regulamin", version=3)
    FormVersion.objects.create(edition=one, kind="instytucja", version=2, valid_from=NOW.date(), published_at=NOW)
    client.post(address(enrolment, "enrolment_state"), {"files": [scan()]})
    enrolment.refresh_from_db()
    assert (enrolment.regulations.version, enrolment.form.version) == (2, 1)
    # The second form asks nothing; what was signed is still shown with the questions of the first.
    assert "Gdzie działacie?" in client.get(address(enrolment, "enrolment_summary")).content.decode()


def test_what_came_into_force_while_the_step_was_open_is_read_before_it_is_declared(client):
    enrolment = draft()
    path = address(enrolment, "enrolment_step", "pytania")
    old = hidden(client.get(path))
    EditionTextFactory(edition=enrolment.edition, kind="regulamin", version=2, title="Regulamin drugi")
    answer = client.post(path, ANSWERS | old)
    assert answer.status_code == 422
    assert "Formularz lub regulamin właśnie się zmienił." in answer.text
    assert "Regulamin drugi, wersja 2" in answer.text
    assert answer.context["form"].data["pytanie-zasieg"] == "gmina"  # what was typed is still there
    enrolment.refresh_from_db()
    assert (enrolment.regulations, enrolment.answers) == (None, {})
    assert client.post(path, ANSWERS | hidden(answer)).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.regulations.version == 2


@pytest.mark.parametrize("answer", [Answer.DATE, Answer.SEVERAL, Answer.FILE, Answer.YES_NO])
def test_an_answer_to_a_question_that_is_now_asked_otherwise_stays_readable_until_it_is_given_anew(client, answer):
    enrolment = draft()
    fill(client, enrolment, "pytania")
    newer_form(enrolment.edition, ("zasieg", answer))
    summary = client.get(address(enrolment, "enrolment_summary"))
    assert ("pytanie-zasieg", "Gdzie działacie?", "gmina") in summary.context["facts"][-1][2]
    path = address(enrolment, "enrolment_step", "pytania")
    page = client.get(path)
    assert "zasieg po nowemu" in page.text
    assert "Plik jest już dołączony" not in page.text
    assert client.post(path, hidden(page)).status_code == 302
    enrolment.refresh_from_db()
    assert (enrolment.form.version, "zasieg" in enrolment.answers) == (2, False)


@pytest.mark.parametrize(("codes", "stays"), [(["statut"], True), (["inne"], False)])
def test_a_file_for_which_a_newer_form_does_not_ask_is_thrown_away(client, settings, codes, stays):
    one = edition()
    FormQuestion.objects.create(form=one.forms.get(kind="instytucja"), code="statut", label="Statut", answer="file")
    enrolment = draft(one)
    fill(client, enrolment, "pytania", **{"pytanie-statut": scan("statut.pdf")})
    newer_form(one, *((code, Answer.FILE) for code in codes))
    assert fill(client, enrolment, "pytania").status_code == 302
    assert (len(list(settings.MEDIA_ROOT.rglob("*.pdf"))) == 1) is stays
