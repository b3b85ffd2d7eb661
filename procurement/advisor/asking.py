"""What the advisor is asked, as its address carries it."""

import re
from datetime import date
from decimal import Decimal

from django import forms

from procurement.choices import BuyerGroup, Nature
from procurement.figures.asking import OneOf
from registry.codes import cpv_writing
from registry.fields import UNKNOWN_CPV, check_control, shown
from registry.models import County, CpvCode
from registry.search import LONGEST

FIRST_DAY, LAST_DAY = date(2004, 1, 1), date(2099, 12, 31)
_DAY = "Podaj dzień między rokiem 2004 a 2099, na przykład 2026-12-03."
_AMOUNT = "Podaj kwotę w złotych, na przykład 180000 albo 180 000,50."
_MOST = Decimal(10) ** 12
_THOUSANDS_OR_GROSZE = re.compile(r"[0-9]+\.[0-9]{3}")
_DOTTED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}")
_PLAIN = re.compile(r"[0-9]{1,20}([.,][0-9]{1,2})?")
_BLANKS = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}']")


class AmountField(forms.CharField):
    """Net PLN as people write it. A dot before three last digits may part thousands or grosze: that is asked about."""

    def clean(self, value):
        text = _BLANKS.sub("", super().clean(value)).lower().removesuffix("zł").removesuffix("pln")
        if not text:
            return None
        if _THOUSANDS_OR_GROSZE.fullmatch(text):
            raise forms.ValidationError("Nie wiemy, czy kropka dzieli tysiące. Napisz kwotę bez kropki.")
        if _DOTTED.fullmatch(text):
            text = text.replace(".", "")
        amount = Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None
        if amount is None or amount > _MOST:
            raise forms.ValidationError(_AMOUNT)
        return amount


class CpvField(forms.CharField):
    """A code of the dictionary as a CpvCode, with or without its control digit."""

    def clean(self, value):
        text = super().clean(value)
        writing = cpv_writing(text) if text else None
        code = writing and CpvCode.objects.filter(code8=writing.code8).first()
        if text and code is None:
            raise forms.ValidationError(UNKNOWN_CPV.format(shown(text)))
        if code:
            check_control(writing, text, {code.code8: str(code)})
        return code


class AdviceForm(forms.Form):
    use_required_attribute = False

    q = forms.CharField(
        label="Co chcesz kupić?",
        max_length=LONGEST,
        error_messages={
            "required": "Napisz, co chcesz kupić.",
            "max_length": f"Wpisz najwyżej {LONGEST} znaków.",
        },
        widget=forms.TextInput(attrs={"placeholder": "np. sprzątanie biur"}),
    )
    value = AmountField(label="Wartość netto w złotych", required=False, max_length=60)
    day = forms.DateField(
        label="Dzień wszczęcia",
        required=False,
        help_text="Puste: dziś.",
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _DAY},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    nature = forms.ChoiceField(
        label="Rodzaj zamówienia",
        required=False,
        choices=[("", "jeszcze nie wiem"), *Nature.choices],
        error_messages={"invalid_choice": "Wybierz rodzaj z listy."},
    )
    social = forms.BooleanField(label="To usługa społeczna albo inna szczególna", required=False)
    buyer = forms.ChoiceField(
        label="Kto kupuje",
        required=False,
        choices=[("", "dowolny zamawiający"), *((code, f"zamawiający {label}") for code, label in BuyerGroup.choices)],
        error_messages={"invalid_choice": "Wybierz zamawiającego z listy."},
    )
    powiat = OneOf(label="Miejsce", unknown="Nie ma powiatu o kodzie „{}”.", everything="cały region")
    cpv = CpvField(label="Kod CPV", required=False, max_length=60)

    def __init__(self, data=None):
        super().__init__(data)
        counties = County.objects.defer("boundary").order_by("sort_key", "teryt")
        self.fields["powiat"].offer({county.teryt: str(county) for county in counties})

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_DAY)
        return day
