"""What is counted, from the address; and why data are handed on."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from events.choices import Category
from events.coordination.hours import YEARS
from events.day.counts import GROUPS
from events.forms.attendance import Refusable
from events.models import Edition
from registry.models import County


class CountForm(forms.Form):
    """`given()` is what events.day.counts takes."""

    edition = forms.ModelChoiceField(
        Edition.objects.order_by("-starts_on", "pk"), to_field_name="slug", label="Edycja", required=False,
        empty_label="wszystkie wydarzenia",
    )  # fmt: skip
    to = forms.DateField(label="Do dnia", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    powiat = forms.ModelChoiceField(
        County.objects.order_by("name"), to_field_name="teryt", label="Powiat", required=False, empty_label="wszystkie"
    )
    kategoria = forms.ChoiceField(
        label="Kategoria instytucji", required=False, choices=[("", "wszystkie"), *Category.choices]
    )
    wedlug = forms.ChoiceField(label="Według", required=False, choices=list(GROUPS.items()))

    field_order = ["edition", "from", "to", "powiat", "kategoria", "wedlug"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A word of Python, which cannot stand there as a name.
        self.fields["from"] = forms.DateField(
            label="Od dnia", required=False, widget=forms.DateInput(attrs={"type": "date"})
        )
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = super().clean()
        for name in ("from", "to"):
            if cleaned.get(name) and cleaned[name].year not in YEARS:
                self.add_error(name, f"Rok musi być między {YEARS[0]} a {YEARS[-1]}.")
        if cleaned.get("from") and cleaned.get("to") and cleaned["to"] < cleaned["from"]:
            self.add_error("to", "Ten dzień jest przed początkiem okresu.")
        return cleaned

    def given(self):
        cleaned = self.cleaned_data
        return {
            "edition_id": cleaned["edition"] and cleaned["edition"].pk,
            "start": _midnight(cleaned["from"]),
            "end": _midnight(cleaned["to"] and cleaned["to"] + timedelta(days=1)),
            "county": cleaned["powiat"] and cleaned["powiat"].pk,
            "category": cleaned["kategoria"] or None,
        }


class ReasonForm(Refusable):
    reason = forms.CharField(
        label="Po co pobierasz te dane",
        max_length=200,
        help_text="Na przykład: wniosek o płatność nr 4. Powód i Twoje nazwisko zostaną w dzienniku.",
        error_messages={"required": "Napisz, po co pobierasz dane."},
    )


def _midnight(day):
    return day and timezone.make_aware(datetime.combine(day, time()))
