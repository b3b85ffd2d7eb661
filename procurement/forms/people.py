import re

from django import forms

from accounts.forms.requests import RequestForm
from registry.validators import validate_nip


class OfficeForm(RequestForm):
    nip = forms.CharField(
        label="NIP zamawiającego",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Podaj NIP zamawiającego."},
    )
    name = forms.CharField(
        label="Nazwa zamawiającego",
        max_length=400,
        required=False,
        help_text="Potrzebna tylko wtedy, gdy tego zamawiającego nie ma jeszcze w rejestrze.",
    )
    unit_name = forms.CharField(
        label="Jednostka",
        max_length=300,
        required=False,
        help_text="Podaj, jeśli działasz tylko w imieniu jednej jednostki, na przykład szkoły albo zarządu dróg.",
    )
    field_order = ["nip", "name", "unit_name", "reason", "document"]

    def clean_nip(self):
        nip = re.sub(r"[\s-]", "", self.cleaned_data["nip"]).upper().removeprefix("PL")
        validate_nip(nip)
        return nip
