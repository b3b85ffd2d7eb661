"""What the reports take in their address: a year, a county, a division of CPV. An unknown value counts nothing."""

from django import forms

from procurement.models.plans import FIRST_YEAR, LAST_YEAR
from registry.choices import CpvLevel
from registry.fields import shown
from registry.models import County, CpvCode

_YEAR = f"Podaj rok od {FIRST_YEAR} do {LAST_YEAR}."


class OneOf(forms.ChoiceField):
    def __init__(self, *, label, unknown, everything):
        super().__init__(label=label, required=False)
        self.unknown, self.everything = unknown, everything

    def offer(self, names):
        self.names = names
        self.choices = [("", self.everything), *names.items()]

    def validate(self, value):
        if value and value not in self.names:
            raise forms.ValidationError(self.unknown.format(shown(value)))


class ReportForm(forms.Form):
    use_required_attribute = False

    year = forms.IntegerField(
        label="Rok",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "wszystkie"}),
        error_messages={"invalid": _YEAR, "min_value": _YEAR, "max_value": _YEAR},
    )
    powiat = OneOf(label="Powiat", unknown="Nie ma powiatu o kodzie „{}”.", everything="wszystkie powiaty")
    dzial = OneOf(label="Dział CPV", unknown="Nie ma działu CPV „{}”.", everything="wszystkie działy")

    def __init__(self, data):
        super().__init__(data)
        counties = County.objects.defer("boundary").order_by("sort_key", "teryt")
        self.fields["powiat"].offer({county.teryt: str(county) for county in counties})
        divisions = CpvCode.objects.filter(level=CpvLevel.DIVISION).order_by("code8")
        self.fields["dzial"].offer({row.code8[:2]: f"{row.code8[:2]} {row.label_pl}" for row in divisions})

    @property
    def counties(self):
        return self.fields["powiat"].names

    @property
    def divisions(self):
        return self.fields["dzial"].names

    @property
    def reasons(self):
        """For programs: a line for each faulty value."""
        return "".join(f"{name}: {' '.join(errors)}\n" for name, errors in self.errors.items())
