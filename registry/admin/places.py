"""Addresses in forms: a municipality brings its county with it."""

from django import forms


class PlaceForm(forms.ModelForm):
    """Any model with an address. Where the form has no field for the county, it is taken from the municipality."""

    def clean(self):
        cleaned = super().clean()
        municipality, county = cleaned.get("municipality"), cleaned.get("county")
        if municipality and "county" not in self.fields:
            self.instance.county = municipality.county
        elif municipality and not county and "county" not in self.errors:
            cleaned["county"] = municipality.county
        elif municipality and county and municipality.county_id != county.pk:
            self.add_error("municipality", f"Gmina {municipality} leży w innym powiecie: {municipality.county}.")
        return cleaned
