"""Questions of every kind as a form, and their answers as JSON and as words."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from core.answering import AnswersForm, answered, stored_files
from core.asking import Answer
from events.models import FormQuestion

SEVERAL = ["zamówienia", "sieć", "finanse"]


def question(code, answer, *, required=True, **given):
    return FormQuestion(code=code, label=f"Pytanie {code}?", answer=answer, is_required=required, **given)


def questions(required=True):
    return [
        question("a", Answer.TEXT, required=required),
        question("b", Answer.LONG_TEXT, required=required),
        question("c", Answer.CHOICE, choices=["raz", "dwa"], required=required),
        question("d", Answer.SEVERAL, choices=SEVERAL, required=required),
        question("e", Answer.YES_NO, required=required),
        question("f", Answer.DATE, required=required),
        question("g", Answer.FILE, required=required),
        question("h", Answer.DECLARATION, required=required),
    ]


def sent(**given):
    data = QueryDict(mutable=True)
    for name, value in given.items():
        data.setlist(f"pytanie-{name}", value if isinstance(value, list) else [value])
    return data


GIVEN = {"a": "Ala", "b": "ma\nkota", "c": "dwa", "d": ["sieć", "finanse"], "e": "nie", "f": "2026-11-03", "h": "on"}


def files(content=b"%PDF-1.7"):
    return MultiValueDict({"pytanie-g": [SimpleUploadedFile("Nowak.pdf", content)]})


def test_every_kind_of_answer_becomes_json_and_words_and_comes_back():
    form = AnswersForm(questions(), sent(**GIVEN), files())
    assert form.is_valid(), form.errors
    answers = form.answers("events/answers")
    stored = answers.pop("g")
    assert stored.startswith("events/answers/")
    assert "Nowak" not in stored
    assert default_storage.exists(stored)
    assert answers == {
        "a": "Ala", "b": "ma\r\nkota".replace("\r", ""), "c": "dwa", "d": ["sieć", "finanse"], "e": False,
        "f": "2026-11-03", "h": True,
    }  # fmt: skip
    told = [words for _, words in answered(questions(), answers | {"g": stored})]
    assert told == [
        "Ala", "ma\nkota", "dwa", "sieć, finanse", "nie", "3\N{NO-BREAK SPACE}listopada\N{NO-BREAK SPACE}2026",
        "dołączono plik", "tak",
    ]  # fmt: skip
    assert stored_files(questions(), answers | {"g": stored}) == [stored]
    again = AnswersForm.again(questions(), answers | {"g": stored})
    assert again.is_valid(), again.errors
    assert again.answers("events/answers") == answers | {"g": stored}


def test_what_is_required_is_said_beside_each_field_and_the_rest_is_kept():
    form = AnswersForm(questions(), sent(a="Ala"), MultiValueDict())
    assert not form.is_valid()
    assert sorted(form.errors) == ["b", "c", "d", "e", "f", "g", "h"]
    assert form.errors["h"] == ["Bez tego oświadczenia nie można iść dalej."]
    assert form.answers("events/answers") == {"a": "Ala"}


def test_what_is_not_required_may_be_left_out():
    form = AnswersForm(questions(required=False), sent(c="", e=""), MultiValueDict())
    assert form.is_valid(), form.errors
    assert form.answers("events/answers") == {}
    assert answered(questions(), {}) == []


@pytest.mark.parametrize(
    ("code", "value"),
    [("c", "trzy"), ("d", ["sieć", "cztery"]), ("e", "może"), ("f", "31.02.2026"), ("a", "x" * 301)],
)
def test_an_answer_that_is_none_is_refused_in_words(code, value):
    form = AnswersForm(questions(), sent(**GIVEN | {code: value}), files())
    assert list(form.errors) == [code]
    assert code not in form.answers("events/answers")


def test_a_file_that_is_there_need_not_be_sent_again_and_a_wrong_one_does_not_replace_it():
    given = {"g": "events/answers/stary.pdf"}
    form = AnswersForm(questions(), sent(**GIVEN), MultiValueDict(), answers=given)
    assert form.is_valid(), form.errors
    assert form.answers("x")["g"] == given["g"]
    wrong = AnswersForm(questions(), sent(**GIVEN), files(b"MZ"), answers=given)
    assert list(wrong.errors) == ["g"]
    assert wrong.answers("x")["g"] == given["g"]


def test_an_answer_to_a_question_that_was_asked_in_another_way_is_left_out_of_the_form():
    form = AnswersForm(questions(), answers={"e": "raczej", "f": 7})
    assert (form.initial["e"], form.initial["f"]) == (None, None)
