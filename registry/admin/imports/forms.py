"""Forms of an import: the file and where it comes from, and what its columns mean."""

import tempfile
from pathlib import Path

from django import forms
from unfold import widgets

from core.polish import sort_key
from registry.models import DataSource
from registry.spreadsheets import Limits, UnreadableFile, open_sheet
from registry.spreadsheets.headings import IGNORED
from registry.use_cases.imports import mapping, runs
from registry.use_cases.imports.fields import labels

MOST_COLUMNS = 400


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Plik",
        help_text="CSV, XLSX albo ODS. Tytuły nad nagłówkiem i dowolna kolejność kolumn nie przeszkadzają.",
        widget=widgets.UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods"}),
    )
    source = forms.ModelChoiceField(
        label="Źródło danych",
        queryset=DataSource.objects.none(),
        required=False,
        empty_label="nowe źródło…",
        widget=widgets.UnfoldAdminSelectWidget,
        help_text="Znaczenie kolumn jest pamiętane osobno dla każdego źródła.",
    )
    new_source = forms.CharField(
        label="Nazwa nowego źródła", max_length=120, required=False, widget=widgets.UnfoldAdminTextInputWidget
    )
    publish = forms.BooleanField(
        label="Opublikuj przyjęte wiersze", required=False, initial=True, widget=widgets.UnfoldBooleanSwitchWidget
    )
    other_regions = forms.BooleanField(
        label="Przyjmij podmioty spoza województwa", required=False, widget=widgets.UnfoldBooleanSwitchWidget
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = DataSource.objects.order_by("-rank", "name")

    def clean_file(self):
        """Looked into before it is kept: what cannot be a register is refused here, in one sentence."""
        upload = self.cleaned_data["file"]
        if upload.size > Limits().size:
            raise forms.ValidationError(f"Plik może mieć najwyżej {Limits().size // 2**20} MB.")
        with tempfile.NamedTemporaryFile(suffix=Path(upload.name).suffix[:8]) as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
            copy.flush()
            try:
                with open_sheet(copy.name):
                    pass
            except UnreadableFile as failure:
                raise forms.ValidationError(str(failure)) from failure
        upload.seek(0)
        return upload

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("source") and not cleaned.get("new_source"):
            self.add_error("new_source", "Wybierz źródło z listy albo wpisz nazwę nowego.")
        return cleaned

    def receive(self, *, actor):
        """Keep the file; returns the ImportRun."""
        cleaned = self.cleaned_data
        source = cleaned["source"] or runs.source_named(cleaned["new_source"])
        upload = cleaned["file"]
        return runs.receive(
            file=upload.file,
            name=upload.name,
            source=source,
            publish=cleaned["publish"],
            other_regions=cleaned["other_regions"],
            actor=actor,
        )


class ColumnsForm(forms.Form):
    """One select a column; the chosen meanings are remembered for the source."""

    def __init__(self, *args, run, **kwargs):
        super().__init__(*args, **kwargs)
        self.run = run
        choices = field_choices()
        for column in run.mapping[:MOST_COLUMNS]:
            self.fields[f"column-{column['index']}"] = forms.ChoiceField(
                label=column["heading"] or f"kolumna {column['index'] + 1} bez nagłówka",
                choices=choices,
                required=False,
                initial=_chosen(column),
                help_text=_how(column),
                widget=widgets.UnfoldAdminSelectWidget,
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not NAMES & set(cleaned.values()):
            raise forms.ValidationError("Wskaż kolumnę z nazwą podmiotu; bez niej nie da się wczytać pliku.")
        return cleaned

    def columns(self):
        """{heading: field, or "" for "do not load"} of columns whose meaning a person has looked at."""
        chosen = {}
        for column in self.run.mapping[:MOST_COLUMNS]:
            field = self.cleaned_data[f"column-{column['index']}"]
            if column["heading"]:
                chosen[column["heading"]] = "" if field == IGNORED else field
        return chosen


# Fields of a sheet that hold the name of the organisation.
NAMES = {"name", "name_and_address", "town_and_name"}
OWN_LABELS = {
    "name_and_address": "nazwa i adres razem",
    "town_and_name": "miejscowość i nazwa razem",
    "postal_code_and_town": "kod pocztowy i miejscowość razem",
    "contact": "kontakt: telefon, e-mail i strona razem",
    "running_number": "liczba porządkowa",
    "contact_person": "osoba do kontaktu",
    "founded_on": "data założenia",
    "ps_status": "czy ma status PS",
    "ps_decision_number": "numer decyzji o statusie PS",
    "ps_granted_on": "status PS od",
    "ps_lost_on": "status PS utracono",
    "ct9": "dawny status PS (wytyczne CT9)",
    "mark_info": "informacja o znaku Zakup Prospołeczny",
    "area": "obszar działania",
    "source_url": "adres strony źródła",
    "page_date": "stan źródła na dzień",
    "notes": "uwagi",
}


def field_choices():
    known = labels() | OWN_LABELS
    named = [(name, known.get(name, name)) for name in mapping.choices() if name != IGNORED]
    return [("", "nie wczytuj tej kolumny"), *sorted(named, key=lambda choice: sort_key(choice[1]))]


def _chosen(column):
    field = column["field"] or column.get("proposal")
    return "" if field in (None, IGNORED) else field


def _how(column):
    if column["field"] is None:
        return "nierozpoznana; podpowiedź z zawartości" if column.get("proposal") else "nierozpoznana"
    if column.get("remembered"):
        return "zapamiętana dla tego źródła"
    return "odgadnięta, sprawdź" if column.get("guessed") else ""
