"""One form for a card and the party it stands for: fields of the party carry the prefix `party_`."""

from django import forms
from django.core.exceptions import ValidationError
from unfold import widgets

from core.polish import sort_key
from registry.admin import fields
from registry.admin.meanwhile import OpenedForm
from registry.choices import TargetGroup
from registry.models import OrganisationKind, Unit
from registry.use_cases.imports import fields as fields_of_imports

PREFIX = "party_"


class CardForm(OpenedForm):
    """Subclasses made by `card_form` know `party_form_class`; the party is saved by `save_party`."""

    party_form_class = None
    what = "tę kartę"
    serves = fields.serves(help_text="Gminy, powiaty, województwo albo cały kraj.")
    social_media = fields.social_media()
    target_groups = forms.MultipleChoiceField(
        label="Grupy reintegrowane",
        required=False,
        choices=TargetGroup.choices,
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget,
    )

    existing_party = None

    verified_names = forms.MultipleChoiceField(
        label="Pola potwierdzone przez człowieka",
        required=False,
        choices=lambda: verified_choices(),  # defined below
        widget=widgets.UnfoldAdminSelect2MultipleWidget,
        help_text="Import ze słabszego źródła ich nie nadpisze. Pola zmienione w tym formularzu dopisują się same.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["verified_names"] = list(self.instance.verified_fields)
        party = self.instance.party if self.instance.pk else self.existing_party
        self.party_form = self.party_form_class(self.data if self.is_bound else None, instance=party)
        for name, value in self.party_form.initial.items():
            self.initial.setdefault(PREFIX + name, value)
        if "kind" in self.fields:
            is_unit = self.party_form_class.Meta.model is Unit
            self.fields["kind"].queryset = OrganisationKind.objects.filter(is_unit=is_unit).order_by("position")

    def rows(self):
        return [self.instance, self.instance.party] if self.instance.pk else []

    def _post_clean(self):
        super()._post_clean()
        for name, errors in self.party_form.errors.as_data().items():
            place = None if name == "__all__" else PREFIX + name
            if place is None or place in self.fields:
                self._replace_errors(place, errors)

    def _replace_errors(self, place, errors):
        # The same field was already weighed as a field of this form; its words are not said twice.
        if place is not None:
            self._errors.pop(place, None)
        self.add_error(place, errors)

    def clean_contact_consent_on(self):
        consent = self.cleaned_data.get("contact_consent_on")
        if self.cleaned_data.get("contact_person") and not consent:
            raise ValidationError("Imię i nazwisko można podać tylko z datą zgody tej osoby.")
        return consent

    def clean(self):
        cleaned = super().clean()
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is not None and not -90 <= latitude <= 90:
            self.add_error("latitude", "Szerokość geograficzna: od -90 do 90.")
        if longitude is not None and not -180 <= longitude <= 180:
            self.add_error("longitude", "Długość geograficzna: od -180 do 180.")
        if (latitude is None) != (longitude is None) and not {"latitude", "longitude"} & self.errors.keys():
            self.add_error("longitude" if longitude is None else "latitude", "Podaj obie współrzędne albo żadnej.")
        return cleaned

    def note_verified(self, *, today):
        """Write down which fields a person vouches for: those ticked, and those changed here and now."""
        is_unit = self.party_form_class.Meta.model is Unit
        changed = {name.removeprefix(PREFIX) for name in self.changed_data}
        if is_unit and "regon" in changed:
            changed = changed - {"regon"} | {"unit_regon"}
        known = {name for name, _ in verified_choices()}
        kept = {name: self.instance.verified_fields.get(name, today.isoformat()) for name in self.vouched_for()}
        self.instance.verified_fields = kept | dict.fromkeys(sorted(changed & known), today.isoformat())

    def vouched_for(self):
        return self.cleaned_data.get("verified_names", self.instance.verified_fields)

    @property
    def changed_data(self):
        """With the party's fields by their names here, for the note of what was changed."""
        own = [name for name in super().changed_data if not name.startswith(PREFIX)]
        return own + [PREFIX + name for name in self.party_form.changed_data]


def verified_choices():
    """[(name, label)] of the values that an import compares one by one."""
    compared = fields_of_imports.INSTITUTION | fields_of_imports.UNIT | fields_of_imports.CARD
    named = fields_of_imports.labels()
    return sorted(((name, named[name]) for name in compared), key=lambda choice: sort_key(choice[1]))


def card_form(party_form_class):
    """The CardForm of a party form whose html names already carry the prefix."""
    declared = {PREFIX + name: field for name, field in party_form_class.base_fields.items()}
    return type("CardForm", (CardForm,), {**declared, "party_form_class": with_prefix(party_form_class)})


def with_prefix(form_class):
    def add_prefix(self, name):
        return PREFIX + name

    return type(form_class.__name__, (form_class,), {"add_prefix": add_prefix, "Meta": form_class.Meta})
