"""What is decided, with reasons that the applicant reads."""

from django import forms

from quality_mark.forms.judging.fields import FOR_APPLICANT, words


class ReasonForm(forms.Form):
    reason = words("Co trzeba wyjaśnić", "Napisz, co trzeba wyjaśnić.", rows=3, help_text=FOR_APPLICANT)


class DecisionForm(forms.Form):
    step = forms.ChoiceField(
        label="Rozstrzygnięcie",
        choices=[
            ("grant", "Przyznać znak"),
            ("refuse", "Odmówić"),
            ("more", "Wrócić po dalsze wyjaśnienia"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz rozstrzygnięcie.", "invalid_choice": "Wybierz z listy."},
    )
    reason = words(
        "Uzasadnienie",
        "Podaj uzasadnienie.",
        rows=5,
        help_text=FOR_APPLICANT,
    )

    def only_refusal(self):
        """Of a case that fails its formal check nothing else can be decided."""
        self.fields["step"].choices = [("refuse", "Odmówić")]
        self.fields["step"].initial = "refuse"
        return self
