"""Forms of the day and after it. `refuse()` puts the "no" of a use case beside its field."""

from django import forms

from events.day.words import day_label


class Refusable(forms.Form):
    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class LetInForm(Refusable):
    """`is_full`: then somebody has to say why there is to be one place more."""

    reason = forms.CharField(
        label="Dlaczego dodajesz miejsce",
        max_length=300,
        help_text="Wszystkie miejsca są zajęte. Liczba miejsc wzrośnie o jeden, a powód zostanie w historii.",
        error_messages={"required": "Napisz, dlaczego dodajesz miejsce."},
    )

    def __init__(self, *args, is_full, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_full:
            del self.fields["reason"]


class WalkInForm(LetInForm):
    name = forms.CharField(
        label="Imię i nazwisko", max_length=140, error_messages={"required": "Podaj imię i nazwisko."}
    )
    institution = forms.CharField(label="Instytucja", max_length=400, required=False)
    contact = forms.CharField(label="E-mail lub telefon", max_length=254, required=False)

    field_order = ["name", "institution", "contact", "reason"]

    def refuse(self, refusal):
        if refusal.field == "reason" and "reason" not in self.fields:
            # The last place went while the form was being filled in.
            self.fields["reason"] = LetInForm.base_fields["reason"]
        super().refuse(refusal)


class ListForm(Refusable):
    """What is to stand on the attendance list."""

    day = forms.ChoiceField(label="Dzień", required=False)
    big = forms.BooleanField(label="Duże litery", required=False)
    contact = forms.BooleanField(label="Z e-mailem i telefonem", required=False)
    halves = forms.BooleanField(label="Dwa podpisy dziennie: przed przerwą i po przerwie", required=False)
    blank = forms.IntegerField(
        label="Puste wiersze na końcu",
        min_value=0,
        max_value=100,
        initial=5,
        help_text="Dla osób, które przyjdą bez zapisu.",
    )

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [("", "wszystkie dni"), *((day.pk, day_label(day)) for day in days)]
        if len(days) < 2:
            del self.fields["day"]


class ScanForm(Refusable):
    document = forms.FileField(
        label="Skan lub zdjęcie listy",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text="PDF, JPG lub PNG, do 10 MB. Zobaczą go tylko koordynatorzy.",
        error_messages={"required": "Wybierz plik.", "empty": "Plik jest pusty."},
    )
    day = forms.ChoiceField(label="Dzień", required=False)

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [("", "całe wydarzenie"), *((day.pk, day_label(day)) for day in days)]
        if len(days) < 2:
            del self.fields["day"]


class MeetingFileForm(Refusable):
    file = forms.FileField(
        label="Plik CSV ze spotkania",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv"}),
        help_text="Raport obecności z Teams, lista uczestników z Zoom lub Meet, bez zmian. Do 2 MB.",
        error_messages={"required": "Wybierz plik.", "empty": "Plik jest pusty."},
    )
    day = forms.ChoiceField(label="Dzień")
    least = forms.IntegerField(
        label="Obecność od ilu minut",
        min_value=0,
        max_value=1440,
        initial=30,
        help_text="Kto był krócej, nie zostanie zaznaczony, chyba że zaznaczysz go ręcznie.",
    )

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [(day.pk, day_label(day)) for day in days]


class NoteForm(Refusable):
    note = forms.CharField(
        label="Dlaczego", max_length=300, error_messages={"required": "Napisz, dlaczego."}, widget=forms.TextInput
    )
