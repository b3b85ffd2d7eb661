"""What an officer fills in beside the steps: a beginning, a clause, a document, a day, a result, a report."""

from datetime import time

from django import forms

from accounts.forms.entrance import OneLine
from procurement.choices import Kept, Outcome
from procurement.forms import fields
from procurement.models import ClauseGroup
from procurement.notices import files
from registry.admin.fields import REPAIRS, RepairedField

UNKNOWN = ("", "nie wiadomo")
YES_NO = [UNKNOWN, ("tak", "tak"), ("nie", "nie")]


class StartForm(forms.Form):
    """For whom the new notice is, and what it is about. `buyers` [(value, label)]."""

    buyer = forms.ChoiceField(label="W czyim imieniu", error_messages={"invalid_choice": "Wybierz z listy."})
    subject = OneLine(
        label="Co zamawiasz",
        max_length=1000,
        help_text="Zwykłymi słowami, na przykład: sprzątanie trzech bibliotek. Resztę wpiszesz w następnych krokach.",
        error_messages={"required": "Napisz, co zamawiasz."},
    )

    def __init__(self, *args, buyers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["buyer"].choices = buyers


class ClauseForm(forms.Form):
    """The data that one kind of clause asks for; nothing of it has to be there to be saved."""

    groups = forms.MultipleChoiceField(label="Grupy osób", required=False, widget=forms.CheckboxSelectMultiple)
    people = fields.count_field("Liczba osób")
    months = fields.count_field("Okres zatrudnienia (miesiące)", most=600)
    percent = forms.DecimalField(
        label="Udział tych osób w zatrudnieniu (%)", required=False, min_value=0, max_value=100, decimal_places=2,
        max_digits=5, localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": "Wpisz liczbę od 0 do 100.",
            "min_value": "Wpisz liczbę od 0 do 100.",
            "max_value": "Wpisz liczbę od 0 do 100.",
        },
    )  # fmt: skip
    weight = fields.count_field("Waga kryterium (%)", most=100)
    activities = forms.CharField(
        label="Czynności", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    label = OneLine(label="Etykieta lub norma", max_length=300, required=False)
    control = forms.CharField(
        label="Jak zamawiający to sprawdzi", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = OneLine(label="Uwagi", max_length=500, required=False)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*kind.needs, "control", "note"}:
            del self.fields[name]
        if "groups" in self.fields:
            self.fields["groups"].choices = _groups(kind, self.initial.get("groups", ()))

    @property
    def values(self):
        return dict(self.cleaned_data)


def _groups(kind, saved):
    rows = ClauseGroup.objects.filter(code__in=[*kind.groups, *saved]).order_by("position", "valid_from")
    return list(dict(rows.values_list("code", "label")).items())


class DocumentForm(forms.Form):
    title = OneLine(
        label="Nazwa", max_length=200, required=False, help_text="Na przykład: specyfikacja warunków zamówienia."
    )
    file = forms.FileField(label="Plik", required=False, max_length=255, help_text=files.HINT)
    url = forms.URLField(
        label="Albo adres, pod którym leży", max_length=500, required=False, assume_scheme="https",
        error_messages={"invalid": "Podaj pełny adres, na przykład https://bip.gmina.pl/swz.pdf."},
    )  # fmt: skip


class ScheduleForm(forms.Form):
    day = fields.day_field("Dzień", required=True)
    hour = fields.hour_field("Godzina", help_text="Bez godziny: o 8.00.")

    @property
    def publish_at(self):
        return fields.moment(self.cleaned_data["day"], self.cleaned_data["hour"], otherwise=time(8))


class AwardForm(forms.Form):
    template_name = "procurement/notices/_result_form.html"
    # Institutions of the register to choose from; None as long as nobody has looked for one.
    candidates = None

    outcome = forms.ChoiceField(label="Wynik", choices=Outcome.choices, widget=forms.RadioSelect)
    decided_on = fields.day_field("Dzień rozstrzygnięcia", required=True)
    supplier_nip = RepairedField(
        repair=REPAIRS["nip"], label="NIP wykonawcy", required=False, max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    supplier_name = OneLine(
        label="Nazwa wykonawcy",
        max_length=400,
        required=False,
        help_text="Wpisz NIP albo kilka słów nazwy i wybierz „Szukaj w rejestrze”.",
    )
    said_pes = forms.ChoiceField(
        label="Czy to podmiot ekonomii społecznej?",
        choices=YES_NO,
        required=False,
        help_text="Liczy się tylko wtedy, gdy rejestr tego nie wie.",
    )
    value = fields.MoneyField(label="Wartość umowy netto (zł)", required=False)
    offers = fields.count_field("Liczba złożonych ofert", most=10_000)
    people_planned = fields.count_field("Osób do zatrudnienia", help_text="Tyle, ile wynika z klauzul lub oferty.")
    contract_on = fields.day_field("Umowa z dnia")
    contract_until = fields.day_field("Umowa do dnia")
    reason = OneLine(label="Powód unieważnienia", max_length=500, required=False, help_text="Tylko gdy unieważniono.")
    note = OneLine(label="Dlaczego zmieniasz wynik?", max_length=500, help_text="Te słowa zobaczą wykonawcy.")

    def __init__(self, *args, is_correction, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["note"]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("contract_on"), cleaned.get("contract_until")
        if first and last and last < first:
            self.add_error("contract_until", "Umowa nie może się skończyć przed swoim początkiem.")
        return cleaned

    @property
    def given(self):
        """What use_cases.notices.results.settle() takes."""
        return self.cleaned_data | {"said_pes": {"tak": True, "nie": False}.get(self.cleaned_data["said_pes"])}


class PerformanceForm(forms.Form):
    reported_on = fields.day_field("Stan na dzień", required=True)
    people_employed = fields.count_field("Zatrudnionych osób", help_text="Puste znaczy: nie wiadomo. Zero to zero.")
    months = fields.count_field("Miesięcy zatrudnienia", most=600)
    kept = forms.ChoiceField(
        label="Czy dotrzymano tego, co obiecano?", choices=[UNKNOWN, *Kept.choices], required=False
    )
    note = forms.CharField(label="Uwagi", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_final = forms.BooleanField(label="To sprawozdanie końcowe", required=False)
