"""Fields that several of these forms have."""

from django import forms

# Of every reason that an applicant reads.
FOR_APPLICANT = "Przeczyta to wnioskodawca. Bez nazwisk oceniających i bez pojedynczych głosów."


def words(label, missing, *, rows=4, help_text="", required=True, longest=4000):
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": f"Najwyżej {longest} znaków."},
    )


class DayField(forms.DateField):
    """A day of our time: others are typed by mistake, and clocks do not reach the ends of the calendar."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
        self.error_messages |= {"required": "Podaj dzień.", "invalid": "Podaj dzień, na przykład 2026-12-10."}

    def validate(self, value):
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
