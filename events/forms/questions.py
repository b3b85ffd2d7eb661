"""A form made of the questions of an event (core.asking.Question), and its answers as JSON."""

from django import forms
from django.core.files.storage import default_storage

from core import documents
from core.asking import Answer
from core.exceptions import Refused
from events.models.events import file_path

# Longer lists are chosen from a menu.
MOST_BUTTONS = 8
YES_NO = [("tak", "tak"), ("nie", "nie")]


def question_form(questions, data=None, files=None, initial=None, *, prefix="pytanie"):
    """An unbound form without `data`. `initial` are answers as `read` gives them."""
    before = initial or {}
    form = forms.Form(data, files, initial=_initial(questions, before), prefix=prefix)
    for question in questions:
        form.fields[question.code] = _field(question, before.get(question.code))
    form.before = before
    return form


def read(form):
    """{code: value} of a valid form, without what was left empty. Files are stored now, under a name that tells
    nothing; a file that was there stays when no other one comes."""
    answers = {}
    for code, value in form.cleaned_data.items():
        field = form.fields[code]
        if isinstance(field, _DocumentField):
            value = _stored(value) or form.before.get(code)
        elif hasattr(value, "isoformat"):
            value = value.isoformat()
        elif isinstance(field, forms.BooleanField):
            value = value or None
        if value not in (None, "", []):
            answers[code] = value
    return answers


def discard(answers, questions, *, but=None):
    """Take away the files of answers that nobody keeps."""
    for question in questions:
        name = answers.get(question.code)
        if question.answer == Answer.FILE and name and name != (but or {}).get(question.code):
            default_storage.delete(name)


class _DocumentField(forms.FileField):
    """A document that is what it says it is."""

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            try:
                upload.suffix = documents.suffix_of(upload)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload


def _stored(upload):
    suffix = getattr(upload, "suffix", None)
    return default_storage.save(file_path(None, f"x.{suffix}"), upload) if suffix else None


def _initial(questions, answers):
    yes_no = {question.code for question in questions if question.answer == Answer.YES_NO}
    files = {question.code for question in questions if question.answer == Answer.FILE}
    return {
        code: ("tak" if value else "nie") if code in yes_no else value
        for code, value in answers.items()
        if code not in files
    }


def _field(question, before):
    common = {"label": question.label, "help_text": question.help_text, "required": question.is_required}
    required = {"required": "Odpowiedz na to pytanie."}
    match question.answer:
        case Answer.LONG_TEXT:
            return forms.CharField(
                **common, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), error_messages=required
            )
        case Answer.CHOICE:
            return _choice_field(question, common, required)
        case Answer.SEVERAL:
            return forms.MultipleChoiceField(
                **common,
                choices=[(one, one) for one in question.choices],
                widget=forms.CheckboxSelectMultiple,
                error_messages=required | {"invalid_choice": "Wybierz odpowiedzi z listy."},
            )
        case Answer.YES_NO:
            return forms.TypedChoiceField(
                **common,
                choices=YES_NO,
                coerce=lambda value: value == "tak",
                empty_value=None,
                widget=forms.RadioSelect,
                error_messages=required | {"invalid_choice": "Wybierz „tak” albo „nie”."},
            )
        case Answer.DATE:
            return forms.DateField(
                **common, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=required
            )
        case Answer.FILE:
            return _document_field(question, common, before)
        case Answer.DECLARATION:
            return forms.BooleanField(**common, error_messages={"required": "Bez tego nie da się zapisać."})
        case _:
            return forms.CharField(**common, max_length=300, error_messages=required)


def _choice_field(question, common, required):
    few = len(question.choices) <= MOST_BUTTONS
    return forms.ChoiceField(
        **common,
        choices=[*([] if few else [("", "wybierz")]), *((one, one) for one in question.choices)],
        widget=forms.RadioSelect if few else forms.Select,
        error_messages=required | {"invalid_choice": "Wybierz odpowiedź z listy."},
    )


def _document_field(question, common, before):
    hint = "PDF, JPG albo PNG, najwyżej 10 MB."
    if before:
        hint = f"Plik jest już dołączony; nowy go zastąpi. {hint}"
    return _DocumentField(
        label=common["label"],
        help_text=f"{question.help_text} {hint}".strip(),
        required=question.is_required and not before,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": "Dołącz plik.", "empty": "Plik jest pusty."},
    )
