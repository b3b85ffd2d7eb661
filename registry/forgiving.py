"""Form fields that forgive how people write: spaces, dashes, a missing scheme, one address a line; long choices."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES

from registry.models import County, Municipality, Region
from registry.spreadsheets.repairs import addresses, contacts, identifiers

# Field of a model → the repair of the importer, so that a person may paste what a spreadsheet may hold.
REPAIRS = {
    "nip": identifiers.nip,
    "regon": identifiers.regon,
    "krs": identifiers.krs,
    "ade": identifiers.ade,
    "phone": contacts.phone,
    "email": contacts.email,
    "www": contacts.www,
    "postal_code": addresses.postal_code,
}


class RepairedField(forms.CharField):
    """Text that `repair` (registry.spreadsheets.repairs) puts into its one form; its refusal becomes the error."""

    def __init__(self, *, repair, **kwargs):
        self.repair = repair
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if text in EMPTY_VALUES:
            return text
        cleaned = self.repair(text)
        if cleaned.problem:
            raise ValidationError(f"{cleaned.problem[0].upper()}{cleaned.problem[1:]}.")
        return cleaned.value or ""

    def widget_attrs(self, widget):
        # The length counts after the repair: "PL 897-18-01-234" is longer than ten characters.
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class LinesField(forms.CharField):
    """A list kept as one entry a line."""

    def __init__(self, *, validator=None, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        self.validator = validator
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        lines = [line.strip() for line in super().to_python(value).splitlines() if line.strip()]
        for line in lines if self.validator else ():
            try:
                self.validator(line)
            except ValidationError as error:
                raise ValidationError([f"{line}: {' '.join(error.messages)}"]) from error
        return lines

    def has_changed(self, initial, data):
        try:
            return list(initial or []) != self.to_python(data)
        except ValidationError:
            return True


def area_choices():
    regions = [(region.teryt, f"całe województwo {region.name}") for region in Region.objects.order_by("teryt")]
    counties = [(county.teryt, str(county)) for county in counties_in_order()]
    return [("PL", "cały kraj"), *regions, ("Powiaty", counties), *municipality_choices()]


def counties_in_order():
    return County.objects.only("teryt", "name", "is_city", "sort_key").order_by("sort_key", "teryt")


def municipality_choices():
    """[(name of a county, [(teryt, label)])] in Polish order: the shape of a grouped select."""
    groups = {}
    rows = Municipality.objects.order_by("county__sort_key", "county", "sort_key", "teryt")
    for row in rows.values("teryt", "label", "county__name", "county__is_city"):
        county = row["county__name"] if row["county__is_city"] else f"powiat {row['county__name']}"
        groups.setdefault(county, []).append((row["teryt"], row["label"]))
    return list(groups.items())
