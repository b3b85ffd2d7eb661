"""What an officer chooses of an advice for a draft notice."""

from django import forms


class DraftForm(forms.Form):
    """`owners` are those of procurement.advisor.owners.owners_for()."""

    use_required_attribute = False

    owner = forms.ChoiceField(
        label="Dla kogo",
        error_messages={"required": "Wybierz zamawiającego.", "invalid_choice": "Wybierz zamawiającego z listy."},
    )
    mode = forms.ChoiceField(label="Tryb", required=False, error_messages={"invalid_choice": "Wybierz tryb z listy."})
    clauses = forms.MultipleChoiceField(
        label="Klauzule",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Wybierz klauzule z listy."},
    )

    def __init__(self, data=None, *, owners, advice):
        super().__init__(data)
        self.owners = owners
        names = [(value, label) for value, (label, _, _) in owners.items()]
        self.fields["owner"].choices = names if len(names) == 1 else [("", "wybierz"), *names]
        self.fields["mode"].choices = [("", "jeszcze nie wiem"), *((mode.code, mode.label) for mode in advice.modes)]
        self.fields["clauses"].choices = [(clause.kind.code, clause.title) for clause in advice.clauses]
        if not advice.clauses:
            del self.fields["clauses"]

    @property
    def chosen_owner(self):
        """(authority, unit or None)."""
        return self.owners[self.cleaned_data["owner"]][1:]
