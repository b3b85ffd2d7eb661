"""Forms of suppliers and of lists; those of inquiries stand in inquiry_forms."""

from django import forms

from procurement.choices import Refusal

NEW, CHOOSE = "new", "Wybierz listę albo załóż nową."


class PlainForm(forms.Form):
    """One that shows a refusal of a use case beside the field it means."""

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class InterestForm(PlainForm):
    reason = forms.ChoiceField(
        label="Dlaczego nie dla Was",
        choices=Refusal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz powód.", "invalid_choice": "Wybierz powód z listy."},
    )
    words = forms.CharField(
        label="Chcesz coś dodać?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Zamawiający zobaczy te słowa bez nazwy podmiotu.",
    )


class NameForm(PlainForm):
    name = forms.CharField(label="Nazwa listy", max_length=200, error_messages={"required": "Podaj nazwę listy."})


class AddingForm(PlainForm):
    """Where chosen organisations go: `lists` [(value, label)], `owners` [(value, label)] of a new one."""

    list = forms.ChoiceField(label="Na którą listę", widget=forms.RadioSelect, error_messages={"required": CHOOSE})
    owner = forms.ChoiceField(label="W czyim imieniu nowa lista", required=False)
    name = forms.CharField(label="Nazwa nowej listy", max_length=200, required=False)

    def __init__(self, *args, lists, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["list"].choices = [*lists, (NEW, "nowa lista")]
        self.fields["owner"].choices = owners
        self.fields["list"].initial = lists[0][0] if lists else NEW
        if len(owners) == 1:
            self.fields["owner"].widget = forms.HiddenInput()
            self.fields["owner"].initial = owners[0][0]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("list") == NEW and not (cleaned.get("name") or "").strip():
            self.add_error("name", "Podaj nazwę nowej listy.")
        return cleaned
