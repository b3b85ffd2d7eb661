"""What an accepted institution changes from a day on, and what a coordinator answers."""

from django import forms

from accounts.forms.entrance import OneLine
from core.signed_files import HINT
from events.choices import DelegateRole
from events.enrolment.roster import SHAPE, read_lines
from events.forms.enrolment import PapersForm
from events.forms.fields import FilesField, RolesField, SeveralFiles
from events.forms.steps import AddressForm

DAY = {
    "label": "Od dnia",
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "error_messages": {"required": "Podaj dzień.", "invalid": "Podaj datę, na przykład 3.11.2026."},
}


def papers_field():
    return FilesField(
        label="Podpisana aktualizacja",
        required=False,
        widget=SeveralFiles(attrs=PapersForm.base_fields["files"].widget.attrs),
        help_text=f"Jeśli regulamin jej wymaga. {HINT}",
    )


class PeopleUpdateForm(forms.Form):
    """`people`: [(delegation id, words)] who can leave the list or change their role."""

    effective_on = forms.DateField(**DAY)
    lines = forms.CharField(
        label="Kogo dodać, każdą osobę w osobnym wierszu",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=f"Wiersz: {SHAPE}. Rola to: członek, członek zarządu, pracownik albo wolontariusz.",
    )
    ended = forms.TypedMultipleChoiceField(
        label="Kogo odwołać", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    changed = forms.TypedChoiceField(label="Komu zmienić rolę", required=False, coerce=int, empty_value=None)
    role = RolesField(DelegateRole, label="Nowa rola tej osoby", required=False)
    job_title = OneLine(label="Nowe stanowisko tej osoby", max_length=120, required=False)
    files = papers_field()

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ended"].choices = people
        self.fields["changed"].choices = [("", "nikomu"), *people]
        if not people:
            del self.fields["ended"]

    def clean_lines(self):
        self.added, faulty = read_lines(self.cleaned_data["lines"])
        if faulty:
            raise forms.ValidationError([f"{line[:80]}: {problem}" for line, problem in faulty[:50]])
        return self.cleaned_data["lines"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("changed") and not cleaned.get("role") and "role" not in self.errors:
            self.add_error("role", "Wybierz nową rolę tej osoby.")
        return cleaned

    @property
    def changes(self):
        """What use_cases.updates.send_people() takes."""
        cleaned = self.cleaned_data
        changed = [(cleaned["changed"], cleaned["role"], cleaned["job_title"])] if cleaned["changed"] else []
        return {"added": self.added, "ended": cleaned.get("ended", []), "changed": changed}


class AddressUpdateForm(AddressForm):
    template_name = "components/_form.html"
    effective_on = forms.DateField(**DAY)
    files = papers_field()
    field_order = ["effective_on"]


class AnswerForm(forms.Form):
    answer = OneLine(
        label="Odpowiedź dla instytucji",
        required=False,
        max_length=500,
        help_text="Przy odmowie konieczna: napisz, co się nie zgadza.",
    )
