"""A call to complete an application: a few lines, each one fault and the place where it is mended."""

from django import forms

from quality_mark.forms.office import words_field
from quality_mark.office.places import named

FIRST, MORE, MOST = 3, 3, 40


class FaultForm(forms.Form):
    text = words_field("Czego brakuje albo co jest źle", required=False, rows=2, most=1000)
    place = forms.ChoiceField(
        label="Miejsce we wniosku",
        required=False,
        help_text="Tylko wskazane miejsca wnioskodawca będzie mógł zmienić.",
        error_messages={"invalid_choice": "Wybierz miejsce z listy."},
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("place") and not cleaned.get("text"):
            self.add_error("text", "Napisz, czego brakuje w tym miejscu, albo nie wybieraj miejsca.")
        return cleaned


class CallForm(forms.Form):
    text = words_field(
        "Wstęp pisma", required=False, rows=3, help_text="Można zostawić pusty: braki, termin i skutki są we wzorze."
    )


class FaultLines:
    """So many FaultForms as the page asked for; those without words are no faults."""

    def __init__(self, data=None, *, places, initial=()):
        self.is_bound = data is not None
        count = _count(data.get("ile", "")) if self.is_bound else max(len(initial) + 1, FIRST)
        if self.is_bound and "wiecej" in data:
            count = min(count + MORE, MOST)
        given = [*initial, *[{}] * count]
        self.forms = [
            FaultForm(data, places=places, prefix=f"brak{number}", initial=given[number]) for number in range(count)
        ]

    def is_valid(self):
        return all([form.is_valid() for form in self.forms])

    @property
    def faults(self):
        lines = [form.cleaned_data for form in self.forms]
        return [{"text": line["text"]} | named(line["place"]) for line in lines if line["text"]]


def _count(text):
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 4 else FIRST
