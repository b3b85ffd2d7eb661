"""Days and hours in the admin: typed by the Polish clock, with a sentence when the clock has no such hour."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db.models import DateTimeField
from unfold.widgets import INPUT_CLASSES

from core.exceptions import Refused
from events.coordination.hours import moment
from registry.admin.base import RegisterFields

_FORMAT = "%Y-%m-%dT%H:%M"
_WRITTEN = (_FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S")


def styled(widget, kind):
    """A native control of the browser in the clothes of the admin."""
    widget.attrs |= {"class": " ".join(INPUT_CLASSES)}
    widget.input_type = kind
    return widget


class LocalMomentField(forms.DateTimeField):
    """One control for day and hour."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"widget": styled(forms.DateTimeInput(format=_FORMAT), "datetime-local")})

    def to_python(self, value):
        if value in EMPTY_VALUES:
            return None
        typed = value if isinstance(value, datetime) else _read(str(value).strip())
        if typed.tzinfo:
            return typed
        try:
            return moment(typed.date(), typed.time().replace(second=0, microsecond=0))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal


def _read(text):
    for written in _WRITTEN:
        try:
            return datetime.strptime(text, written)  # noqa: DTZ007 - by the Polish clock, told by the caller
        except ValueError:
            continue
    raise ValidationError("Podaj dzień i godzinę.")


class EventFields(RegisterFields):
    """Fields of events and of what hangs on them."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, DateTimeField):
            return db_field.formfield(form_class=LocalMomentField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
