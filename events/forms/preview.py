"""A form made of an edition's questions, to look at only."""

from django import forms

from core.asking import Answer

_FIELDS = {
    Answer.TEXT: lambda: forms.CharField(),
    Answer.LONG_TEXT: lambda: forms.CharField(widget=forms.Textarea(attrs={"rows": 4})),
    Answer.CHOICE: lambda: forms.ChoiceField(widget=forms.RadioSelect),
    Answer.SEVERAL: lambda: forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple),
    Answer.YES_NO: lambda: forms.ChoiceField(widget=forms.RadioSelect, choices=[("1", "tak"), ("0", "nie")]),
    Answer.DATE: lambda: forms.DateField(widget=forms.DateInput(attrs={"type": "date"})),
    Answer.FILE: lambda: forms.FileField(),
    Answer.DECLARATION: lambda: forms.BooleanField(),
}


def as_form(questions):
    """An unbound form whose controls cannot be used."""
    form = forms.Form()
    for question in questions:
        field = _FIELDS[question.answer]()
        field.label, field.help_text, field.required = question.label, question.help_text, question.is_required
        if question.answer in Answer.with_choices():
            field.choices = [(choice, choice) for choice in question.choices]
        field.disabled = True
        form.fields[question.code] = field
    return form
