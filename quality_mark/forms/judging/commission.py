"""Terms, members and sittings of the commission, and what is said at them."""

from django import forms

from accounts.forms.entrance import OneLine
from quality_mark.forms.judging.fields import DayField, words
from quality_mark.voting import Choice


class TermForm(forms.Form):
    name = OneLine(label="Nazwa kadencji", max_length=120, error_messages={"required": "Podaj nazwę."})
    starts_on = DayField(label="Od dnia")
    ends_on = DayField(label="Do dnia (włącznie)", required=False)

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Kadencja nie może się skończyć przed swoim początkiem.")
        return cleaned


class MemberForm(forms.Form):
    person = forms.TypedChoiceField(
        label="Osoba", coerce=int, error_messages={"required": "Wybierz osobę.", "invalid_choice": "Wybierz z listy."}
    )
    as_what = forms.ChoiceField(
        label="Jako",
        choices=[("czlonek", "członek"), ("przewodniczacy", "przewodniczący"), ("zastepca", "zastępca")],
        error_messages={"required": "Wybierz.", "invalid_choice": "Wybierz z listy."},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "wybierz"), *((one.pk, one.get_full_name()) for one in people)]


class SittingForm(forms.Form):
    day = DayField(label="Dzień")
    time = forms.TimeField(
        label="Godzina",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Podaj godzinę.", "invalid": "Podaj godzinę, na przykład 10:00."},
    )
    place = OneLine(label="Miejsce", max_length=200, required=False)
    link = forms.URLField(
        label="Odsyłacz do spotkania",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Podaj adres, który zaczyna się od https://."},
    )
    is_remote = forms.BooleanField(label="Głosowanie zdalne, w portalu, przez czas z zasad", required=False)


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label="Twój głos",
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz, jak głosujesz.", "invalid_choice": "Wybierz jedną z trzech odpowiedzi."},
    )


class RecusalForm(forms.Form):
    reason = words("Dlaczego się wyłączasz", "Podaj powód.", rows=2, longest=500)
