"""Form fields of the admin, drawn by its library."""

from django import forms
from django.core.validators import URLValidator
from unfold import widgets

from registry.forgiving import (
    REPAIRS,
    LinesField,
    RepairedField,
    area_choices,
    counties_in_order,
    municipality_choices,
)

__all__ = ["REPAIRS", "LinesField", "RepairedField", "counties_in_order", "municipality_choices"]


def social_media():
    return LinesField(
        label="Media społecznościowe",
        required=False,
        validator=URLValidator(schemes=["http", "https"]),
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Jeden adres w wierszu, od https://.",
    )


def serves(*, help_text):
    """A choice of TERYT areas: the whole country, the region, its counties and municipalities."""
    return forms.MultipleChoiceField(
        label="Obszar działania",
        required=False,
        choices=area_choices,
        widget=widgets.UnfoldAdminSelect2MultipleWidget,
        help_text=help_text,
    )
