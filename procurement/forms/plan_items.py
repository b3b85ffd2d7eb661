"""The form of one position of a plan. What a person types is read as the cells of a file are."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from procurement.choices import Nature
from procurement.models.plans import POSITION
from procurement.opening import opening_words
from procurement.plan_sheets.amounts import amount
from procurement.plan_sheets.cpv import cpv_codes
from procurement.plan_sheets.openings import opening
from procurement.plans import words


class _LeftOpen:
    """A field that the law asks for: it is not called optional, and still may be left empty."""

    def __init__(self, *, point, **kwargs):
        basis = f"Wymaga tego art. 23 ust. 3 pkt {point} PZP."
        super().__init__(**kwargs | {"help_text": f"{kwargs.get('help_text', '')} {basis}".strip()})

    def validate(self, value):
        if value:
            super().validate(value)


class LawfulText(_LeftOpen, forms.CharField):
    pass


class LawfulChoice(_LeftOpen, forms.ChoiceField):
    pass


class ItemForm(forms.Form):
    """One position. `tables` are those of a file (procurement.plan_sheets.drafts.Tables); nothing but the subject is
    demanded: the page tells what the law asks for and is not there."""

    subject = forms.CharField(
        label="Przedmiot zamówienia",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Podaj przedmiot zamówienia."},
    )
    nature = LawfulChoice(
        label="Rodzaj zamówienia",
        point=2,
        choices=[*Nature.choices, ("", "nie podaję")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Wybierz rodzaj z listy."},
    )
    is_social = forms.BooleanField(label="Usługi społeczne lub inne szczególne (art. 359 PZP)", required=False)
    mode = LawfulChoice(
        label="Przewidywany tryb albo procedura",
        point=3,
        error_messages={"invalid_choice": "Wybierz tryb z listy."},
    )
    value = LawfulText(
        label="Orientacyjna wartość netto w złotych",
        point=4,
        max_length=200,
        help_text="Na przykład „1 234 567,89” albo „ok. 200 tys.”.",
    )
    opening = LawfulText(
        label="Przewidywany termin wszczęcia",
        point=5,
        max_length=120,
        help_text="Miesiąc albo kwartał, na przykład „czerwiec 2026” albo „II kwartał”.",
    )
    cpv = forms.CharField(
        label="Kody CPV",
        required=False,
        max_length=1000,
        help_text="Kilka kodów oddziel przecinkami. Pierwszy jest główny. Cyfrę kontrolną można pominąć.",
    )
    parts = forms.IntegerField(
        label="Liczba części",
        required=False,
        min_value=1,
        max_value=999,
        error_messages={
            "invalid": "Podaj liczbę.",
            "min_value": "Podaj liczbę od 1.",
            "max_value": "Podaj liczbę do 999.",
        },
    )
    clauses = forms.MultipleChoiceField(
        label="Zamierzone klauzule społeczne",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Wybierz klauzule z listy."},
    )
    remarks = forms.CharField(
        label="Informacje dodatkowe",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    number = forms.CharField(
        label="Numer pozycji",
        required=False,
        max_length=20,
        help_text="Na przykład 1.3.6. Zostaw puste, a portal nada kolejny.",
        # As the database takes digits: no others than these ten.
        validators=[RegexValidator(POSITION, "Numer pozycji ma postać 1.3.6.", flags=re.ASCII)],
    )

    def __init__(self, *args, year, tables, modes, kinds, content=None, **kwargs):
        kwargs.setdefault("initial", _initial(content, tables) if content else {})
        super().__init__(*args, **kwargs)
        self._year, self._tables, self._content = year, tables, content
        self.notes = []
        self.fields["mode"].choices = [("", "nie podaję"), *((str(one.pk), one.label) for one in modes)]
        self.fields["clauses"].choices = [(str(one.pk), str(one)) for one in kinds]

    def clean_subject(self):
        return " ".join(self.cleaned_data["subject"].split())

    def clean_value(self):
        return self._read(amount(self.cleaned_data["value"]))

    def clean_opening(self):
        return self._read(opening(self.cleaned_data["opening"], year=self._year))

    def clean_cpv(self):
        return self._read(cpv_codes(self.cleaned_data["cpv"], self._tables.cpv)) or []

    def _read(self, cleaned):
        if cleaned.problem:
            raise ValidationError(f"{cleaned.problem[0].upper()}{cleaned.problem[1:]}.")
        self.notes += cleaned.notes
        return cleaned.value

    def values(self):
        """Fields of a Content. Clauses that stay keep the data they have."""
        given, former = self.cleaned_data, self._content
        held = {str(one["kind_id"]): one for one in former.clauses} if former else {}
        value, opens = given["value"], given["opening"]
        return {
            "subject": given["subject"],
            "number": given["number"] or (former.number if former else ""),
            "nature": given["nature"],
            "is_social": given["is_social"],
            "mode_id": int(given["mode"]) if given["mode"] else None,
            "value": value.value if value else None,
            "value_words": value.words if value else "",
            "is_approximate": bool(value and value.is_approximate),
            "opens_on": opens.day if opens else None,
            "opens_precision": opens.precision if opens else "",
            "parts": given["parts"],
            "remarks": given["remarks"],
            "cpv": given["cpv"],
            "clauses": [held.get(one, {"kind_id": int(one)}) for one in given["clauses"]],
        }


def _value_as_typed(content):
    """What was written when it says the same here: in a file the heading may have said "w tys. zł"."""
    read = amount(content.value_words).value if content.value_words else None
    if read and (read.value, read.is_approximate) == (content.value, content.is_approximate):
        return content.value_words
    return words.typed_amount(content.value, content.is_approximate)


def _initial(content, tables):
    return {
        "subject": content.subject,
        "nature": content.nature,
        "is_social": content.is_social,
        "mode": str(content.mode_id or ""),
        "value": _value_as_typed(content),
        "opening": opening_words(content.opens_on, content.opens_precision),
        "cpv": ", ".join(tables.cpv.written(code) for code in content.cpv),
        "parts": content.parts,
        "clauses": [str(one["kind_id"]) for one in content.clauses],
        "remarks": content.remarks,
        "number": content.number,
    }
