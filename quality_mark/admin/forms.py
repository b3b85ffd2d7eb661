"""Forms of the rules: what nobody has confirmed yet is said beside its field."""

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from unfold import widgets

from core.asking import Answer
from quality_mark.models import Rulebook
from quality_mark.use_cases.rulebooks import ASSUMED, PARTS
from quality_mark.wording import names_told, unknown_names
from registry.admin.fields import LinesField
from registry.models import OrganisationKind

UNCONFIRMED = "Przyjęte, do potwierdzenia."
_OF_PARTS = {model._meta.model_name: model._meta.verbose_name_plural for model in PARTS}


def label_of(name):
    """What an entry of Rulebook.assumed is about, in words."""
    return _OF_PARTS.get(name) or Rulebook._meta.get_field(name).verbose_name


class RulebookForm(forms.ModelForm):
    assumed = forms.MultipleChoiceField(
        label="Przyjęte, do potwierdzenia",
        required=False,
        choices=[(name, label_of(name)) for name in ASSUMED],
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Źródła znaku tego nie mówią. Odznacz to, co zostało potwierdzone.",
    )
    kinds = forms.MultipleChoiceField(
        label="Rodzaje podmiotów",
        required=False,
        choices=lambda: list(OrganisationKind.objects.filter(may_hold_mark=True).values_list("code", "label")),
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Żaden zaznaczony: wszystkie, które słownik rodzajów dopuszcza do znaku.",
    )
    reminder_days = SimpleArrayField(
        forms.IntegerField(min_value=1, max_value=365),
        label="Przypomnienia o przedłużeniu (dni przed końcem)",
        required=False,
        max_length=10,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Liczby po przecinku, na przykład 60, 30, 14.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.instance.assumed:
            field = self.fields.get(name)
            if field and name != "assumed":
                field.help_text = " ".join(filter(None, [UNCONFIRMED, field.help_text]))


class TemplateForm(forms.ModelForm):
    """A name that no document knows would be printed with its braces."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.kind:
            self.fields["body"].help_text = f"Fakty sprawy: {names_told(self.instance.kind)}."

    def clean(self):
        kind = self.cleaned_data.get("kind")
        for name in ("title", "body"):
            if kind and (unknown := unknown_names(kind, self.cleaned_data.get(name, ""))):
                self.add_error(
                    name, f"Tego dokument nie zna: {', '.join(unknown)}. Może mieć w sobie: {names_told(kind)}."
                )
        return self.cleaned_data


class QuestionForm(forms.ModelForm):
    choices = LinesField(label="Możliwe odpowiedzi", required=False, help_text="Jedna w wierszu.")

    def clean_answer(self):
        """A file has a place of its own among the papers: the survey would leave such a question out."""
        answer = self.cleaned_data["answer"]
        if answer == Answer.FILE:
            raise forms.ValidationError("O plik prosi się w części „dokumenty do wniosku”, nie w ankiecie.")
        return answer
