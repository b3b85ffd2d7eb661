from django import forms

from registry.choices import CallOutcome
from registry.confirming.board import NOTHING
from registry.confirming.call_list import Reason


class ChangesForm(forms.Form):
    """ "Coś się zmieniło": the card's own facts as they stand, to be put right, and free words."""

    phone = forms.CharField(label="Telefon", required=False, max_length=60)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        error_messages={"invalid": "Podaj adres, na przykład biuro@przyklad.pl."},
    )
    www = forms.URLField(
        label="Strona www",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Podaj adres strony, na przykład https://przyklad.pl."},
    )
    opening_hours = forms.CharField(label="Godziny", required=False, max_length=200)
    words = forms.CharField(
        label="Co jeszcze się zmieniło?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Na przykład: przeprowadziliśmy się, nie prowadzimy już cateringu.",
    )

    FACTS = ("phone", "email", "www", "opening_hours")

    def __init__(self, data=None, *, card):
        party, organisation = card.party, card.organisation
        initial = {name: getattr(party, name) for name in ("phone", "email", "www")}
        super().__init__(data, initial=initial | {"opening_hours": organisation.opening_hours})

    @property
    def changes(self):
        """[(label, new value)] of the facts that were typed anew; one that was emptied is said to be gone."""
        given = [
            (self.fields[name].label, self.cleaned_data[name]) for name in self.FACTS if name in self.changed_data
        ]
        return [(label, value or "już nieaktualne") for label, value in given]


class ClosingForm(forms.Form):
    words = forms.CharField(
        label="Od kiedy, i czy ktoś przejął działalność?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CallForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Jak skończyła się rozmowa?",
        choices=CallOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz, jak skończyła się rozmowa."},
    )
    words = forms.CharField(
        label="Notatka",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bez danych osobowych. Widzą ją koordynatorzy.",
    )


class CallFilterForm(forms.Form):
    """A value that nobody offers finds nothing and is told: it never means "everything"."""

    powiat = forms.ChoiceField(label="Powiat", required=False)
    rodzaj = forms.ChoiceField(label="Rodzaj", required=False)
    opiekun = forms.ChoiceField(label="OWES opiekun", required=False)
    powod = forms.ChoiceField(label="Dlaczego", required=False, choices=[("", "każdy powód"), *Reason.choices])

    def __init__(self, data, *, counties, kinds, centres):
        super().__init__(data)
        self.fields["powiat"].choices = [("", "wszystkie"), *counties, (NOTHING, "nie podano")]
        self.fields["rodzaj"].choices = [("", "wszystkie"), *kinds]
        self.fields["opiekun"].choices = [("", "wszyscy"), *((one, one) for one in centres), (NOTHING, "nie podano")]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Wybierz z listy."
