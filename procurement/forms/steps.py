"""The steps of a notice's form. `values` is what could be read: it is saved also when something else could not."""

import re

from django import forms
from django.utils import timezone

from accounts.forms.entrance import OneLine
from procurement.choices import Nature, NoticeKind
from procurement.forms import fields
from procurement.models import Mode
from procurement.models.notices import BK_NUMBER, BZP_NUMBER, PROCEDURE_ID, TED_NUMBER
from procurement.notices import steps


class ReasonForm(forms.Form):
    """Why something that everybody has seen is changed."""

    reason = OneLine(
        label="Dlaczego?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Te słowa zobaczą wykonawcy.",
        error_messages={"required": "Napisz dlaczego."},
    )


class StepForm(forms.Form):
    step = None
    # Whether what could be read of it has been saved although something could not.
    is_saved = False

    @classmethod
    def of(cls, notice, data=None):
        """Bound to `data`, or showing what is saved."""
        return cls(data, initial=cls.initial_of(notice), notice=notice)

    def __init__(self, *args, notice, **kwargs):
        super().__init__(*args, **kwargs)
        self.notice = notice

    @property
    def template_name(self):
        return "components/_draft_form.html" if self.is_saved else super().template_name

    @classmethod
    def initial_of(cls, notice):
        return {name.removesuffix("_id"): getattr(notice, name) for name in steps.COLUMNS[cls.step]}

    @property
    def values(self):
        """{column of Notice: value} of the fields that could be read."""
        columns = {name.removesuffix("_id"): name for name in steps.COLUMNS[self.step]}
        return {columns[name]: value for name, value in self.cleaned_data.items() if name in columns}


class WhatForm(StepForm):
    step = steps.WHAT
    kind = forms.ChoiceField(label="Rodzaj ogłoszenia", choices=NoticeKind.choices)
    subject = OneLine(
        label="Co zamawiasz",
        max_length=1000,
        help_text="Zwykłymi słowami, na przykład: sprzątanie trzech bibliotek.",
        error_messages={"required": "Napisz, co zamawiasz."},
    )
    nature = forms.ChoiceField(
        label="Rodzaj zamówienia", choices=[fields.CHOOSE, *Nature.choices], required=False
    )  # fmt: skip
    is_social = forms.BooleanField(
        label="Usługi społeczne i inne szczególne usługi",
        required=False,
        help_text="Mają własny próg unijny.",
    )
    description = forms.CharField(
        label="Opis",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ile, gdzie, jak często. Wiersze zaczęte od „- ” są listą.",
    )
    signature = OneLine(label="Znak sprawy", max_length=80, required=False)
    url = forms.URLField(
        label="Strona postępowania", max_length=500, required=False, assume_scheme="https",
        error_messages={"invalid": "Podaj pełny adres, na przykład https://platforma.pl/123."},
    )  # fmt: skip


class ValueForm(StepForm):
    step = steps.VALUE
    value = fields.MoneyField(
        label="Wartość szacunkowa netto (zł)", required=False, help_text="Bez VAT, na przykład 180 000,00."
    )
    value_is_public = forms.BooleanField(label="Pokazuj wartość wszystkim", required=False)
    mode = forms.ChoiceField(label="Tryb", required=False)
    price_weight = fields.count_field("Waga ceny (%)", most=100)
    bzp_number = fields.NumberOfNotice(
        label="Numer w BZP",
        pattern=BZP_NUMBER,
        words="Numer w BZP ma postać 2026/BZP 00012345/01.",
        fix=lambda text: text.upper(),
    )
    procedure_id = fields.NumberOfNotice(
        label="Identyfikator postępowania",
        pattern=PROCEDURE_ID,
        words="Identyfikator ma postać ocds-148610- i 36 znaków.",
        fix=lambda text: text.lower().replace(" ", ""),
        help_text="Z ogłoszenia w BZP, na przykład ocds-148610-….",
    )
    ted_number = fields.NumberOfNotice(
        label="Numer w TED",
        pattern=TED_NUMBER,
        words="Numer w TED ma postać 123456-2026.",
        fix=lambda text: text.upper(),
    )
    bk_number = fields.NumberOfNotice(
        label="Numer w Bazie Konkurencyjności",
        pattern=BK_NUMBER,
        words="Numer w Bazie Konkurencyjności ma postać 198765 albo 2026-10234-198765.",
        # An address of the page ends with the number.
        fix=lambda text: re.sub(r"^https?://bazakonkurencyjnosci\S*?/(\d+)/?$", r"\1", text).replace(" ", ""),
        help_text="Na przykład 198765 albo 2026-10234-198765.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # One more time the mode that is chosen already: it may not be in force any more.
        open_now = Mode.objects.on(timezone.localdate()) | Mode.objects.filter(pk=self.notice.mode_id)
        choices = open_now.distinct().order_by("position", "code").values_list("pk", "label")
        self.fields["mode"].choices = [fields.CHOOSE, *((str(pk), label) for pk, label in choices)]

    def clean_mode(self):
        chosen = self.cleaned_data["mode"]
        return int(chosen) if chosen else None


class TimesForm(StepForm):
    step = steps.TIMES
    deadline_day = fields.day_field("Termin składania ofert: dzień")
    deadline_hour = fields.hour_field("Termin składania ofert: godzina", help_text="Bez godziny: do końca dnia.")
    performed_from = fields.day_field("Realizacja od")
    performed_until = fields.day_field("Realizacja do")
    area = fields.AreaField(label="Gmina albo powiat", required=False)
    place = OneLine(
        label="Miejsce realizacji",
        max_length=300,
        required=False,
        help_text="Adres albo opis, na przykład: trzy szkoły.",
    )

    @classmethod
    def initial_of(cls, notice):
        at = timezone.localtime(notice.deadline_at) if notice.deadline_at else None
        return {
            "deadline_day": at and at.date(),
            "deadline_hour": at and at.time(),
            "performed_from": notice.performed_from,
            "performed_until": notice.performed_until,
            "area": notice.municipality_id or notice.county_id or "",
            "place": notice.place,
        }

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("performed_from"), cleaned.get("performed_until")
        if first and last and last < first:
            self.add_error("performed_until", "Realizacja nie może się skończyć przed początkiem.")
        if cleaned.get("deadline_hour") and not cleaned.get("deadline_day") and "deadline_day" not in self.errors:
            self.add_error("deadline_day", "Podaj też dzień.")
        return cleaned

    @property
    def values(self):
        given = self.cleaned_data
        values = super().values
        if not {"performed_from", "performed_until"} <= given.keys():
            # One without the other might contradict what is saved.
            values = {name: value for name, value in values.items() if not name.startswith("performed")}
        if {"deadline_day", "deadline_hour"} <= given.keys():
            values["deadline_at"] = fields.moment(
                given["deadline_day"], given["deadline_hour"], otherwise=fields.END_OF_DAY
            )
        if "area" in given:
            area = given["area"]
            values["municipality_id"] = area if len(area) > 4 else None
            values["county_id"] = area[:4] or None
        return values


class ContactForm(StepForm):
    step = steps.CONTACT
    contact_name = OneLine(
        label="Osoba albo komórka", max_length=120, required=False, help_text="Na przykład: Wydział Zamówień."
    )
    contact_email = forms.EmailField(
        label="E-mail do pytań", max_length=254, required=False,
        error_messages={"invalid": "Podaj adres, na przykład zamowienia@gmina.pl."},
    )  # fmt: skip
    contact_phone = OneLine(
        label="Telefon do pytań", max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )  # fmt: skip


FORMS = {form.step: form for form in (WhatForm, ValueForm, TimesForm, ContactForm)}
