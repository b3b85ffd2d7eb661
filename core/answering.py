"""Forms made of rows of core.asking.Question, and the answers as JSON: {code: value}.

Knows nothing of what is asked or why: whoever asks gives the rows and keeps the answers.
"""

import contextlib
import uuid

from django import forms
from django.core.files.storage import default_storage
from django.utils.dateparse import parse_date

from core.asking import Answer
from core.documents import CONTENT_TYPES, suffix_of
from core.exceptions import Refused
from core.templatetags.portal import date_words

SHORT, LONG = 300, 4000
# More choices than these are a list to open, fewer are all seen at once.
MOST_BUTTONS = 7
NO_ANSWER = ("", "nie odpowiadam")
REQUIRED = "Odpowiedz na to pytanie."
NOT_IN_LIST = "Wybierz odpowiedź z listy."
NOT_TICKED = "Bez tego oświadczenia nie można iść dalej."
FILE_HINT = "PDF, JPG lub PNG, do 10 MB."


class DocumentField(forms.FileField):
    """A document known by its content. `stored` is the name of the one that is there already, or empty."""

    def __init__(self, *, stored="", **kwargs):
        self.stored = stored
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial or self.stored or None)
        if upload and upload != self.stored:
            try:
                upload.suffix = suffix_of(upload)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload


class AnswersForm(forms.Form):
    """One field for each question, named by its code. `answers` are those given before.

    Of a form that is not valid, `answers()` still gives what could be read: a draft loses nothing.
    """

    def __init__(self, questions, data=None, files=None, *, answers=None, prefix="pytanie", **kwargs):
        self.questions, self.given = list(questions), dict(answers or {})
        initial = {q.code: _shown(q, self.given[q.code]) for q in self.questions if q.code in self.given}
        super().__init__(data, files, prefix=prefix, initial=initial, **kwargs)
        for question in self.questions:
            self.fields[question.code] = field_of(question, self.given.get(question.code))

    @classmethod
    def again(cls, questions, answers, typed=None, prefix="pytanie", **kwargs):
        """The form as if these answers had just been sent, so that it says what is missing in them.

        `typed` {code: text} is what could not be read when it was sent.
        """
        shown = {q.code: _shown(q, answers[q.code]) for q in questions if answers.get(q.code) not in (None, "", [])}
        data = {f"{prefix}-{code}": value for code, value in (shown | (typed or {})).items() if value is not None}
        return cls(questions, data, {}, answers=answers, prefix=prefix, **kwargs)

    def answers(self, folder):
        """JSON of all answers; new files are stored in `folder` under names that tell nothing."""
        cleaned = getattr(self, "cleaned_data", {})
        kept = {q.code: _kept(q, cleaned.get(q.code), self.given.get(q.code), folder) for q in self.questions}
        return {code: value for code, value in kept.items() if value not in (None, "", [])}


def field_of(question, given=None):
    """The field of one question; `given` is the answer it has already."""
    asked = {
        "label": question.label,
        "help_text": question.help_text,
        "required": question.is_required,
        "error_messages": {"required": REQUIRED, "invalid_choice": NOT_IN_LIST},
    }
    choices = [(choice, choice) for choice in question.choices]
    if question.answer == Answer.CHOICE:
        return _one_of(choices, asked)
    if question.answer == Answer.YES_NO:
        asked["error_messages"]["invalid_choice"] = "Wybierz „tak” albo „nie”."
        return _one_of([("tak", "tak"), ("nie", "nie")], asked)
    if question.answer == Answer.SEVERAL:
        asked["error_messages"]["invalid_choice"] = "Wybierz odpowiedzi z listy."
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **asked)
    if question.answer == Answer.DATE:
        asked["error_messages"]["invalid"] = "Podaj datę, na przykład 3.11.2026."
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **asked)
    if question.answer == Answer.DECLARATION:
        return forms.BooleanField(**asked | {"error_messages": {"required": NOT_TICKED}})
    if question.answer == Answer.FILE:
        hint = f"{question.help_text} {FILE_HINT}".strip()
        widget = forms.FileInput(attrs={"accept": ",".join(CONTENT_TYPES.values())})
        if given:
            hint = f"Plik jest już dołączony. Wybierz inny tylko wtedy, gdy chcesz go zamienić. {hint}"
        asked["error_messages"] |= {"empty": "Plik jest pusty."}
        return DocumentField(stored=given or "", widget=widget, **asked | {"help_text": hint})
    if question.answer == Answer.LONG_TEXT:
        return forms.CharField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 5}), **asked)
    return forms.CharField(max_length=SHORT, **asked)


def answered(questions, answers):
    """[(question, answer in words)] of every question that has an answer, in the order of the questions."""
    return [(q.label, in_words(q, answers[q.code])) for q in questions if answers.get(q.code) not in (None, "", [])]


def stored_files(questions, answers):
    """Names of the files among the answers, for showing one or deleting all."""
    return [answers[q.code] for q in questions if q.answer == Answer.FILE and answers.get(q.code)]


def discard_files(questions, answers, *, but):
    """Delete the files of answers that no longer count; those that also stand in `but` stay."""
    kept = set(stored_files(questions, but))
    for name in stored_files(questions, answers):
        if name not in kept:
            with contextlib.suppress(OSError):
                default_storage.delete(name)


def _one_of(choices, asked):
    if len(choices) > MOST_BUTTONS:
        return forms.ChoiceField(choices=[("", "wybierz z listy"), *choices], **asked)
    return forms.ChoiceField(
        choices=choices if asked["required"] else [*choices, NO_ANSWER], widget=forms.RadioSelect, **asked
    )


def _kept(question, value, given, folder):
    if question.answer == Answer.YES_NO:
        return {"tak": True, "nie": False}.get(value)
    if question.answer == Answer.DATE:
        return value and value.isoformat()
    if question.answer == Answer.DECLARATION:
        return True if value else None
    if question.answer == Answer.FILE:
        if hasattr(value, "suffix"):
            return default_storage.save(f"{folder}/{uuid.uuid4().hex}.{value.suffix}", value)
        return given
    return value


def _shown(question, value):
    """What the field of an answer starts with; an answer to a question that was asked in another way is left out."""
    if question.answer == Answer.YES_NO:
        return {True: "tak", False: "nie"}.get(value)
    if question.answer == Answer.DATE:
        return parse_date(value) if isinstance(value, str) else None
    return value


def in_words(question, value):
    """One answer as a person reads it."""
    if question.answer == Answer.SEVERAL and isinstance(value, list):
        return ", ".join(value)
    if question.answer == Answer.DATE:
        return date_words(parse_date(str(value)))
    if question.answer == Answer.FILE:
        return "dołączono plik"
    if value is True:
        return "tak"
    return "nie" if value is False else str(value)
