"""One field of a form for each column that can be edited."""

from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.utils import timezone

from registry.choices import Subject, TargetGroup
from registry.forgiving import REPAIRS, LinesField, RepairedField
from registry.proposals.parts import model_of

LONGEST_TEXT, MOST_CODES = 20_000, 20
FIRST_YEARS = {"founded_year": 1800, "year": 1990}
ROWS_OF_TEXT = {"description": 8, "mission": 5, "accessibility": 4}
LABELS = {
    "name": "Nazwa",
    "social_media": "Media społecznościowe",
    "target_groups": "Kto znajduje tu pracę i wsparcie",
    "serves": "Obszar działania",
    "cpv": "Kody CPV",
    "kind": "Rodzaj",
    "municipality": "Gmina",
    "legal_form": "Forma prawna",
    "category": "Kategoria",
    "client": "Zamawiający",
}
HELP = {
    "phone": "Na przykład 71 000 00 00 albo +48 71 000 00 00.",
    "contact_person": "Imię i nazwisko osoby, która zgodziła się na ich publikację.",
    "contact_consent_on": "Dzień, w którym ta osoba zgodziła się na publikację.",
    "opening_hours": "Na przykład: pn.–pt. 8.00–16.00.",
    "www": "Adres, który zaczyna się od https://.",
    "capacity": "Na przykład: do 300 posiłków dziennie, zamówienie 2 dni wcześniej.",
    "ended_on": "Tylko gdy jednostka zakończyła działalność.",
    "value_amount": "Nieobowiązkowe; na przykład 12 500,00.",
}
NO_NAME = "Podaj nazwę."


class AmountField(forms.DecimalField):
    """PLN as people write it: "1 234,50", "1234.50 zł"."""

    def to_python(self, value):
        text = "".join(str(value or "").lower().removesuffix("zł").split())
        return super().to_python(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)


class CodesField(LinesField):
    """CPV codes, one a line, with the control digit or without; words behind a code are left out."""

    def __init__(self, *, known, **kwargs):
        super().__init__(**kwargs)
        self._known = known

    def to_python(self, value):
        typed = [line.split()[0].split("-")[0] for line in super().to_python(value)]
        if len(typed) > MOST_CODES:
            raise ValidationError(f"Podaj najwyżej {MOST_CODES} kodów CPV.")
        if typed and (wrong := [code for code in typed if code not in self._known()]):
            raise ValidationError(f"Nie ma takiego kodu CPV: {', '.join(code[:20] for code in wrong[:5])}.")
        return sorted(set(typed))


def form_field(subject, name, desk, value):
    """The field for a column; `value` is its plain value in the register, `desk` a registry.proposals.desk.Desk."""
    if maker := OWN.get(name):
        field = maker(desk, value)
    else:
        column = model_of(subject, desk.organisation)._meta.get_field(name)
        field = column.formfield(**_kind_of(column))
    field.label = field_label(subject, name, desk.organisation)
    field.help_text = HELP.get(name, field.help_text)
    if name in ("client", "subject", "year", "alt", "name") and subject != Subject.WORKPLACE:
        field.required = True
    if name == "name" and field.required:
        field.error_messages["required"] = NO_NAME
    if name in ROWS_OF_TEXT:
        field.widget.attrs["rows"] = ROWS_OF_TEXT[name]
    if isinstance(field, forms.CharField) and field.max_length is None:
        field.max_length = LONGEST_TEXT
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
    return field


def _kind_of(column):
    if repair := REPAIRS.get(column.name):
        return {"form_class": partial(RepairedField, repair=repair)}
    if isinstance(column, models.URLField):
        return {"assume_scheme": "https"}
    if isinstance(column, models.DecimalField):
        return {"form_class": AmountField, "min_value": 0, "widget": forms.TextInput(attrs={"inputmode": "decimal"})}
    if isinstance(column, models.DateField):
        return {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
    if isinstance(column, models.PositiveSmallIntegerField):
        return {"max_value": timezone.localdate().year, "min_value": FIRST_YEARS[column.name]}
    return {}


def _social_media(desk, value):
    return LinesField(
        required=False,
        validator=URLValidator(schemes=["http", "https"]),
        max_length=2000,
        help_text="Jeden adres w wierszu, od https://.",
    )


def _target_groups(desk, value):
    return forms.MultipleChoiceField(
        required=False,
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
    )


def _serves(desk, value):
    held = set(value or ())
    choices = [one for one in desk.areas if one[0] in held or desk.is_near(one[0])]
    known = {code for code, _ in choices}
    choices += [(code, code) for code in sorted(held - known)]
    return forms.MultipleChoiceField(required=False, choices=choices, widget=forms.CheckboxSelectMultiple)


def _choice(rows, required=False, empty="Wybierz"):
    return forms.ChoiceField(required=required, choices=[("", empty), *rows])


def _municipality(desk, value):
    return _choice(desk.municipalities)


def _legal_form(desk, value):
    return _choice(desk.legal_forms)


def _category(desk, value):
    field = _choice(desk.categories, empty="Nie wiem")
    field.help_text = "Gdy jej nie wybierzesz, zaproponuje ją program z nazwy oferty."
    return field


def _cpv(desk, value):
    example = "Jeden kod w wierszu, na przykład 90910000-9. Gdy nie podasz żadnego, zaproponuje go program."
    return CodesField(required=False, max_length=2000, help_text=example, known=lambda: desk.cpv)


def _kind(desk, value):
    return _choice(desk.kinds_of_units, required=True)


OWN = {
    "social_media": _social_media,
    "target_groups": _target_groups,
    "serves": _serves,
    "municipality": _municipality,
    "legal_form": _legal_form,
    "category": _category,
    "cpv": _cpv,
    "kind": _kind,
}


def field_label(subject, name, organisation):
    """What a field is called on its form, without making the form."""
    if name in LABELS:
        return LABELS[name]
    label = str(model_of(subject, organisation)._meta.get_field(name).verbose_name)
    return f"{label[0].upper()}{label[1:]}"
