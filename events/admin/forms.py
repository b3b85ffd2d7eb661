"""Forms of the admin of events: what models alone do not know."""

from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.text import slugify
from unfold import widgets
from unfold.forms import PaginationInlineFormSet

from core.exceptions import Refused
from core.polish import fold
from events.admin.moments import styled
from events.choices import Attendance, Category, DelegateRole, EventState, PersonField
from events.coordination import hours
from events.coordination.uploads import logo_suffix, material_type, refuse_no_photo
from events.day.words import day_label
from events.forms.days import DayFields
from registry.admin.fields import LinesField
from registry.admin.places import PlaceForm
from registry.spreadsheets.repairs import contacts

_HOURS = {"day", "start", "end", "last_day", "is_all_day"}
_SEVERAL = widgets.UnfoldAdminCheckboxSelectMultipleWidget


def several(label, choices, help_text=""):
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=_SEVERAL, help_text=help_text
    )


class ContactForm(forms.ModelForm):
    def clean_contact_phone(self):
        cleaned = contacts.phone(self.cleaned_data["contact_phone"])
        if cleaned.problem:
            raise ValidationError(f"{cleaned.problem[0].upper()}{cleaned.problem[1:]}.")
        return cleaned.value or ""


class EditionForm(ContactForm):
    person_fields = several(
        "Czego wymagamy od osoby",
        PersonField.choices,
        "Tylko to, czego wymaga program. PESEL tylko wtedy, gdy bez niego nie można rozliczyć projektu.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Puste: zrobi się z nazwy i numeru."

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug"):
            cleaned["slug"] = slugify(fold(f"{cleaned.get('name', '')} {cleaned.get('number', '')}"))[:80].strip("-")
        return cleaned


class EventForm(PlaceForm, ContactForm):
    """`version` is how the row stood when the form was drawn: two people must not overwrite each other unknowingly."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    audience = several("Dla kogo", Category.choices, "Nic nie zaznaczono: dla wszystkich grup.")
    audience_roles = several("W jakiej roli", DelegateRole.choices)
    tell = forms.ChoiceField(
        label="Gdy zmienia się termin, miejsce albo odsyłacz",
        required=False,
        choices=[("", "nie zmienia się"), ("tak", "wyślij list zapisanym osobom"), ("nie", "nie wysyłaj listu")],
        widget=widgets.UnfoldAdminSelectWidget,
    )
    tell_words = forms.CharField(
        label="Słowa do listu",
        required=False,
        max_length=500,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Na przykład: spotkanie jest w sali 12, nie w sali 10. Termin i miejsce dopiszą się same.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = version_of(self.instance)

    def clean(self):
        cleaned = super().clean()
        self._refuse_changed_meanwhile(cleaned)
        capacity = cleaned.get("capacity")
        if capacity is not None and self.instance.pk and capacity < self.instance.taken:
            self.add_error("capacity", f"Zajętych jest już więcej miejsc: {self.instance.taken}.")
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is not None and not -90 <= latitude <= 90:
            self.add_error("latitude", "Szerokość geograficzna: od -90 do 90.")
        if longitude is not None and not -180 <= longitude <= 180:
            self.add_error("longitude", "Długość geograficzna: od -180 do 180.")
        if (latitude is None) != (longitude is None) and not {"latitude", "longitude"} & self.errors.keys():
            self.add_error("longitude" if longitude is None else "latitude", "Podaj obie współrzędne albo żadnej.")
        if cleaned.get("attendance") != Attendance.ON_SITE and self.instance.state in EventState.coming():
            self._require("online_url", "Ogłoszone wydarzenie on-line musi mieć odsyłacz do spotkania.")
        return cleaned

    def _require(self, name, words):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words)

    def _refuse_changed_meanwhile(self, cleaned):
        """What was typed stays; the second press, which knows of the change, is meant."""
        known, now = cleaned.get("version"), version_of(self.instance)
        if not known or known == now:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = now
        differ = [str(self.fields[name].label) for name in self.changed_data if name in _fields_of(self)]
        what = f" Inaczej niż w portalu jest tu: {', '.join(differ)}." if differ else ""
        at = timezone.localtime(self.instance.changed_at)
        self.add_error(
            None,
            f"Ktoś zmienił to wydarzenie o {at:%H.%M}, odkąd je otwarto. Nic z wpisanych tu zmian nie zginęło, ale "
            f"nie są zapisane.{what} Porównaj w drugiej karcie przeglądarki. „Zapisz” jeszcze raz zapisze to, co "
            "widać tutaj.",
        )


def _fields_of(form):
    return {field.name for field in form._meta.model._meta.get_fields()} & form.fields.keys()


def version_of(event):
    return str(event.changed_at.timestamp()) if event.pk else ""


class DayLineForm(DayFields, forms.ModelForm):
    """A day of an event by date and hours, kept as two moments."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            day = self.instance
            self.was = copy(day)
            self.initial |= hours.typed(day.starts_at, day.ends_at, is_all_day=day.is_all_day)
        for name, kind in {"day": "date", "last_day": "date", "start": "time", "end": "time"}.items():
            styled(self.fields[name].widget, kind)
        self.fields["last_day"].help_text = ""
        self.fields["is_all_day"].widget = widgets.UnfoldBooleanSwitchWidget()

    def clean(self):
        cleaned = super().clean()
        if "span" in cleaned:
            self.instance.starts_at, self.instance.ends_at = cleaned["span"]
        return cleaned


class DayLines(PaginationInlineFormSet):
    def clean(self):
        super().clean()
        self._refuse_attended()
        kept = [form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")]
        try:
            hours.refuse_overlapping([form.cleaned_data["span"] for form in kept if form.cleaned_data.get("span")])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def _refuse_attended(self):
        """Presence and certificates speak of these hours, as a move of the event knows too."""
        changed = [
            form for form in self.initial_forms if _HOURS & set(form.changed_data) or self._should_delete_form(form)
        ]
        attended = self.model.objects.filter(pk__in=[form.instance.pk for form in changed]).attended()
        keys = set(attended.values_list("pk", flat=True))
        words = [day_label(form.was) for form in changed if form.instance.pk in keys]
        if words:
            raise ValidationError(
                f"Zapisano już obecność: {'; '.join(words)}. Tego terminu nie można zmienić ani usunąć, bo mówią o "
                "nim listy i zaświadczenia."
            )


class QuestionForm(forms.ModelForm):
    """The code is made of the label when nobody gives one."""

    choices = LinesField(label="Możliwe odpowiedzi", required=False, help_text="Jedna w wierszu.")

    def __init__(self, *args, codes=(), **kwargs):
        self._codes = codes
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        self.fields["label"].widget.attrs["rows"] = 3

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("code") and "code" not in self.errors and cleaned.get("label"):
            cleaned["code"] = _free_code(cleaned["label"], self._codes)
        if isinstance(self._codes, set):
            self._codes.add(cleaned.get("code"))
        return cleaned


class QuestionLines(PaginationInlineFormSet, BaseInlineFormSet):
    """Gives its forms the codes that are used up."""

    def get_form_kwargs(self, index):
        if not hasattr(self, "_codes"):
            typed = (self.data.get(f"{self.prefix}-{number}-code") for number in range(1000)) if self.is_bound else ()
            self._codes = {code for code in typed if code}
        return super().get_form_kwargs(index) | {"codes": self._codes}


def _free_code(label, used):
    base = slugify(fold(label))[:36].strip("-") or "pytanie"
    number, code = 1, base
    while code in used:
        number += 1
        code = f"{base}-{number}"
    return code


class _UploadForm(forms.ModelForm):
    """A file is known by its content; one that is stored is replaced by a new line."""

    upload = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.upload in self.fields:
            self.fields[self.upload].widget = widgets.UnfoldAdminFileFieldWidget()
            self.fields[self.upload].widget.is_initial = lambda value: False
            self.fields[self.upload].disabled = bool(self.instance.pk)

    def _checked(self, check):
        given = self.cleaned_data[self.upload]
        if self.instance.pk or not given:
            return None, given
        try:
            return check(given), given
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal


class LogoForm(_UploadForm):
    upload = "picture"

    def clean_picture(self):
        suffix, given = self._checked(logo_suffix)
        if suffix:
            given.name = f"znak.{suffix}"
        return given


class MaterialForm(_UploadForm):
    upload = "file"

    def clean_file(self):
        kind, given = self._checked(material_type)
        if kind:
            given.name, self.instance.content_type = f"material.{kind[0]}", kind[1]
        return given


class PhotoForm(_UploadForm):
    upload = "picture"

    def clean_picture(self):
        return self._checked(refuse_no_photo)[1]
