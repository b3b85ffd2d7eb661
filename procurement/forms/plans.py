"""Forms of a plan as a whole: its head, its file, its publishing."""

import re
import tempfile
from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from procurement.forms.notices import ScheduleForm
from procurement.models.plans import FIRST_YEAR, LAST_YEAR, PLAN_NUMBER
from procurement.plan_sheets.sheets import LIMITS, PlanFile
from registry.spreadsheets import UnreadableFile

EMPTY, COPY, FILE = "pusty", "kopia", "plik"


class HeadForm(forms.Form):
    budget_on = forms.DateField(
        label="Dzień przyjęcia budżetu lub planu finansowego",
        required=False,
        help_text="Od tego dnia biegnie czas na ogłoszenie planu (art. 23 ust. 1 PZP). Przypomnimy o nim.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Podaj datę, na przykład 20.11.2026."},
    )
    bzp_number = forms.CharField(
        label="Numer planu w Biuletynie Zamówień Publicznych",
        required=False,
        max_length=30,
        help_text="Na przykład 2026/BZP 00012345/01/P.",
        validators=[RegexValidator(PLAN_NUMBER, "Numer planu ma postać 2026/BZP 00012345/01/P.", flags=re.ASCII)],
    )
    url = forms.URLField(
        label="Adres planu na stronie zamawiającego",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Podaj adres strony, na przykład https://bip.gmina.pl/plan."},
    )

    def clean_budget_on(self):
        day = self.cleaned_data["budget_on"]
        if day and not FIRST_YEAR - 1 <= day.year <= LAST_YEAR:
            raise ValidationError("Ta data jest za odległa.")
        return day


class NewPlanForm(HeadForm):
    buyer = forms.ChoiceField(
        label="Dla kogo", error_messages={"required": "Wybierz z listy.", "invalid_choice": "Wybierz z listy."}
    )
    year = forms.IntegerField(
        label="Rok",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "required": "Podaj rok planu.",
            "invalid": "Podaj rok planu, na przykład 2027.",
            "min_value": f"Podaj rok od {FIRST_YEAR} do {LAST_YEAR}.",
            "max_value": f"Podaj rok od {FIRST_YEAR} do {LAST_YEAR}.",
        },
    )
    start = forms.ChoiceField(
        label="Jak zacząć",
        choices=[
            (EMPTY, "pusty plan, pozycje wpiszę w formularzu"),
            (FILE, "z pliku CSV, XLSX albo ODS"),
            (COPY, "kopia ogłoszonego planu z poprzedniego roku, terminy o rok później"),
        ],
        initial=FILE,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz, jak zacząć.", "invalid_choice": "Wybierz, jak zacząć."},
    )
    field_order = ["buyer", "year", "start", "budget_on", "bzp_number", "url"]

    def __init__(self, *args, buyers, **kwargs):
        super().__init__(*args, **kwargs)
        self._buyers = {one.key: one for one in buyers}
        self.fields["buyer"].choices = [(one.key, one.label) for one in buyers]

    def clean_buyer(self):
        return self._buyers[self.cleaned_data["buyer"]]


WHOLE, PART = "calosc", "czesc"


class PlanFileForm(forms.Form):
    file = forms.FileField(
        label="Plik z planem",
        help_text="CSV, XLSX albo ODS, do 20 MB. Tytuły nad tabelą i dowolna kolejność kolumn nie przeszkadzają.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods"}),
        error_messages={"required": "Wybierz plik.", "empty": "Plik jest pusty."},
    )
    scope = forms.ChoiceField(
        label="Co jest w pliku",
        choices=[
            (WHOLE, "cały plan: z ogłoszonych pozycji, których w nim nie ma, zamawiający rezygnuje"),
            (PART, "część planu, na przykład poprawione wiersze: reszta pozycji zostaje"),
        ],
        initial=WHOLE,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz, co jest w pliku.", "invalid_choice": "Wybierz, co jest w pliku."},
    )

    def clean_file(self):
        """Looked into before it is kept: what is no table at all is refused here, in one sentence."""
        upload = self.cleaned_data["file"]
        if upload.size > LIMITS.size:
            raise ValidationError(f"Plik może mieć najwyżej {LIMITS.size // 2**20} MB.")
        with tempfile.NamedTemporaryFile(suffix=Path(upload.name).suffix[:8]) as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
            copy.flush()
            try:
                with PlanFile(copy.name):
                    pass
            except UnreadableFile as failure:
                raise ValidationError(str(failure)) from failure
        upload.seek(0)
        return upload


class PublishForm(forms.Form):
    note = forms.CharField(
        label="Co się zmieniło",
        required=False,
        max_length=500,
        help_text="Jedno, dwa zdania dla czytelników planu.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlanScheduleForm(PublishForm, ScheduleForm):
    """Beside a PublishForm, on one page."""

    field_order = ["day", "hour", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="dnia_%s", **kwargs)
