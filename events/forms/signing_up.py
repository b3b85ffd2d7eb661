"""What a person types to come to an event."""

from django import forms

from core import links
from events.choices import Attendance

ONLINE = [("0", "na miejscu"), ("1", "on-line")]
WHO = {
    "first_name": {"required": "Podaj imię."},
    "last_name": {"required": "Podaj nazwisko."},
    "email": {"required": "Podaj adres e-mail: przyjdzie na niego potwierdzenie."},
}


class WishesForm(forms.Form):
    """How somebody comes and what they need there: only what the event asks for."""

    joins_online = forms.ChoiceField(
        label="Jak weźmiesz udział?",
        choices=ONLINE,
        initial="0",
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz: na miejscu albo on-line."},
    )
    needs = forms.CharField(
        label="Szczególne potrzeby",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Na przykład: tłumacz języka migowego, pętla indukcyjna, miejsce na wózek.",
    )
    diet = forms.CharField(
        label="Dieta", required=False, max_length=200, help_text="Na przykład: wegetariańska, bez glutenu."
    )

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        asked = {
            "joins_online": event.attendance == Attendance.BOTH,
            "needs": event.asks_needs,
            "diet": event.asks_diet,
        }
        for name, is_asked in asked.items():
            if name in self.fields and not is_asked:
                del self.fields[name]

    def wishes(self, event):
        """As a Person has them; what was not asked keeps out."""
        found = {name: self.cleaned_data[name] for name in ("needs", "diet") if name in self.fields}
        online = self.cleaned_data.get("joins_online") == "1"
        return found | {"joins_online": online or event.attendance == Attendance.ONLINE}


class OnlineForm(WishesForm):
    """What an institution says for its people: needs and diet are the person's own matter."""

    needs = diet = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "joins_online" in self.fields:
            self.fields["joins_online"].label = "Udział"


class OpenForm(WishesForm):
    """An open event: three fields. `klucz` tells two presses of one form from two forms."""

    first_name = forms.CharField(
        label="Imię",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages=WHO["first_name"],
    )
    last_name = forms.CharField(
        label="Nazwisko",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages=WHO["last_name"],
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=WHO["email"],
    )
    institution_name = forms.CharField(
        label="Instytucja lub firma",
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    klucz = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    field_order = ["first_name", "last_name", "email", "institution_name", "joins_online", "needs", "diet"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"klucz": links.new_key()}, **kwargs)


class AddressForm(forms.Form):
    """Somebody known in the edition gives an address alone."""

    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Podaj adres e-mail, który ma Twoja instytucja."},
    )
