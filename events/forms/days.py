"""Days of an event as people type them: a date, hours of the Polish clock, or no hours at all."""

from django import forms

from core.exceptions import Refused
from events.coordination import hours

_DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
_TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class DayFields(forms.Form):
    day = forms.DateField(label="Dzień", widget=_DATE, error_messages={"required": "Podaj dzień."})
    start = forms.TimeField(label="Od godziny", widget=_TIME, required=False)
    end = forms.TimeField(label="Do godziny", widget=_TIME, required=False)
    last_day = forms.DateField(
        label="Dzień zakończenia", widget=_DATE, required=False, help_text="Tylko gdy kończy się innego dnia."
    )
    is_all_day = forms.BooleanField(label="Bez godzin", required=False)

    def clean(self):
        """Adds `span`: (starts_at, ends_at)."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        given = {name: cleaned.get(name) for name in ("day", "start", "last_day", "end", "is_all_day")}
        try:
            cleaned["span"] = hours.span(**given)
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return cleaned


class _Days(forms.BaseFormSet):
    def clean(self):
        if not any(self.errors):
            try:
                hours.refuse_overlapping([span[:2] for span in self.spans()])
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal

    def spans(self):
        """[(starts_at, ends_at, is_all_day)] of the days that were filled in and not taken off."""
        kept = [form for form in self.forms if form not in self.deleted_forms and form.cleaned_data.get("span")]
        return [(*form.cleaned_data["span"], form.cleaned_data["is_all_day"]) for form in kept]


DaysFormSet = forms.formset_factory(
    DayFields, formset=_Days, extra=1, max_num=31, can_delete=True, can_delete_extra=False
)
