"""Fields that forgive the way people write amounts, numbers of notices, days and hours."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils import timezone

from core.templatetags.portal import NBSP
from registry.admin.fields import counties_in_order, municipality_choices

CHOOSE = ("", "wybierz z listy")
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MOST_MONEY = Decimal(10) ** 14
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3}){1,6}|\d{1,20})(?:[.,](?P<rest>\d{1,2}))?", re.ASCII)


class MoneyField(forms.CharField):
    """ "1 234 567,89 zł" and "1234567.89" as Decimal, empty as None; less than `most`."""

    def __init__(self, *, most=MOST_MONEY, **kwargs):
        self.most = most
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        bare = re.sub(r"\s|zł|zl|PLN|netto", "", text, flags=re.IGNORECASE)
        found = _AMOUNT.fullmatch(bare)
        if not found:
            raise ValidationError("Wpisz kwotę w złotych, na przykład 180 000,00.")
        return Decimal(f"{found['whole'].replace('.', '')}.{found['rest'] or '0'}").quantize(Decimal("0.01"))

    def validate(self, value):
        super().validate("" if value is None else str(value))
        if value is not None and value >= self.most:
            raise ValidationError("Ta kwota jest za duża.")

    def run_validators(self, value):
        """Those of a text were meant for what was typed."""

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        return f"{value:,.2f}".replace(",", NBSP).replace(".", ",")


class NumberOfNotice(forms.CharField):
    """A number in the form that its publisher gives it; spaces and small letters are put right."""

    def __init__(self, *, pattern, words, fix=lambda text: text, **kwargs):
        self.fix = fix
        super().__init__(
            max_length=60, required=False, validators=[RegexValidator(pattern, words, flags=re.ASCII)], **kwargs
        )

    def to_python(self, value):
        return self.fix(" ".join(super().to_python(value).split()))


def day_field(label, *, required=False, **kwargs):
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[
            MinValueValidator(EARLIEST, "Podaj dzień od 2000 roku."),
            MaxValueValidator(LATEST, "Podaj dzień do 2100 roku."),
        ],
        error_messages={"invalid": "Podaj dzień, na przykład 2026-12-03.", "required": "Podaj dzień."},
        **kwargs,
    )


def hour_field(label, **kwargs):
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Podaj godzinę, na przykład 9:00."},
        **kwargs,
    )


def count_field(label, *, most=100_000, **kwargs):
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Wpisz liczbę.",
            "min_value": "Wpisz liczbę od zera w górę.",
            "max_value": f"Wpisz liczbę najwyżej {most}.",
        },
        **kwargs,
    )


def moment(day, hour, *, otherwise):
    """The moment of the Polish clock; of a day without an hour at `otherwise`."""
    return timezone.make_aware(datetime.combine(day, hour or otherwise)) if day else None


END_OF_DAY = time(23, 59)


class AreaField(forms.ChoiceField):
    """TERYT of a county (4 digits) or municipality (7) of the region. Choices are read when drawn."""

    def __init__(self, **kwargs):
        super().__init__(choices=_areas, **kwargs)


def _areas():
    counties = [(county.teryt, str(county)) for county in counties_in_order()]
    return [("", "cały region albo inne miejsce"), ("Powiaty", counties), *municipality_choices()]
