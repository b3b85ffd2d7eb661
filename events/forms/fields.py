"""Fields that the forms of enrolment share."""

from django import forms

from events.enrolment.faults import OUTSIDE
from registry.admin.fields import REPAIRS, RepairedField, municipality_choices

CHOOSE = ("", "wybierz z listy")


class RolesField(forms.ChoiceField):
    """One of the choices of a model, beginning with none."""

    def __init__(self, choices, **kwargs):
        super().__init__(choices=[CHOOSE, *choices.choices], **kwargs)


def repaired(name, label, *, required=False, max_length=254, **kwargs):
    """Text in whatever writing, brought into its one form: "nip", "regon", "krs", "phone", "email", "www",
    "postal_code"."""
    modes = {"nip": "numeric", "regon": "numeric", "krs": "numeric", "phone": "tel", "email": "email", "www": "url"}
    autocomplete = {"phone": "tel", "email": "email", "postal_code": "postal-code"}
    attrs = {"inputmode": modes[name]} if name in modes else {}
    attrs["autocomplete"] = autocomplete.get(name, "off")
    kwargs.setdefault("help_text", "")
    return RepairedField(
        repair=REPAIRS[name],
        label=label,
        required=required,
        max_length=max_length,
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


class MunicipalityField(forms.ChoiceField):
    """TERYT code of a municipality of the region, or OUTSIDE for an address elsewhere. Choices are read when drawn."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Gmina")
        super().__init__(
            choices=lambda: [CHOOSE, (OUTSIDE, "spoza województwa"), *municipality_choices()],
            help_text="Powiat wynika z gminy.",
            **kwargs,
        )


class VersionBox(forms.CheckboxInput):
    def __init__(self, version):
        self.version = str(version)
        super().__init__(check_test=lambda value: value == self.version)

    def format_value(self, value):
        return self.version

    def value_from_datadict(self, data, files, name):
        return data.get(name, "")


class VersionField(forms.BooleanField):
    """A box to tick under one version of a text. Of a page that had shown another version the tick does not count."""

    def __init__(self, *, version, **kwargs):
        super().__init__(widget=VersionBox(version), **kwargs)

    def to_python(self, value):
        if value and value != self.widget.version:
            raise forms.ValidationError("Ten tekst właśnie się zmienił. Przeczytaj nową wersję i zaznacz jeszcze raz.")
        return bool(value)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads in the order in which they were chosen."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not uploads and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        for upload in uploads:
            # What each of them is, is told later, by name; a virus is told here.
            self.run_validators(upload)
        return uploads
