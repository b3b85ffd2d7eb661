from django import forms

from notifications.choices import Frequency


class TimeInput(forms.TimeInput):
    input_type = "time"


class PreferencesForm(forms.Form):
    """One choice for each kind of letter that may be refused, and the quiet hours."""

    quiet_from = forms.TimeField(label="Cisza od godziny", required=False, widget=TimeInput(format="%H:%M"))
    quiet_until = forms.TimeField(label="Cisza do godziny", required=False, widget=TimeInput(format="%H:%M"))

    def __init__(self, *args, optional, chosen, quiet_hours, **kwargs):
        initial = {"quiet_from": quiet_hours.starts, "quiet_until": quiet_hours.ends} if quiet_hours else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.optional = optional
        for letter in optional:
            self.fields[_name(letter)] = forms.ChoiceField(
                label=letter.label,
                choices=Frequency,
                initial=chosen.get(letter.template, Frequency.NOW),
                error_messages={"invalid_choice": "Wybierz jedną z możliwości."},
            )
        self.order_fields([_name(letter) for letter in optional])

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if "quiet_from" in cleaned and "quiet_until" in cleaned:
            if (starts is None) != (ends is None):
                self.add_error("quiet_from" if starts is None else "quiet_until", "Podaj obie godziny albo żadnej.")
            elif starts is not None and starts == ends:
                self.add_error("quiet_until", "Podaj inną godzinę niż początek ciszy.")
        return cleaned

    def frequencies(self):
        return {letter.template: self.cleaned_data[_name(letter)] for letter in self.optional}

    def quiet_hours(self):
        """`(starts, ends)`, or None for no quiet hours."""
        starts, ends = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        return None if starts is None else (starts, ends)


def _name(letter):
    return letter.template.replace("/", "-")
